import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { buildRegion, loadRegion, sha256Hex } from "@gradeway/model-assets";
import {
  createRoutePlanner,
  decodeGraph,
  type GraphSummary,
  osmSourceFromBytes,
} from "@gradeway/route-core";
import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";

import { noRouteCode } from "../no-route.ts";
import { randomPairs } from "../random-pairs.ts";

/** An extract with its tiles. */
export interface SmoothingSource {
  readonly name: string;
  readonly osm: string;
  readonly tiles: string;
}

/** One region with one smoothing length. */
export interface SmoothingRun {
  /** As asked for, and as whole rounds give it. */
  readonly askedM: number;
  readonly smoothingM: number;
  readonly climbMPerKmByClass: GraphSummary["climbMPerKmByClass"];
  /** Motorways and trunks together. */
  readonly mainRoadsMPerKm: number;
  /** Best routes of the same trips, added up; trips without a route have none at any length. */
  readonly trips: number;
  readonly co2eKg: number;
  readonly durationS: number;
  readonly distanceM: number;
  readonly ascentM: number;
  /** Names of the routes, to see which of them change. */
  readonly routeIds: readonly (string | undefined)[];
}

/** What to measure. */
export interface SmoothingOptions {
  readonly lengthsM: readonly number[];
  readonly pairs: number;
  readonly seed: number;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/**
 * Builds a region with the production importer once per smoothing length and plans the same seeded
 * trips in each.
 *
 * @throws {ReasonError} those of the importer and the planner, trips without a route aside
 */
export async function measureSmoothing(
  source: SmoothingSource,
  options: SmoothingOptions,
): Promise<SmoothingRun[]> {
  const runs: SmoothingRun[] = [];
  for (const lengthM of options.lengthsM) {
    options.progress(`${source.name}, ${lengthM} m`);
    runs.push(await measureLength(source, lengthM, options));
  }
  return runs;
}

async function measureLength(
  { name, osm, tiles }: SmoothingSource,
  askedM: number,
  { pairs, seed, now }: SmoothingOptions,
): Promise<SmoothingRun> {
  const directory = await mkdtemp(path.join(tmpdir(), "gradeway-smoothing-"));
  try {
    const bytes = await readFile(osm);
    const { summary } = await buildRegion({
      directory,
      name,
      osm: osmSourceFromBytes(bytes),
      osmInput: { name: path.basename(osm), sha256: sha256Hex(bytes) },
      elevation: createElevationSampler(await openTileSource(tiles)),
      smoothingM: askedM,
    });
    const region = await loadRegion(directory);
    const planner = createRoutePlanner(region, { now });
    const total = { trips: 0, co2eKg: 0, durationS: 0, distanceM: 0, ascentM: 0 };
    const routeIds = randomPairs(decodeGraph(region.graph), pairs, seed).map((trip) => {
      try {
        const { route } = planner.planRoute({ ...trip, geometry: "none" });
        total.trips += 1;
        total.co2eKg += route.co2eKg.total;
        total.durationS += route.durationS;
        total.distanceM += route.distanceM;
        total.ascentM += route.ascentM ?? Number.NaN;
        return route.id;
      } catch (error) {
        if (noRouteCode(error) === undefined) throw error;
        return undefined;
      }
    });
    return {
      askedM,
      smoothingM: region.provenance.elevation.smoothingM,
      climbMPerKmByClass: summary.climbMPerKmByClass,
      mainRoadsMPerKm: mainRoadsMPerKm(summary),
      ...total,
      routeIds,
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Climb per kilometre of motorways and trunks together; NaN where there are none. */
export function mainRoadsMPerKm({ kmByClass, climbMPerKmByClass }: GraphSummary): number {
  let climbM = 0;
  let km = 0;
  for (const name of ["motorway", "trunk"] as const) {
    const ofClassKm = climbMPerKmByClass[name] === undefined ? 0 : (kmByClass[name] ?? 0);
    climbM += (climbMPerKmByClass[name] ?? 0) * ofClassKm;
    km += ofClassKm;
  }
  return climbM / km;
}
