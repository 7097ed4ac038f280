import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { currencyFor, type DataSet } from "../data-sets.ts";
import { MANIFEST_FILE } from "../loading/read-manifest.ts";
import { plannerTollFacilities } from "../planner-tolls.ts";
import { ASSET_KINDS, type AssetTables } from "../schemas/asset-kinds.ts";
import { parseJson } from "../schemas/parse-json.ts";
import {
  type AssetEntry,
  REGION_FORMAT_VERSION,
  type RegionManifest,
  regionManifest,
} from "../schemas/region-manifest.ts";
import {
  buildGraph,
  type BuildGraphFileOptions,
  type BuiltGraphFile,
  type GraphReport,
} from "./build-graph.ts";
import { type BuiltHierarchyFile, buildHierarchyFile } from "./build-hierarchy.ts";
import { type BuildSteps, createBuildSteps } from "./build-steps.ts";
import { assetEntryOf, type FactsByKind, tablesOf, writeTables } from "./region-assets.ts";
import { writeManifest } from "./write-region.ts";

const OSM_LICENCE = "ODbL-1.0";
/** Attribution that every use of OpenStreetMap data must show. */
const OSM_ATTRIBUTION = "© OpenStreetMap contributors (ODbL 1.0)";

/** What a region is built from. */
export interface BuildRegionOptions extends BuildGraphFileOptions {
  /** In place of the tables of the data set, or beside them. */
  readonly tables?: Partial<AssetTables>;
  /** What the manifest says of assets beyond what follows from them, such as their largest age. */
  readonly facts?: FactsByKind;
  /** Default: that of the first country, EUR without one; every figure must be in it. */
  readonly currency?: string;
  readonly timeZone?: string;
  /** ISO 3166-1 alpha-2 or ISO 3166-2, home first; they choose the data set (see `dataSetFor`). */
  readonly countries?: readonly string[];
  /** Number of this version; default: that of the region in the directory, plus one if it changes. */
  readonly sequence?: number;
  readonly synthetic?: boolean;
  /** Where the results of finished steps are kept for the next build; default: they are not. */
  readonly workDirectory?: string;
  /** Threads that work out the hierarchy's order; default 1, the calling one. */
  readonly threads?: number;
}

/** What a build has to report. */
export interface BuildReport extends GraphReport {
  readonly graphBytes: number;
  readonly graphSha256: string;
  readonly hierarchyBytes: number;
  /** Arcs of the hierarchy, those of the graph included. */
  readonly hierarchyArcs: number;
  readonly sequence: number;
  /** Steps whose result an earlier build had left. */
  readonly reusedSteps: readonly string[];
  /** Whether the region was there already, byte for byte, and nothing was written. */
  readonly isUnchanged: boolean;
}

/**
 * Builds a region directory from an OSM extract: the routing graph with its hierarchy, and the tables
 * it is costed with, under a manifest. The same inputs give the same bytes.
 *
 * @throws {ReasonError} those of `buildRoutingGraph`, and asset_invalid or asset_field_unknown for a
 *   table that does not follow its schema; the region in the directory stays as it was
 * @throws {RangeError} when `smoothingM` is not within 0 to 1000
 */
