import { ReasonError } from "@gradeway/reason-codes";
import { decodeGraph, GRAPH_FORMAT_VERSION, unsupportedVersion } from "@gradeway/route-core";
import { decodeHierarchy } from "@gradeway/route-core/hierarchy";

import { ASSET_SCHEMAS, ASSET_VERSIONS, type AssetKind } from "../schemas/asset-kinds.ts";
import { describeTable, PROVENANCE_CLASSES } from "../schemas/describe-table.ts";
import { invalidAsset, parseJson, parseSchema } from "../schemas/parse-json.ts";
import { sha256Hex } from "../sha256.ts";
import type { AssetStore } from "../store/asset-store.ts";
import type { KnownAsset } from "./read-manifest.ts";

/** Byte offset of the format version in a routing graph. */
const GRAPH_VERSION_OFFSET = 8;

/** What planners read in place; anything is refused that they could not open. */
const DECODERS: { readonly [Kind in AssetKind]?: (buffer: SharedArrayBuffer) => unknown } = {
  "routing-graph": decodeGraph,
  hierarchy: decodeHierarchy,
};

/**
 * Reads one asset of a region and checks it: version, size, hash, and what its kind demands.
 *
 * @returns the parsed table, graph or hierarchy in shared memory, or the bytes of another binary asset
 * @throws {ReasonError} asset_missing, asset_version_unsupported, asset_hash_mismatch, asset_invalid,
 *   asset_field_unknown, and those of the store
 */
export async function examineAsset(
  store: AssetStore,
  asset: KnownAsset,
  signal?: AbortSignal,
): Promise<unknown> {
  requireVersion(asset, asset.version, ASSET_VERSIONS[asset.kind]);
  const bytes = await store.read(asset.path, { maxBytes: asset.bytes, signal });
  if (bytes === "missing") {
    throw new ReasonError(
      "asset_missing",
      `The region's ${asset.name} is missing: there is no ${asset.path} at ${store.location}.`,
      { asset: asset.name, path: asset.path },
    );
  }
  if (bytes !== "too_large" && asset.kind === "routing-graph") requireGraphVersion(asset, bytes);
  const observedSha256 = bytes === "too_large" ? null : sha256Hex(bytes);
  if (bytes === "too_large" || observedSha256 !== asset.sha256) {
    throw new ReasonError(
      "asset_hash_mismatch",
      `The region's ${asset.name} (${asset.path}) is not the one that the manifest describes.`,
      { asset: asset.name, expectedSha256: asset.sha256, observedSha256 },
    );
  }
  const schema = ASSET_SCHEMAS[asset.kind];
  if (schema !== "binary") {
    const table = parseSchema(asset.name, schema, parseJson(asset.name, bytes));
    requireClass(asset, table);
    return table;
  }
  const decode = DECODERS[asset.kind];
  if (decode === undefined) return bytes;
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  decode(shared);
  return shared;
}

/** A policy about classes goes by the manifest, which may call a table worse than its rows, but not better. */
function requireClass({ name, provenance: claimed }: KnownAsset, table: unknown): void {
  const { provenance: held } = describeTable(table);
  if (PROVENANCE_CLASSES.indexOf(claimed) >= PROVENANCE_CLASSES.indexOf(held)) return;
  const message = `the manifest says ${claimed}, and there are ${held} rows`;
  throw invalidAsset(name, [{ pointer: "", message }]);
}

/** Before the hash: a graph of another version says so instead of looking damaged. */
function requireGraphVersion(asset: KnownAsset, bytes: Uint8Array): void {
  if (bytes.byteLength < GRAPH_VERSION_OFFSET + 4) return;
  if (new TextDecoder().decode(bytes.subarray(0, 7)) !== "GWGRAPH") return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  requireVersion(asset, view.getUint32(GRAPH_VERSION_OFFSET, true), GRAPH_FORMAT_VERSION);
}

function requireVersion(asset: KnownAsset, observed: number, supported: number): void {
  if (observed === supported) return;
  const what = `The region's ${asset.name} has version`;
  throw unsupportedVersion(what, asset.name, observed, supported);
}
