import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildRegion, type BuildReport, loadRegion, openOsmFile } from "@gradeway/model-assets";
import {
  createRoutePlanner,
  type PlannedRoute,
  type RegionData,
  type RoutePlanner,
} from "@gradeway/route-core";
import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";

/** A region built from a real extract in a directory that `remove` deletes. */
export interface RealRegion {
  readonly directory: string;
  readonly report: BuildReport;
  readonly region: RegionData;
  readonly planner: RoutePlanner;
  remove(): Promise<void>;
}

/** Builds a region from the shared data, the way `gradeway region build` does. */
export async function buildRealRegion(
  dataDir: string,
  osm: string,
  tiles?: string,
  countries: readonly string[] = [],
): Promise<RealRegion> {
  const directory = await mkdtemp(join(tmpdir(), "gradeway-real-"));
  const file = await openOsmFile(join(dataDir, osm));
  const source = tiles === undefined ? undefined : await openTileSource(join(dataDir, tiles));
  const report = await buildRegion({
    directory,
    name: osm,
    osm: file.source,
    osmInput: file.input,
    countries,
    ...(source === undefined ? {} : { elevation: createElevationSampler(source), strict: true }),
  });
  const region = await loadRegion(directory);
  return {
    directory,
    report,
    region,
    planner: createRoutePlanner(region, { now: () => performance.now() }),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** The route with a tag. */
export function tagged(routes: readonly PlannedRoute[], tag: string): PlannedRoute {
  const found = routes.find((route) => (route.tags as readonly string[]).includes(tag));
  if (found === undefined) throw new Error(`no route is ${tag}`);
  return found;
}

/** Tolls of a route and how often one was paid. */
export function tollsOf(route: PlannedRoute): { readonly count: number; readonly amount: number } {
  const lines = route.cost.lines.filter((line) => line.item === "toll");
  return { count: lines.length, amount: lines.reduce((sum, line) => sum + line.amount, 0) };
}
