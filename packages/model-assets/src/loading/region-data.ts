import {
  decodeGraph,
  type GraphMeta,
  type Provenance,
  type RegionData,
} from "@gradeway/route-core";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { ROW_KINDS } from "../region-tables.ts";
import { resolveRates } from "../resolve-rates.ts";
import type { AssetTables } from "../schemas/asset-kinds.ts";
import type { DatedRow } from "../schemas/dated-row.ts";
import type { RegionManifest } from "../schemas/region-manifest.ts";
import { sha256Hex } from "../sha256.ts";
import { ENGINE_VERSION } from "../version.ts";

/**
 * Puts together what a planner needs from the assets of a region.
 *
 * @param tables - all of the required kinds
 * @throws {ReasonError} asset_invalid when a rate is missing or in another unit
 */
export function regionDataOf(
  manifest: RegionManifest,
  manifestSha256: string,
  graph: SharedArrayBuffer,
  tables: AssetTables,
): RegionData {
  const rows = ROW_KINDS.flatMap((kind) => tables[kind]);
  return {
    name: manifest.name,
    synthetic: manifest.synthetic,
    graph,
    vehicles: tables["vehicle-profiles"],
    speedRules: tables["speed-rules"].classes,
    rates: resolveRates(rows, manifest.currency),
    assumptions: [
      ...rows.filter((row) => row.provenance === "assumed").map((row) => row.id),
      "speed-rules",
    ],
    provenance: provenanceOf(manifest, manifestSha256, rows, decodeGraph(graph).meta, tables),
  };
}

function provenanceOf(
  manifest: RegionManifest,
  manifestSha256: string,
  rows: readonly DatedRow[],
  { elevation }: GraphMeta,
  tables: AssetTables,
): Provenance {
  // Damaged assets that were left out have no part in an answer.
  const used = manifest.assets.filter(
    ({ kind }) => kind === "routing-graph" || Object.hasOwn(tables, kind),
  );
  const hashOf = (kind: string): string =>
    manifest.assets.find((asset) => asset.kind === kind)?.sha256 ?? "";
  const dates = rows.map((row) => row.validFrom).sort();
  const credits = used.flatMap(({ inputs }) => inputs.map((one) => one.attribution));
  return {
    engine: { name: "gradeway", version: ENGINE_VERSION },
    region: { name: manifest.name, synthetic: manifest.synthetic, manifestSha256 },
    graph: { sha256: hashOf("routing-graph"), osmTimestamp: manifest.osmTimestamp },
    elevation: { ...manifest.elevation, smoothingM: elevation.smoothingStdDevM },
    rates: { sha256: sha256Hex(canonicalJsonBytes(rows)), asOf: dates.at(-1) ?? "" },
    vehicles: { sha256: hashOf("vehicle-profiles") },
    assets: Object.fromEntries(used.map(({ name, sha256 }) => [name, sha256])),
    attribution: [...new Set(credits)],
  };
}
