import { canonicalJsonBytes } from "../canonical-json.ts";
import { DEFAULT_TABLES, ROW_KINDS } from "../region-tables.ts";
import { resolveRates } from "../resolve-rates.ts";
import {
  ASSET_KINDS,
  ASSET_SCHEMAS,
  ASSET_VERSIONS,
  type AssetKind,
  type AssetTables,
} from "../schemas/asset-kinds.ts";
import { describeTable } from "../schemas/describe-table.ts";
import { parseSchema } from "../schemas/parse-json.ts";
import type { AssetEntry } from "../schemas/region-manifest.ts";
import { ENGINE_VERSION } from "../version.ts";
import { writeAsset, type WrittenAsset } from "./write-region.ts";

/** What the manifest says about an asset, where that does not follow from the asset. */
export type AssetFacts = Partial<
  Pick<AssetEntry, "asOf" | "maxAgeDays" | "inputs" | "provenance" | "version">
>;

/** Facts by kind of asset. */
export type FactsByKind = { readonly [Kind in AssetKind]?: AssetFacts };

/** Makes the entry of an asset in a manifest. */
export function assetEntryOf(
  kind: AssetKind,
  written: WrittenAsset,
  known: Pick<AssetEntry, "asOf" | "provenance">,
  facts: AssetFacts = {},
): AssetEntry {
  return {
    name: kind,
    kind,
    version: ASSET_VERSIONS[kind],
    builderVersion: ENGINE_VERSION,
    inputs: [],
    ...written,
    ...known,
    ...facts,
  };
}

/**
 * The tables of a region: the default ones, with those that are given in their place or beside
 * them, each checked against its schema.
 *
 * @param currency - in which the figures of the region must be
 * @throws {ReasonError} asset_invalid, asset_field_unknown
 */
export function tablesOf(given: Partial<AssetTables>, currency: string): AssetTables {
  const chosen: Record<string, unknown> = { ...DEFAULT_TABLES, ...given };
  const checked: Record<string, unknown> = {};
  for (const kind of ASSET_KINDS) {
    const schema = ASSET_SCHEMAS[kind];
    if (schema === "binary" || chosen[kind] === undefined) continue;
    checked[kind] = parseSchema(kind, schema, chosen[kind]);
  }
  const tables = checked as AssetTables;
  resolveRates(
    ROW_KINDS.flatMap((kind) => tables[kind]),
    currency,
  );
  return tables;
}

/** Writes the tables of a region. */
export async function writeTables(
  directory: string,
  tables: AssetTables,
  facts: FactsByKind,
): Promise<AssetEntry[]> {
  return Promise.all(
    ASSET_KINDS.filter((kind) => Object.hasOwn(tables, kind)).map(async (kind) => {
      const table = tables[kind as keyof AssetTables];
      const written = await writeAsset(directory, kind, canonicalJsonBytes(table));
      return assetEntryOf(kind, written, describeTable(table), facts[kind]);
    }),
  );
}
