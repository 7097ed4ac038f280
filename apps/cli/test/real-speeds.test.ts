import { isReasonError } from "@gradeway/reason-codes";
import { decodeGraph, type EvaluablePlan, type RouteAnswer } from "@gradeway/route-core";
import { createSeededRandom, findDataDir } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { buildRealRegion, type RealRegion } from "./real-region.ts";

const dataDir = findDataDir();
if (dataDir === undefined) console.warn("skipped: speeds of real regions (no GRADEWAY_DATA_DIR)");

const MILE_KM = 1.609344;

/** Target speeds of the stretches of random fastest routes, rounded to 0.01 km/h. */
function speedsDriven({ region, planner }: RealRegion, vehicle: string, trips: number): number[] {
  const graph = decodeGraph(region.graph);
  const random = createSeededRandom(20_261_125);
  const point = (): [number, number] => {
    const at = Math.floor(random.next() * graph.pointLonE7.length);
    return [graph.pointLonE7[at]! / 1e7, graph.pointLatE7[at]! / 1e7];
  };
  const speeds = new Set<number>();
  for (let trip = 0; trip < trips; trip++) {
    let plan: EvaluablePlan<RouteAnswer>;
    try {
      plan = planner.planFinalist({ origin: point(), destination: point(), vehicle });
    } catch (error) {
      if (!isReasonError(error)) throw error;
      continue;
    }
    for (const kmh of plan.courses[0]!.stretchKmh) speeds.add(Math.round(kmh * 100) / 100);
  }
  return [...speeds];
}

/*
 * The highest speed of each region and vehicle: the law's limit on its fastest kind of road, or the
 * limiter of 90 km/h (Directive 92/6/EEC; 112 km/h for the van), times the share of the limit that is
 * driven on the class of road (motorway 1, trunk 0.95, primary 0.9).
 */
describe.skipIf(dataDir === undefined).each([
  {
    name: "rhein-neckar: StVO § 18 (5) has 80 km/h for lorries on motorways, none for vans",
    osm: "rhein-neckar/rhein-neckar-2016-12-15.osm.pbf",
    country: "DE",
    trips: 40,
    fastest: { "artic-40t": 80, "rigid-7.5t": 80, "van-3.5t": 112 },
    // § 3 (3) 2 b: 60 km/h on other roads above 7.5 t, here on trunk, primary and secondary roads.
    has: { "artic-40t": [60 * 0.95, 60 * 0.9, 60 * 0.85], "rigid-7.5t": [80 * 0.95] },
  },
  {
    name: "Rutland: Schedule 6 has 60 mi/h on dual carriageways, above the limiter, and 50 on others",
    osm: "rutland/rutland-2018-02-26.osm.pbf",
    country: "GB-ENG",
    trips: 40,
    fastest: { "artic-40t": 90 * 0.95, "rigid-7.5t": 90 * 0.95, "van-3.5t": 60 * MILE_KM * 0.95 },
    has: { "artic-40t": [50 * MILE_KM * 0.95], "van-3.5t": [50 * MILE_KM * 0.95] },
  },
  {
    name: "Monaco: Ordonnance 1.691 art. 11 has 50 km/h for everybody",
    osm: "monaco/monaco-2016-03-04.osm.pbf",
    country: "MC",
    trips: 60,
    // It has no trunk road, and its motorway is connected outside the extract only.
    fastest: { "artic-40t": 50 * 0.9, "van-3.5t": 50 * 0.9 },
    has: {},
  },
  {
    name: "Andorra: 80 km/h for lorries and 90 for vans (assumed)",
    osm: "andorra/andorra-2025-01-18.osm.pbf",
    country: "AD",
    trips: 40,
    fastest: { "artic-40t": 80 * 0.95, "van-3.5t": 90 * 0.95 },
    has: {},
  },
])("speeds in $name", ({ osm, country, trips, fastest, has }) => {
  it("are the law's", async () => {
    const region = await buildRealRegion(dataDir!, osm, undefined, [country]);
    for (const [vehicle, kmh] of Object.entries(fastest)) {
      const driven = speedsDriven(region, vehicle, trips);
      expect(Math.max(...driven), vehicle).toBeCloseTo(kmh, 1);
      for (const speed of (has as Readonly<Record<string, number[]>>)[vehicle] ?? []) {
        expect(driven, vehicle).toContain(Math.round(speed * 100) / 100);
      }
    }
    await region.remove();
  });
});
