import { examineAsset } from "../loading/examine-asset.ts";
import { knownAssets, readManifest } from "../loading/read-manifest.ts";
import { ASSET_SCHEMAS, type AssetTables } from "../schemas/asset-kinds.ts";
import type { AssetStore } from "../store/asset-store.ts";
import { createDirectoryStore } from "../store/directory-store.ts";
import type { RefreshFeedOptions } from "./refresh-feed.ts";

/**
 * Reads what the rows of feeds are compared with: the tables of a region as they were built.
 *
 * @throws {ReasonError} those of reading a manifest and its tables
 */
export async function readFeedBase(
  region: AssetStore | string,
): Promise<RefreshFeedOptions["base"]> {
  const store = typeof region === "string" ? createDirectoryStore(region) : region;
  const { manifest } = await readManifest(store);
  const tables: Record<string, unknown> = {};
  for (const asset of knownAssets(manifest)) {
    if (ASSET_SCHEMAS[asset.kind] === "binary") continue;
    tables[asset.kind] = await examineAsset(store, asset);
  }
  // Each table went through the schema of its kind; `dateOfRates` needs those that every region has.
  return { currency: manifest.currency, tables: tables as AssetTables };
}
