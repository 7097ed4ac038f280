import { describe, expect, it } from "vitest";

import { createRoutePlanner } from "../../src/planner/route-planner.ts";
import { buildFromAscii, formulaSampler, gridMetres, plannerOf, regionOf } from "../networks.ts";

describe("warnings", () => {
  const STREET = "A----B----C";
  const planOn = async (
    options: Parameters<typeof buildFromAscii>[1],
    extras: Parameters<typeof buildFromAscii>[2] = {},
    annotations: readonly "elevation"[] = [],
  ) => {
    const { graph, drawing } = await buildFromAscii(STREET, options, extras);
    return plannerOf(graph).planRoute({
      origin: drawing.position("A"),
      destination: drawing.position("C"),
      annotations,
    });
  };
  const codes = (answer: { warnings: readonly { code: string }[] }) =>
    answer.warnings.map(({ code }) => code);

  it("are none on plain ground", async () => {
    const answer = await planOn({ ways: { ABC: {} } });
    expect(answer.warnings).toEqual([]);
    expect(answer.route).toMatchObject({ ascentM: 0, descentM: 0, terrain: { coverageRatio: 1 } });
  });

  it("tell of a void on the route, with no ascent and null heights", async () => {
    const hole = (lon: number): number =>
      Math.abs(gridMetres(lon, 47)[0] - 500) < 200 ? Number.NaN : 80;
    const answer = await planOn({ ways: { ABC: {} } }, { elevation: formulaSampler(hole) }, [
      "elevation",
    ]);
    expect(codes(answer)).toEqual(["terrain_void_on_route"]);
    expect(answer.route).toMatchObject({ ascentM: null, descentM: null });
    expect(answer.route.terrain.coverageRatio).toBeCloseTo(0.6, 1);
    const { distanceM, elevationM } = answer.route.annotations!.elevation!;
    expect(distanceM.length).toBe(elevationM.length);
    expect(new Set(elevationM)).toEqual(new Set([80, null]));
  });

  it("tell when there is no terrain at all", async () => {
    const answer = await planOn({ ways: { ABC: {} } }, { elevation: undefined as never });
    expect(codes(answer)).toEqual(["terrain_not_available"]);
    expect(answer.route).toMatchObject({
      ascentM: null,
      terrain: { source: "none", coverageRatio: 0 },
    });
    expect(answer.route.fuelL).toBeGreaterThan(0);
  });

  it("tell of restrictions, conditions and tolls that are not modelled", async () => {
    const answer = await planOn({
      ways: { AB: { toll: "yes" }, BC: { "hgv:conditional": "no @ (Su)" } },
      restrictions: [{ from: "AB", via: "BC", to: "BC", restriction: "no_left_turn" }],
    });
    expect(codes(answer)).toEqual([
      "toll_tariff_unresolved",
      "turn_restriction_ignored",
      "conditional_access_ignored",
    ]);
  });

  it("tell of a synthetic region and of assumptions", async () => {
    const { graph, drawing } = await buildFromAscii(STREET, { ways: { ABC: {} } });
    const region = {
      ...regionOf(graph),
      synthetic: true,
      assumptions: ["speed-rules"],
      vehicleAssumptions: { "artic-40t": ["operating.driver.artic-40t"] },
    };
    const planner = createRoutePlanner(region, { now: () => 0 });
    const trip = { origin: drawing.position("A"), destination: drawing.position("C") };
    const answer = planner.planRoute(trip);
    expect(codes(answer)).toEqual(["data_synthetic", "data_assumed"]);
    expect(answer.warnings.at(-1)!.details).toEqual({
      rows: ["operating.driver.artic-40t", "speed-rules"],
    });
    // What another vehicle costs is no part of an answer.
    const { warnings } = planner.planRoute({ ...trip, vehicle: "van-3.5t" });
    expect(warnings.at(-1)!.details).toEqual({ rows: ["speed-rules"] });
  });

  it("tell of countries whose speed limits are not known", async () => {
    const { graph, drawing } = await buildFromAscii(STREET, { ways: { ABC: {} } });
    const region = regionOf(graph);
    const speedRules = { ...region.speedRules, unknownLawOf: ["IM"] };
    const answer = createRoutePlanner({ ...region, speedRules }, { now: () => 0 }).planRoute({
      origin: drawing.position("A"),
      destination: drawing.position("C"),
    });
    expect(codes(answer)).toEqual(["speed_limits_assumed"]);
    expect(answer.warnings[0]!.details).toEqual({ countries: ["IM"] });
  });
});
