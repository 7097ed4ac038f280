import { type OsmDataset } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import type { Rates } from "../../src/costing/rates.ts";
import type { PlanRequest } from "../../src/planner/plan-types.ts";
import { createRoutePlanner } from "../../src/planner/route-planner.ts";
import { buildFromAscii, buildFromDataset, lonLatAt, plannerOf, regionOf } from "../networks.ts";
import { refusalOf } from "./refusal-of.ts";

const STREET = "A----B----C";

describe("costs that no search can count", () => {
  const street = buildFromAscii(STREET, { ways: { ABC: {} } });

  it.each([
    ["a price that is no number", { dieselPerL: Number.NaN }],
    ["a price that is not there", { dieselPerL: undefined as never }],
    ["a price beyond all measure", { dieselPerL: 1e12 }],
    ["a factor that is no number", { dieselTtwKgPerL: Number.NaN }],
  ] satisfies [string, Partial<Rates>][])("are no free roads: %s", async (_, rates) => {
    const { graph, drawing } = await street;
    const trip = { origin: drawing.position("A"), destination: drawing.position("C") };
    refusalOf(plannerOf(graph, rates), trip, "search_cost_overflow");
  });
});

describe("points away from roads", () => {
  it("are refused with the distances and the rule of the nearest road", async () => {
    const { graph, drawing } = await buildFromAscii("A----B\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nC----D", {
      ways: { AB: { maxheight: "3.5" }, CD: {} },
    });
    const [lon, lat] = drawing.position("A");
    const request = { origin: [lon, lat + 0.001], destination: drawing.position("D") } as const;
    const { details, message } = refusalOf(plannerOf(graph), request, "routing_graph_coverage_gap");
    expect(details).toMatchObject({
      point: "origin",
      lonLat: request.origin,
      radiusM: 1000,
      refusedBy: "maxheight 3.5 m < 4 m",
      osmWayId: drawing.wayId("AB"),
    });
    expect(details.nearestRoadM).toBeCloseTo(111.2, 0);
    expect(details.nearestUsableM).toBeCloseTo(1611.2, 0);
    expect(message).toContain("maxheight 3.5 m");
    const van = plannerOf(graph).planRoute({
      ...request,
      vehicle: "van-3.5t",
      destination: drawing.position("B"),
    });
    expect(van.route.distanceM).toBeCloseTo(500, -1);
  });

  it("far from any road say so", async () => {
    const { graph, drawing } = await buildFromAscii(STREET, { ways: { ABC: {} } });
    const planner = plannerOf(graph);
    const away = { origin: drawing.position("A"), destination: lonLatAt(3000, 0) };
    const { details } = refusalOf(planner, away, "routing_graph_coverage_gap");
    expect(details).toMatchObject({ point: "destination", refusedBy: null });
    expect(details.nearestRoadM).toBeCloseTo(2000, -1);
    const overseas: PlanRequest = { origin: [0, 0], destination: [0, 0] };
    const none = refusalOf(planner, overseas, "routing_graph_coverage_gap");
    expect(none.details).toMatchObject({
      nearestRoadM: null,
      nearestUsableM: null,
      osmWayId: null,
    });
  });
});

describe("networks that do not hang together", () => {
  it("two islands of equal size are refused", async () => {
    const { graph, drawing } = await buildFromAscii("A----B----C\n\n\nD----E----F", {
      ways: { AB: {}, BC: { maxheight: "5" }, DE: {}, EF: { maxheight: "5" } },
    });
    const request = { origin: drawing.position("A"), destination: drawing.position("F") };
    const { details } = refusalOf(plannerOf(graph), request, "routing_graph_disconnected_od");
    expect(details).toEqual({ originComponentNodes: 3, destinationComponentNodes: 3 });
  });

  /** A grid of streets and, beside it, a piece of road of its own. */
  function gridWithFragment(side: number): OsmDataset {
    const nodes: OsmDataset["nodes"][number][] = [];
    const ways: OsmDataset["ways"][number][] = [];
    const add = (eastM: number, northM: number): number => {
      const [lon, lat] = lonLatAt(eastM, northM);
      nodes.push({ id: nodes.length + 1, lon, lat });
      return nodes.length;
    };
    const street = (refs: number[]): void => {
      ways.push({ id: ways.length + 1, nodes: refs, tags: { highway: "residential" } });
    };
    for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) add(x * 100, -y * 100);
    for (let i = 0; i < side; i++) {
      street(Array.from({ length: side }, (_, x) => i * side + x + 1));
      street(Array.from({ length: side }, (_, y) => y * side + i + 1));
    }
    street([add(-150, 0), add(-150, -100)]);
    return { nodes, ways, relations: [] };
  }

  it("a point on a fragment moves to the network with a warning, or is refused when strict", async () => {
    const { graph } = await buildFromDataset(gridWithFragment(15));
    const planner = plannerOf(graph);
    const request = { origin: lonLatAt(-140, -50), destination: lonLatAt(1000, -500) };
    const answer = planner.planPareto(request);
    const moved = answer.warnings.filter(({ code }) => code === "snap_moved_off_fragment");
    expect(moved).toMatchObject([{ details: { point: "origin", distanceM: 140 } }]);
    expect(answer.snapped.origin.distanceM).toBeCloseTo(140, 0);
    const back = planner.planRoute({ origin: request.destination, destination: request.origin });
    expect(back.warnings[0]).toMatchObject({ details: { point: "destination" } });
    refusalOf(planner, { ...request, strict: true }, "routing_graph_disconnected_od");
    const via = planner.planPareto({
      origin: request.destination,
      destination: request.destination,
      waypoints: [lonLatAt(500, -500), request.origin],
    });
    expect(via.warnings[0]).toMatchObject({ details: { point: "waypoint 2", distanceM: 140 } });
    expect(via.snapped.waypoints?.[1]?.distanceM).toBeCloseTo(140, 0);
    // Both ends on the fragment are connected: nothing moves.
    const inside = planner.planRoute({ origin: request.origin, destination: lonLatAt(-150, -90) });
    expect(inside.warnings).toEqual([]);
    expect(inside.route.distanceM).toBeCloseTo(40, 0);
  });
});

