import { canonicalJsonBytes } from "../canonical-json.ts";
import { type DataSet, dataSetFor } from "../data-sets.ts";
import { dateOfRates, resolveRates } from "../resolve-rates.ts";
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

/** Where a region lies and what it counts in. */
export interface RegionPlace {
  /** ISO 3166-1 alpha-2 or ISO 3166-2, home first. */
  readonly countries: readonly string[];
  /** ISO 4217; the figures of the region must be in it. */
  readonly currency: string;
}

/**
 * The tables of a region: the data set of its countries, with those that are given in their place or
 * beside them, each checked against its schema.
 *
 * @throws {ReasonError} asset_invalid, asset_field_unknown, and those of `resolveRates`
 */
export function tablesOf(
  given: Partial<AssetTables>,
  { countries, currency }: RegionPlace,
): DataSet {
  const chosen: Record<string, unknown> = { ...dataSetFor(countries), ...given };
  const checked: Record<string, unknown> = {};
  for (const kind of ASSET_KINDS) {
    const schema = ASSET_SCHEMAS[kind];
    if (schema === "binary" || chosen[kind] === undefined) continue;
    checked[kind] = parseSchema(kind, schema, chosen[kind]);
  }
  // The data set has every table that is required.
  const tables = checked as DataSet;
  resolveRates(tables, { on: dateOfRates(tables), currency });
  return tables;
}

/** Writes the tables of a region. */
export async function writeTables(
  directory: string,
  tables: DataSet,
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
