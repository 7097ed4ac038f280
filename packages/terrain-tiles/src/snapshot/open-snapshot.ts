import { readFile, stat } from "node:fs/promises";
import path from "node:path";

import { ReasonError } from "@gradeway/reason-codes";

import { sha256Of } from "../sha256.ts";
import { formatTileId, type TileId } from "../tile-id.ts";
import type { TileSource } from "../tile-source.ts";
import { type DetachedSignature, verifyBytes } from "./ed25519.ts";
import { hashFile, readFileOfSize } from "./read-file-of-size.ts";
import {
  invalid,
  MANIFEST_FILE,
  parseJson,
  parseManifest,
  SIGNATURE_FILE,
  type SnapshotManifest,
  type SnapshotTile,
} from "./snapshot-manifest.ts";

/** Options of {@link openTerrainSnapshot}. */
export interface OpenTerrainSnapshotOptions {
  /** Public Ed25519 keys in PEM (SPKI), one of which must have signed the snapshot. */
  readonly trustedKeys: readonly string[];
}

/** Tiles of a snapshot. */
export interface TerrainSnapshot extends TileSource {
  readonly manifest: SnapshotManifest;
  /** Name of the key that signed it: see {@link keyIdOf}. */
  readonly keyId: string;
}

/**
 * Opens a signed snapshot of tiles. The signature is verified here, over the bytes of the manifest
 * before anything of it is read; the hash of a tile at every read. Each fault has its own reason:
 *
 * | fault | reason |
 * |---|---|
 * | no such directory | `terrain_dem_asset_unavailable` |
 * | no manifest, no signature, or a tile of the manifest is not there | `asset_missing` |
 * | signed with a key that is not trusted | `terrain_snapshot_untrusted` |
 * | manifest or signature changed | `terrain_snapshot_signature_invalid` |
 * | not of the form of a manifest, for example a name that is no tile | `asset_invalid` |
 * | tile changed | `asset_hash_mismatch` |
 *
 * A tile that the manifest does not list is `undefined`.
 *
 * @throws {ReasonError} as above; from `getTile` the reasons of a tile
 * @throws {RangeError} when a trusted key is not a public Ed25519 key
 */
export async function openTerrainSnapshot(
  directory: string,
  { trustedKeys }: OpenTerrainSnapshotOptions,
): Promise<TerrainSnapshot> {
  const bytes = await readPart(directory, MANIFEST_FILE);
  const signature = parseSignature(await readPart(directory, SIGNATURE_FILE));
  assertTrusted(directory, bytes, signature, trustedKeys);
  const manifest = parseManifest(bytes);
  const { source } = manifest;
  const tiles = new Map(manifest.tiles.map((entry) => [entry.tile, entry]));

  return {
    info: { name: `${source.name}, signed snapshot`, attribution: source.attribution },
    givesOwnBytes: true,
    manifest,
    keyId: signature.keyId,
    async getTile(id, { signal } = {}) {
      const entry = tiles.get(formatTileId(id));
      return entry && readTile(directory, id, entry, signal);
    },
  };
}

function assertTrusted(
  directory: string,
  bytes: Uint8Array,
  signature: DetachedSignature,
  trustedKeys: readonly string[],
): void {
  const verdict = verifyBytes(bytes, signature, trustedKeys);
  if (verdict === "valid") return;
  const { keyId } = signature;
  if (verdict === "key-unknown") {
    throw new ReasonError(
      "terrain_snapshot_untrusted",
      `The elevation snapshot "${directory}" is signed with the key ${keyId}, which is not trusted.`,
      { source: directory, keyId },
    );
  }
  throw new ReasonError(
    "terrain_snapshot_signature_invalid",
    `The elevation snapshot "${directory}" was changed after it was signed.`,
    { source: directory, keyId },
  );
}

function parseSignature(bytes: Uint8Array): DetachedSignature {
  const { keyId, signature } = parseJson(SIGNATURE_FILE, bytes);
  if (typeof keyId !== "string" || !/^[0-9a-f]{64}$/.test(keyId)) {
    throw invalid(SIGNATURE_FILE, "/keyId", "It must be a hash in hexadecimal digits.");
  }
  if (typeof signature !== "string") {
    throw invalid(SIGNATURE_FILE, "/signature", "It must be a text.");
  }
  return { keyId, signature };
}

async function readPart(directory: string, file: string): Promise<Uint8Array> {
  const location = path.join(directory, file);
  try {
    return await readFile(location);
  } catch (error) {
    if (file === MANIFEST_FILE && !(await isDirectory(directory))) {
      const problem = "There is no such directory.";
      throw new ReasonError(
        "terrain_dem_asset_unavailable",
        `The elevation snapshot cannot be read from "${directory}". ${problem}`,
        { source: directory, problem },
        { cause: error },
      );
    }
    throw missing(file, location, error);
  }
}

async function isDirectory(directory: string): Promise<boolean> {
  const found = await stat(directory).catch(() => undefined);
  return found?.isDirectory() === true;
}

async function readTile(
  directory: string,
  { z, x, y }: TileId,
  { tile, sizeBytes, sha256 }: SnapshotTile,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  const file = path.join(directory, String(z), String(x), `${y}.tif`);
  try {
    const bytes = await readFileOfSize(file, sizeBytes, signal);
    const observedSha256 = bytes === undefined ? await hashFile(file, signal) : sha256Of(bytes);
    if (bytes !== undefined && observedSha256 === sha256) return bytes;
    throw new ReasonError(
      "asset_hash_mismatch",
      `The tile ${tile} of the elevation snapshot is not the one that was signed.`,
      { asset: tile, expectedSha256: sha256, observedSha256 },
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof ReasonError ? error : missing(tile, file, error);
  }
}

function missing(asset: string, location: string, cause: unknown): ReasonError {
  return new ReasonError(
    "asset_missing",
    `${asset} of the elevation snapshot cannot be read from "${location}".`,
    { asset, path: location },
    { cause },
  );
}
