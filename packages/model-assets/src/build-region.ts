import type { Warning } from "@gradeway/reason-codes";
import {
  buildRoutingGraph,
  encodeGraph,
  summarizeGraph,
  type BuildStep,
  type ElevationSampler,
  type GraphSummary,
  type OsmSource,
} from "@gradeway/route-core";

import { canonicalJsonBytes } from "./canonical-json.ts";
import { DEFAULT_TABLES, type RegionTables } from "./region-tables.ts";
import { writeAsset, writeManifest } from "./region-files.ts";
import { REGION_FORMAT_VERSION, type RegionManifest } from "./schemas/region-manifest.ts";
import { sha256 } from "./sha256.ts";
import { ENGINE_VERSION } from "./version.ts";

const OSM_LICENCE = "ODbL-1.0";
/** Attribution that every use of OpenStreetMap data must show. */
const OSM_ATTRIBUTION = "© OpenStreetMap contributors (ODbL 1.0)";

/** What a region is built from. */
export interface BuildRegionOptions {
  readonly directory: string;
  readonly name: string;
  readonly osm: OsmSource;
  /**
   * File name and hash of the OSM file, for the manifest. Licence and credit are OpenStreetMap's
   * unless the data is of another origin.
   */
  readonly osmInput: {
    readonly name: string;
    readonly sha256: string;
    readonly licence?: string;
    readonly attribution?: string;
  };
  readonly elevation?: ElevationSampler;
  readonly tables?: Partial<RegionTables>;
  readonly currency?: string;
  readonly synthetic?: boolean;
  readonly strict?: boolean;
  /** Standard deviation in metres of smoothing along the network; see `buildRoutingGraph`. */
  readonly smoothingM?: number;
  readonly progress?: (step: BuildStep, fraction: number) => void;
}

/** What a build has to report. */
export interface BuildReport {
  readonly summary: GraphSummary;
  readonly coverageRatio: number;
  readonly voids: number;
  readonly samples: number;
  readonly missingTiles: readonly string[];
  readonly graphBytes: number;
  readonly graphSha256: string;
  readonly highwayWays: number;
  readonly roadWays: number;
  readonly warnings: readonly Warning[];
}

/**
 * Builds a region directory from an OSM extract: the routing graph and the tables it is costed
 * with, under a manifest. The same inputs give the same bytes.
 *
 * @throws {ReasonError} those of `buildRoutingGraph`; nothing is written then
 * @throws {RangeError} when `smoothingM` is not within 0 to 1000
 */
export async function buildRegion(options: BuildRegionOptions): Promise<BuildReport> {
  const { directory } = options;
  const tables: RegionTables = { ...DEFAULT_TABLES, ...options.tables };
  const built = await buildRoutingGraph({
    name: options.name,
    osm: options.osm,
    tollFacilities: tables["toll-topology"],
    strict: options.strict ?? false,
    ...(options.elevation === undefined ? {} : { elevation: options.elevation }),
    ...(options.smoothingM === undefined ? {} : { smoothingM: options.smoothingM }),
    ...(options.progress === undefined ? {} : { progress: options.progress }),
  });
  const { graph } = built;
  const graphBytes = encodeGraph(graph, sha256);
  const graphEntry = await writeAsset(directory, "routing-graph", graphBytes);
  const assets: RegionManifest["assets"] = [graphEntry];
  for (const kind of Object.keys(DEFAULT_TABLES) as (keyof RegionTables)[]) {
    assets.push(await writeAsset(directory, kind, canonicalJsonBytes(tables[kind])));
  }
  const { elevation } = graph.meta;
  const inputs: RegionManifest["inputs"] = [
    { role: "osm", licence: OSM_LICENCE, attribution: OSM_ATTRIBUTION, ...options.osmInput },
  ];
  if (options.elevation !== undefined) {
    inputs.push({
      role: "elevation",
      name: elevation.source,
      sha256: elevation.tilesSha256,
      licence: "see attribution",
      attribution: elevation.attribution,
    });
  }
  await writeManifest(directory, {
    format: REGION_FORMAT_VERSION,
    name: options.name,
    synthetic: options.synthetic ?? false,
    builder: { name: "gradeway", version: ENGINE_VERSION },
    currency: options.currency ?? "EUR",
    osmTimestamp: graph.meta.osmTimestamp,
    elevation: { source: elevation.source, coverageRatio: elevation.coverageRatio },
    inputs,
    assets,
  });
  return {
    summary: summarizeGraph(graph),
    coverageRatio: built.elevation.coverageRatio,
    voids: built.elevation.voids,
    samples: built.elevation.sampled,
    missingTiles: built.elevation.missingTiles,
    graphBytes: graphBytes.byteLength,
    graphSha256: graphEntry.sha256,
    highwayWays: built.network.highwayWays,
    roadWays: built.network.ways,
    warnings: built.warnings,
  };
}