describe("requests that cannot be served", async () => {
  const { graph, drawing } = await buildFromAscii(STREET, { ways: { ABC: {} } });
  const planner = plannerOf(graph);
  const request = { origin: drawing.position("A"), destination: drawing.position("C") };

  it("name the vehicles that are known", () => {
    const { details } = refusalOf(
      planner,
      { ...request, vehicle: "hovercraft" },
      "vehicle_profile_unavailable",
    );
    expect(details).toEqual({
      vehicle: "hovercraft",
      known: ["van-3.5t", "rigid-18t", "artic-40t"],
    });
  });

  it("name the largest payload", () => {
    const { details } = refusalOf(
      planner,
      { ...request, payloadKg: 25_301 },
      "payload_exceeds_limit",
    );
    expect(details).toEqual({ payloadKg: 25_301, maxPayloadKg: 25_300 });
    expect(planner.planRoute({ ...request, payloadKg: 25_300 }).route.durationS).toBeGreaterThan(0);
  });

  it("stop at their deadline by the given clock", () => {
    let time = 1000;
    const ticking = plannerOf(graph, {}, () => (time += 10));
    const { details } = refusalOf(ticking, { ...request, deadlineMs: 15 }, "route_compute_timeout");
    expect(details.deadlineMs).toBe(15);
    expect(details.elapsedMs).toBeGreaterThanOrEqual(15);
    expect(ticking.planRoute({ ...request, deadlineMs: 1e6 }).diagnostics.totalMs).toBeGreaterThan(
      0,
    );
  });

  it("stop when cancelled, and the next one is served", () => {
    const cancelSlot = new Int32Array(new SharedArrayBuffer(4));
    Atomics.store(cancelSlot, 0, 1);
    refusalOf(planner, request, "planner_stopped", { cancelSlot });
    Atomics.store(cancelSlot, 0, 0);
    expect(planner.planRoute(request, { cancelSlot }).route.distanceM).toBeCloseTo(1000, -1);
  });

  it("stop at the memory limit", () => {
    const small = createRoutePlanner(regionOf(graph), { now: () => 0, maxSearchBytes: 0 });
    try {
      small.planPareto(request);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        reasonCode: "search_budget_exceeded",
        details: { limitBytes: 0 },
      });
    }
  });

  it("name what costs more than can be counted, past waypoints, too", async () => {
    const built = await buildFromAscii(STREET, { ways: { ABC: {} }, gridM: 4000 });
    const long = plannerOf(built.graph);
    const [origin, middle, destination] = Array.from("ABC", (name) => built.drawing.position(name));
    const trip = { origin: origin!, destination: destination!, carbonPrice: 1e6 };
    for (const waypoints of [[], [middle!]]) {
      const one = { ...trip, waypoints };
      const dear = refusalOf(long, one, "search_cost_overflow");
      expect(dear.details).toEqual({ objective: "money" });
      expect(dear.message).toBe("The trip costs more money than a search can count.");
      expect(long.planRoute({ ...one, carbonPrice: 100 }).route.distanceM).toBeCloseTo(40_000, -3);
    }
  });

  it("from a region of another format version are refused when it is opened", () => {
    const region = regionOf(graph);
    const bytes = new Uint8Array(region.graph.slice(0));
    bytes[8]! += 1;
    const open = () => createRoutePlanner({ ...region, graph: bytes.buffer }, { now: () => 0 });
    expect(open).toThrow(expect.objectContaining({ reasonCode: "asset_version_unsupported" }));
  });
});
