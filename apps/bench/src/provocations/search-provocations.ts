import { selfTestTrips, testPlanner } from "@gradeway/api";
import { openRegion } from "@gradeway/model-assets";
import { createRoutePlanner, decodeGraph, osmSourceFromBytes } from "@gradeway/route-core";
import { networkFromAscii, writeOsmPbf } from "@gradeway/test-kit";

import { monotonicMs } from "../monotonic-clock.ts";
import { buildNetwork, NETWORK, type ProvocationStand } from "./provocation-stand.ts";
import { openProvokedApp, type ProvokedApp } from "./provoked-app.ts";
import { TRIP } from "./request-provocations.ts";

/** Roads across a continent, and the most that a request may put on a tonne of CO2e. */
const CONTINENT = networkFromAscii("A-----B-----C", { ways: { AB: {}, BC: {} }, gridM: 300_000 });
const DEAREST_CARBON = 1e5;
/** What only vans may use. */
const NARROW = { maxweight: "3.5" };
/** Steps of a clock that has reached any deadline soon, ms. */
const TICK_MS = 1_000;

/** Extracts without roads, trips that no road makes, and searches that must end. */
export function searchProvocations(stand: ProvocationStand, app: ProvokedApp) {
  const [west, south] = NETWORK.position("E");
  const between = (from: string, to: string): [lon: number, lat: number] => {
    const [a, b] = [NETWORK.position(from), NETWORK.position(to)];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  };
  const across = { origin: between("A", "E"), destination: between("D", "H") };
  return {
    osm_pbf_invalid: () => buildCutOff(stand),
    routing_graph_empty: () => buildFootpaths(stand),
    routing_graph_coverage_gap: () =>
      app.post("/pareto", { ...TRIP, destination: [west, south - 0.5] }),
    routing_graph_disconnected_od: () =>
      app.post("/pareto", { ...TRIP, destination: NETWORK.position("L") }),
    no_route_candidates: () => app.post("/route", { ...across, avoid: { ways: ways("BC", "FG") } }),
    end_avoided: () => app.post("/route", { ...across, avoid: { ways: ways("AE") } }),
    epsilon_infeasible: () => app.post("/pareto", { ...TRIP, constraints: { maxDurationS: 1 } }),
    route_compute_timeout: () => askHurried(stand),
    search_budget_exceeded: () => askWithoutMemory(stand),
    search_cost_overflow: () => askDearest(stand),
    region_self_test_failed: () => testNarrow(stand),
  };
}

function ways(...keys: string[]): number[] {
  return keys.map((key) => NETWORK.wayId(key));
}

/** A download that ended in the middle. */
async function buildCutOff(stand: ProvocationStand): Promise<unknown> {
  const pbf = writeOsmPbf(NETWORK.dataset);
  const osm = osmSourceFromBytes(pbf.subarray(0, pbf.length / 2));
  return buildNetwork(await stand.newDirectory(), NETWORK, { osm });
}

async function buildFootpaths(stand: ProvocationStand): Promise<unknown> {
  const footpaths = networkFromAscii("A--B", { ways: { AB: { highway: "footway" } } });
  return buildNetwork(await stand.newDirectory(), footpaths);
}

async function askHurried(stand: ProvocationStand): Promise<unknown> {
  let atMs = 0;
  const app = await openProvokedApp(stand, { planner: { now: () => (atMs += TICK_MS) } });
  return app.post("/pareto", { ...TRIP, deadlineMs: 1 });
}

async function askWithoutMemory(stand: ProvocationStand): Promise<unknown> {
  const app = await openProvokedApp(stand, { planner: { maxSearchBytes: 0 } });
  return app.post("/pareto", TRIP);
}

async function askDearest(stand: ProvocationStand): Promise<unknown> {
  const directory = await stand.newDirectory();
  await buildNetwork(directory, CONTINENT);
  const app = await openProvokedApp(stand, { directory });
  return app.post("/pareto", {
    origin: CONTINENT.position("A"),
    destination: CONTINENT.position("C"),
    carbonPrice: DEAREST_CARBON,
  });
}

/** What a server does with a region before it serves it; this one has no road for its trucks. */
async function testNarrow(stand: ProvocationStand): Promise<unknown> {
  const directory = await stand.newDirectory();
  const narrow = networkFromAscii("A--B--C", { ways: { AB: NARROW, BC: NARROW } });
  await buildNetwork(directory, narrow);
  const { region, manifestSha256 } = await openRegion(directory);
  const planner = createRoutePlanner(region, { now: monotonicMs });
  return testPlanner({
    planner: { planRoute: async (request) => planner.planRoute(request) },
    trips: selfTestTrips(decodeGraph(region.graph)),
    manifestSha256,
  });
}
