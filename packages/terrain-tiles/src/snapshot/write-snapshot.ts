import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { ReasonError } from "@gradeway/reason-codes";

import { type DecodeTile, decodeTile } from "../decode/decode-tile.ts";
import { formatTileId, type TileId } from "../tile-id.ts";
import type { TileSource } from "../tile-source.ts";
import { boxOfTiles, type LonLatBox, tilesCovering } from "../tiles-covering.ts";
import { signBytes } from "./ed25519.ts";
import {
  MANIFEST_FILE,
  serializeManifest,
  SIGNATURE_FILE,
  SNAPSHOT_FORMAT,
  type SnapshotManifest,
  type SnapshotSource,
  type SnapshotTile,
} from "./snapshot-manifest.ts";

/** Which tiles a snapshot holds: those that a box needs, or a list of one zoom level. */
export type SnapshotTiles =
  | { readonly bbox: LonLatBox; readonly zoom: number }
  | { readonly ids: readonly TileId[] };

/** Options of {@link writeTerrainSnapshot}. */
export interface WriteTerrainSnapshotOptions {
  /** Receives the snapshot; it must not exist or be empty. */
  readonly directory: string;
  readonly tiles: SnapshotTiles;
  /** Licence of the heights, best as an SPDX expression or an address. */
  readonly licence: string;
  /** Default: as the source says. */
  readonly name?: string | undefined;
  readonly attribution?: string | undefined;
  /** Time of the snapshot in UTC in ISO 8601, for example `2026-01-31T12:00:00Z`. */
  readonly createdAt: string;
  /** Ed25519 key in PEM (PKCS #8). */
  readonly privateKeyPem: string;
  /** Validates tiles. Default: on the calling thread. */
  readonly decode?: DecodeTile | undefined;
  /** Called after each tile. */
  readonly onTile?: ((done: number, of: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was written. */
export interface WrittenTerrainSnapshot {
  readonly manifest: SnapshotManifest;
  /** Name of the key that signed it. */
  readonly keyId: string;
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;

/**
 * Writes a signed snapshot of tiles. It appears as a whole, or not at all. Tiles are validated and
 * kept byte by byte; the same tiles, time and key always give the same files.
 *
 * @throws {ReasonError} what the source throws; `terrain_tile_corrupt` for a tile that is not one;
 *   `terrain_dem_asset_unavailable` when the source has none of the tiles
 * @throws {RangeError} when the tiles, the time, the key or the directory cannot be used
 */
export async function writeTerrainSnapshot(
  source: TileSource,
  options: WriteTerrainSnapshotOptions,
): Promise<WrittenTerrainSnapshot> {
  const { createdAt, privateKeyPem, licence } = options;
  // Without a separator at its end, which would put the temporary directory into it.
  const directory = path.resolve(options.directory);
  const { ids, zoom, bbox } = chooseTiles(options.tiles);
  if (!ISO_TIME.test(createdAt) || Number.isNaN(Date.parse(createdAt))) {
    throw new RangeError(`createdAt must be a time such as 2026-01-31T12:00:00Z: "${createdAt}".`);
  }
  await assertFree(directory);
  // Before the tiles are read, so that a key that cannot be used costs nothing.
  signBytes(new Uint8Array(0), privateKeyPem);
  const temporary = `${directory}.${randomUUID()}.tmp`;
  try {
    const { tiles, absentTiles } = await copyTiles(source, ids, temporary, options);
    const origin: SnapshotSource = {
      name: options.name ?? source.info.name,
      attribution: options.attribution ?? source.info.attribution,
      licence,
    };
    const manifest: SnapshotManifest = {
      format: SNAPSHOT_FORMAT,
      source: origin,
      createdAt,
      zoom,
      bbox,
      tiles,
      absentTiles,
    };
    const bytes = serializeManifest(manifest);
    const signature = signBytes(bytes, privateKeyPem);
    await writeFile(path.join(temporary, MANIFEST_FILE), bytes);
    await writeFile(path.join(temporary, SIGNATURE_FILE), `${JSON.stringify(signature)}\n`);
    await rename(temporary, directory);
    return { manifest, keyId: signature.keyId };
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function copyTiles(
  source: TileSource,
  ids: readonly TileId[],
  directory: string,
  { decode = decodeTile, onTile, signal }: WriteTerrainSnapshotOptions,
): Promise<Pick<SnapshotManifest, "tiles" | "absentTiles">> {
  const tiles: SnapshotTile[] = [];
  const absentTiles: string[] = [];
  for (const [index, id] of ids.entries()) {
    signal?.throwIfAborted();
    const tile = formatTileId(id);
    const read = await source.getTile(id, signal === undefined ? {} : { signal });
    if (read === undefined) absentTiles.push(tile);
    else {
      const mayTake = source.givesOwnBytes;
      const { bytes, sha256 } = await decode(read, id, { signal, mayTake });
      const folder = path.join(directory, String(id.z), String(id.x));
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, `${id.y}.tif`), bytes);
      tiles.push({ tile, sizeBytes: bytes.length, sha256 });
    }
    onTile?.(index + 1, ids.length);
  }
  if (tiles.length > 0) return { tiles, absentTiles };
  const { name } = source.info;
  const problem = `It has none of the ${ids.length} tiles of the snapshot.`;
  throw new ReasonError(
    "terrain_dem_asset_unavailable",
    `No snapshot can be made of "${name}". ${problem}`,
    { source: name, problem },
  );
}

/** The tiles sorted by name as text, each once, with what they have in common. */
function chooseTiles(tiles: SnapshotTiles): {
  readonly ids: readonly TileId[];
  readonly zoom: number;
  readonly bbox: LonLatBox;
} {
  const chosen = "ids" in tiles ? tiles.ids : tilesCovering(tiles.bbox, tiles.zoom);
  const byName = new Map(chosen.map((id) => [formatTileId(id), id]));
  const names = [...byName.keys()].sort();
  const ids = names.map((name) => byName.get(name)!);
  const zoom = ids[0]?.z;
  if (zoom === undefined || ids.some(({ z }) => z !== zoom)) {
    throw new RangeError("A snapshot needs tiles, all of one zoom level.");
  }
  return { ids, zoom, bbox: "ids" in tiles ? boxOfTiles(ids) : tiles.bbox };
}

async function assertFree(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  if (names.length > 0) throw new RangeError(`The directory "${directory}" is not empty.`);
}
