import { ReasonError } from "@gradeway/reason-codes";
import {
  decodeGraph,
  GRAPH_FORMAT_VERSION,
  type GraphMeta,
  type Provenance,
  type RegionData,
} from "@gradeway/route-core";
import type { z } from "zod";

import { canonicalJsonBytes } from "./canonical-json.ts";
import {
  parseJson,
  parseSchema,
  readAssetFile,
  readManifest,
  requireHash,
  type AssetEntry,
} from "./region-files.ts";
import { ROW_KINDS } from "./region-tables.ts";
import { resolveRates } from "./resolve-rates.ts";
import { datedRows, type DatedRow } from "./schemas/dated-row.ts";
import type { AssetKind, RegionManifest } from "./schemas/region-manifest.ts";
import { speedRules } from "./schemas/speed-rules.ts";
import { tollTopology } from "./schemas/toll-topology.ts";
import { vehicleProfiles } from "./schemas/vehicle-profiles.ts";
import { sha256Hex } from "./sha256.ts";
import { ENGINE_VERSION } from "./version.ts";

/** Byte offset of the format version in a routing graph. */
const GRAPH_VERSION_OFFSET = 8;

/**
 * Loads a region directory: every file is checked against its hash and schema, and the graph is put
 * into shared memory.
 *
 * @throws {ReasonError} asset_missing, asset_hash_mismatch, asset_version_unsupported, asset_invalid
 */
export async function loadRegion(directory: string): Promise<RegionData> {
  const { manifest, sha256: manifestSha256 } = await readManifest(directory);
  const graphEntry = requireEntry(manifest, "routing-graph");
  const graph = await loadGraph(directory, graphEntry);
  const table = async <S extends z.ZodType>(kind: AssetKind, schema: S): Promise<z.infer<S>> => {
    const entry = requireEntry(manifest, kind);
    const bytes = await readAssetFile(directory, kind, entry.path);
    requireHash(entry, bytes);
    return parseSchema(kind, schema, parseJson(kind, bytes));
  };
  const vehicles = await table("vehicle-profiles", vehicleProfiles);
  const rules = await table("speed-rules", speedRules);
  // The graph holds the facilities it was built with; the asset is their readable form.
  await table("toll-topology", tollTopology);
  const rows: DatedRow[] = [];
  for (const kind of ROW_KINDS) rows.push(...(await table(kind, datedRows)));
  return {
    name: manifest.name,
    synthetic: manifest.synthetic,
    graph,
    vehicles,
    speedRules: rules.classes,
    rates: resolveRates(rows, manifest.currency),
    assumptions: [
      ...rows.filter((row) => row.provenance === "assumed").map((row) => row.id),
      "speed-rules",
    ],
    provenance: provenanceOf(manifest, manifestSha256, rows, decodeGraph(graph).meta),
  };
}

/** Version first, then hash: a graph of another version says so instead of looking damaged. */
async function loadGraph(directory: string, entry: AssetEntry): Promise<SharedArrayBuffer> {
  const bytes = await readAssetFile(directory, entry.kind, entry.path);
  if (bytes.byteLength >= GRAPH_VERSION_OFFSET + 4) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const version = view.getUint32(GRAPH_VERSION_OFFSET, true);
    const isGraph = new TextDecoder().decode(bytes.subarray(0, 7)) === "GWGRAPH";
    if (isGraph && version !== GRAPH_FORMAT_VERSION) {
      throw new ReasonError(
        "asset_version_unsupported",
        `The routing graph has format ${version}; this program reads ${GRAPH_FORMAT_VERSION}.`,
        { asset: entry.kind, observed: version, supported: [GRAPH_FORMAT_VERSION] },
      );
    }
  }
  requireHash(entry, bytes);
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  return shared;
}

function requireEntry(manifest: RegionManifest, kind: AssetKind): AssetEntry {
  const entry = manifest.assets.find((one) => one.kind === kind);
  if (entry !== undefined) return entry;
  throw new ReasonError("asset_missing", `The region's manifest lists no ${kind}.`, {
    asset: kind,
    path: "",
  });
}

function provenanceOf(
  manifest: RegionManifest,
  manifestSha256: string,
  rows: readonly DatedRow[],
  { elevation }: GraphMeta,
): Provenance {
  const asOf =
    rows
      .map((row) => row.validFrom)
      .sort()
      .at(-1) ?? "";
  return {
    engine: { name: "gradeway", version: ENGINE_VERSION },
    region: { name: manifest.name, synthetic: manifest.synthetic, manifestSha256 },
    graph: {
      sha256: requireEntry(manifest, "routing-graph").sha256,
      osmTimestamp: manifest.osmTimestamp,
    },
    elevation: { ...manifest.elevation, smoothingM: elevation.smoothingStdDevM },
    rates: { sha256: sha256Hex(canonicalJsonBytes(rows)), asOf },
    vehicles: { sha256: requireEntry(manifest, "vehicle-profiles").sha256 },
    attribution: manifest.inputs.map((input) => input.attribution),
  };
}
