import type { Warning } from "@gradeway/reason-codes";
import {
  assembleGraph,
  type Bbox,
  type BuildStep,
  type ElevationSampler,
  encodeGraphParts,
  type GraphMeta,
  type GraphSummary,
  layOutRoads,
  type OsmSource,
  readRoadNetwork,
  sampleHeights,
  summarizeGraph,
  type TollFacility,
} from "@gradeway/route-core";

import { sha256OfParts } from "../sha256.ts";
import type { BuildSteps, StepResult } from "./build-steps.ts";
import { isOnDisk, writeAsset, type WrittenAsset } from "./write-region.ts";

/** What the building of a region may be at. */
export type RegionBuildStep = BuildStep | "hierarchy";

/** What the graph of a region is built from. */
export interface BuildGraphFileOptions {
  /** The region directory. */
  readonly directory: string;
  readonly name: string;
  readonly osm: OsmSource;
  /**
   * File name (or address) and hash of the OSM file, for the manifest. Licence and credit are
   * OpenStreetMap's unless the data is of another origin.
   */
  readonly osmInput: {
    readonly name: string;
    readonly sha256: string;
    readonly licence?: string;
    readonly attribution?: string;
  };
  readonly elevation?: ElevationSampler;
  /**
   * Hash of everything that the heights within a box depend on. With it and a work directory, heights
   * that are known already are not sampled again; see {@link hashTiles}.
   */
  readonly elevationSha256?: (bbox: Bbox) => Promise<string>;
  readonly strict?: boolean;
  /** Standard deviation in metres of smoothing along the network; see `buildRoutingGraph`. */
  readonly smoothingM?: number;
  readonly progress?: (step: RegionBuildStep, fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** What the building of a graph has to report. */
export interface GraphReport {
  readonly summary: GraphSummary;
  readonly coverageRatio: number;
  readonly voids: number;
  readonly samples: number;
  readonly missingTiles: readonly string[];
  readonly highwayWays: number;
  readonly roadWays: number;
  readonly warnings: readonly Warning[];
}

/** A graph on disk, with what a manifest and a report say about it. */
export interface BuiltGraphFile {
  readonly written: WrittenAsset;
  readonly meta: Pick<GraphMeta, "osmTimestamp" | "elevation">;
  readonly report: GraphReport;
}

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
  const layout = () => (laidOut ??= layOutRoads(roads.take()));
  progress("elevation", 0);
  const source = elevation?.source;
  // Kept apart, so that the roads need not be laid out only to know which tiles they need.
  const extent = await steps.run({
    name: "extent",
    inputs: { roads: roads.sha256 },
    run: () => Promise.resolve(layout().bbox),
  });
  const tiles = elevation === undefined ? "none" : await options.elevationSha256?.(extent.take());
  const heights = await steps.run({
    name: "elevation",
    inputs:
      tiles === undefined ? undefined : { roads: roads.sha256, source: source ?? null, tiles },
    run: () => sampleHeights(layout(), elevation, signal),
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
      const built = assembleGraph(layout(), heights.take(), {
        name,
        tollFacilities,
        strict,
        ...(smoothingM === undefined ? {} : { smoothingM }),
        elevationSource: source,
      });
      const parts = encodeGraphParts(built.graph, sha256OfParts);
      progress("finish", 1);
      return {
        written: await writeAsset(directory, "routing-graph", ...parts),
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
    graph: graph.take(),
    reusedSteps: Object.keys(results).filter((step) => results[step]!.isReused),
  };
}
