import { readFile } from "node:fs/promises";
import { join } from "node:path";

import {
  assembleGraph,
  encodeGraph,
  type GraphMeta,
  layOutRoads,
  readRoadNetwork,
  sampleHeights,
  summarizeGraph,
  type TollFacility,
} from "@gradeway/route-core";

import { sha256, sha256Hex } from "../sha256.ts";
import type { BuildRegionOptions, BuildReport } from "./build-region.ts";
import type { BuildSteps, StepResult } from "./build-steps.ts";
import { writeAsset, type WrittenAsset } from "./write-region.ts";

/** A graph on disk, with what a manifest and a report say about it. */
export interface BuiltGraphFile {
  readonly written: WrittenAsset;
  readonly meta: Pick<GraphMeta, "osmTimestamp" | "elevation">;
  readonly report: Omit<
    BuildReport,
    "graphBytes" | "graphSha256" | "sequence" | "reusedSteps" | "isUnchanged"
  >;
}

/** What the graph of a region is built from. */
export type BuildGraphFileOptions = Pick<
  BuildRegionOptions,
  | "directory"
  | "name"
  | "osm"
  | "osmInput"
  | "elevation"
  | "elevationSha256"
  | "strict"
  | "smoothingM"
  | "progress"
  | "signal"
>;

/**
 * Builds the routing graph of a region in three steps, each of which is kept: the roads of the
 * extract (`import`), their heights (`elevation`) and the graph (`graph`).
 *
 * @throws {ReasonError} those of `buildRoutingGraph`
 */
export async function buildGraph(
  options: BuildGraphFileOptions,
  tollFacilities: readonly TollFacility[],
  steps: BuildSteps,
): Promise<{ graph: BuiltGraphFile; reusedSteps: readonly string[] }> {
  const { directory, name, osm, elevation, strict = false, smoothingM, signal } = options;
  const progress = options.progress ?? (() => undefined);
  const roads = await steps.run({
    name: "import",
    inputs: { osm: options.osmInput.sha256 },
    run: () => readRoadNetwork(osm, (fraction) => progress("read", fraction)),
  });
  progress("contract", 0);
  let laidOut: ReturnType<typeof layOutRoads> | undefined;
  const layout = () => (laidOut ??= layOutRoads(roads.value()));
  progress("elevation", 0);
  const source = elevation?.source;
  // Kept apart, so that the roads need not be laid out only to know which tiles they need.
  const extent = await steps.run({
    name: "extent",
    inputs: { roads: roads.sha256 },
    run: () => Promise.resolve(layout().bbox),
  });
  const tiles = elevation === undefined ? "none" : await options.elevationSha256?.(extent.value());
  const heights = await steps.run({
    name: "elevation",
    inputs:
      tiles === undefined ? undefined : { roads: roads.sha256, source: source ?? null, tiles },
    run: () => sampleHeights(layout().points, elevation, signal),
  });
  progress("finish", 0);
  const graph = await steps.run({
    name: "graph",
    inputs: {
      roads: roads.sha256,
      heights: heights.sha256,
      settings: { name, source: source ?? null, strict, smoothingM: smoothingM ?? null },
      tollFacilities,
    },
    run: async (): Promise<BuiltGraphFile> => {
      const built = assembleGraph(layout(), heights.value(), {
        name,
        tollFacilities,
        strict,
        ...(smoothingM === undefined ? {} : { smoothingM }),
        elevationSource: source,
      });
      const bytes = encodeGraph(built.graph, sha256);
      progress("finish", 1);
      return {
        written: await writeAsset(directory, "routing-graph", bytes),
        meta: built.graph.meta,
        report: {
          summary: summarizeGraph(built.graph),
          coverageRatio: built.elevation.coverageRatio,
          voids: built.elevation.voids,
          samples: built.elevation.sampled,
          missingTiles: built.elevation.missingTiles,
          highwayWays: built.network.highwayWays,
          roadWays: built.network.ways,
          warnings: built.warnings,
        },
      };
    },
    isUsable: ({ written }) => isOnDisk(directory, written),
  });
  const results: Record<string, StepResult<unknown>> = { import: roads, elevation: heights, graph };
  return {
    graph: graph.value(),
    reusedSteps: Object.keys(results).filter((step) => results[step]!.isReused),
  };
}

async function isOnDisk(directory: string, { path, sha256: hash }: WrittenAsset): Promise<boolean> {
  const bytes = await readFile(join(directory, path)).catch(() => undefined);
  return bytes !== undefined && sha256Hex(bytes) === hash;
}