export async function buildRegion(options: BuildRegionOptions): Promise<BuildReport> {
  const { directory, facts = {}, countries = [], synthetic = false } = options;
  const currency = options.currency ?? currencyFor(countries);
  const tables = tablesOf(options.tables ?? {}, { countries, currency });
  const steps = createBuildSteps(options.workDirectory);
  // The tables are written while the roads are read; a failure of one waits for the other.
  const [roadsResult, tablesResult] = await Promise.allSettled([
    buildRoads(options, tables, steps),
    writeTables(directory, tables, facts),
  ]);
  if (roadsResult.status === "rejected") throw roadsResult.reason;
  if (tablesResult.status === "rejected") throw tablesResult.reason;
  const { graph, hierarchy, reusedSteps } = roadsResult.value;
  const { meta, report, written } = graph;
  const { name: location, licence, attribution, sha256 } = options.osmInput;
  const inputs: AssetEntry["inputs"] = [
    {
      location,
      sha256,
      licence: licence ?? OSM_LICENCE,
      attribution: attribution ?? OSM_ATTRIBUTION,
    },
  ];
  if (meta.elevation.tilesSha256 !== "") {
    inputs.push({
      location: meta.elevation.source,
      sha256: meta.elevation.tilesSha256,
      licence: "see attribution",
      attribution: meta.elevation.attribution,
    });
  }
  const known: Pick<AssetEntry, "asOf" | "provenance"> = {
    asOf: meta.osmTimestamp?.slice(0, 10) ?? null,
    provenance: synthetic ? "synthetic" : "derived",
  };
  const roadEntries = [
    assetEntryOf("routing-graph", written, known, { inputs, ...facts["routing-graph"] }),
    assetEntryOf("hierarchy", hierarchy.written, known, { inputs, ...facts.hierarchy }),
  ];
  const entries = new Map(
    [...roadEntries, ...tablesResult.value].map((entry) => [entry.kind, entry]),
  );
  const manifest = await numbered(directory, options.sequence, {
    format: REGION_FORMAT_VERSION,
    name: options.name,
    synthetic,
    currency,
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
    countries: [...countries],
    osmTimestamp: meta.osmTimestamp,
    elevation: { source: meta.elevation.source, coverageRatio: meta.elevation.coverageRatio },
    assets: ASSET_KINDS.map((kind) => entries.get(kind)).filter((entry) => entry !== undefined),
  });
  const isWritten = await writeManifest(directory, manifest);
  return {
    ...report,
    graphBytes: written.bytes,
    graphSha256: written.sha256,
    hierarchyBytes: hierarchy.written.bytes,
    hierarchyArcs: hierarchy.arcCount,
    sequence: manifest.sequence,
    reusedSteps,
    isUnchanged: !isWritten,
  };
}

/** The graph, and then its hierarchy. */
async function buildRoads(
  options: BuildRegionOptions,
  tables: DataSet,
  steps: BuildSteps,
): Promise<{
  readonly graph: BuiltGraphFile;
  readonly hierarchy: BuiltHierarchyFile;
  readonly reusedSteps: readonly string[];
}> {
  const tollFacilities = plannerTollFacilities(tables["toll-topology"]);
  const { graph, reusedSteps } = await buildGraph(options, tollFacilities, steps);
  options.progress?.("hierarchy", 0);
  const { directory, threads } = options;
  const hierarchy = await buildHierarchyFile(directory, graph.written, steps, threads);
  return {
    graph,
    hierarchy: hierarchy.take(),
    reusedSteps: hierarchy.isReused ? [...reusedSteps, "hierarchy"] : reusedSteps,
  };
}

/** Gives a manifest its number: the next one unless it says the same as the one that is there. */
async function numbered(
  directory: string,
  sequence: number | undefined,
  manifest: Omit<RegionManifest, "sequence">,
): Promise<RegionManifest> {
  if (sequence !== undefined) return { ...manifest, sequence };
  const present = await readFile(join(directory, MANIFEST_FILE)).catch(() => undefined);
  const known = present === undefined ? undefined : sequenceIn(present);
  if (present === undefined || known === undefined) return { ...manifest, sequence: 1 };
  const same = canonicalJsonBytes({ ...manifest, sequence: known });
  return { ...manifest, sequence: Buffer.compare(present, same) === 0 ? known : known + 1 };
}

function sequenceIn(manifest: Uint8Array): number | undefined {
  try {
    return regionManifest.parse(parseJson("manifest", manifest)).sequence;
  } catch {
    // A manifest of another format, or no manifest: it has no number to go on from.
    return undefined;
  }
}
