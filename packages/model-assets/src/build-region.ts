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
import { currencyFor, dataSetFor } from "./data-sets.ts";
import { plannerTollFacilities } from "./planner-tolls.ts";
import type { RegionTables } from "./region-tables.ts";
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
  /**
   * Countries (ISO 3166-1 alpha-2), home first: they choose the data set and the currency. None: the
   * rows that hold everywhere, in euros.
   */
  readonly countries?: readonly string[];
  /** Tables in place of the data set's. */
  readonly tables?: Partial<RegionTables>;
  readonly currency?: string;
  readonly synthetic?: boolean;
  readonly strict?: boolean;
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
 */
export async function buildRegion(options: BuildRegionOptions): Promise<BuildReport> {
  const { directory } = options;
  const tables: RegionTables = { ...dataSetFor(options.countries), ...options.tables };
  const built = await buildRoutingGraph({
    name: options.name,
    osm: options.osm,
    tollFacilities: plannerTollFacilities(tables["toll-topology"]),
    strict: options.strict ?? false,
    ...(options.elevation === undefined ? {} : { elevation: options.elevation }),
    ...(options.progress === undefined ? {} : { progress: options.progress }),
  });
  const { graph } = built;
  const graphBytes = encodeGraph(graph, sha256);
  const graphEntry = await writeAsset(directory, "routing-graph", graphBytes);
  const assets: RegionManifest["assets"] = [graphEntry];
  for (const kind of Object.keys(tables) as (keyof RegionTables)[]) {
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
    currency: options.currency ?? currencyFor(options.countries),
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
