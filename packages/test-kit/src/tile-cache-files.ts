import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, unlink, writeFile } from "node:fs/promises";
import path from "node:path";

/** A tile in a cache directory, read without the cache. */
export interface CachedTileFile {
  /** "z/x/y". */
  readonly tile: string;
  /** Undefined where only its description is there. */
  readonly bytes: Uint8Array | undefined;
  /** Whether the description beside it has the size and the hash of the bytes; undefined without. */
  readonly isDescribed: boolean | undefined;
}

/** What a cache directory holds. */
export interface TileCacheFiles {
  readonly tiles: readonly CachedTileFile[];
  /** Files that were being written. */
  readonly temporaries: number;
}

const TEMPORARY_FOLDER = ".tmp";

/**
 * Reads a directory of `{z}/{x}/{y}.tif` with `{y}.json` beside each, in its own way: what a test
 * of the cache must not leave to the cache.
 */
export async function readTileCache(directory: string): Promise<TileCacheFiles> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  const stems = new Set<string>();
  for (const name of names) {
    const stem = /^(\d+\/\d+\/\d+)\.(?:tif|json)$/.exec(name.split(path.sep).join("/"))?.[1];
    if (stem !== undefined) stems.add(stem);
  }
  const tiles: CachedTileFile[] = [];
  for (const tile of [...stems].sort()) {
    const bytes = await readIfThere(path.join(directory, `${tile}.tif`));
    const sidecar = await readIfThere(path.join(directory, `${tile}.json`));
    tiles.push({ tile, bytes, isDescribed: describes(sidecar, bytes) });
  }
  const temporaries = await readdir(path.join(directory, TEMPORARY_FOLDER)).catch(() => []);
  return { tiles, temporaries: temporaries.length };
}

/** What can happen to a tile in a cache directory. */
export const CACHE_DAMAGES = [
  "flipped-byte",
  "truncated",
  "no-sidecar",
  "foreign-sidecar",
  "unreadable-sidecar",
  "no-tile",
  "foreign-tile",
  "temporaries",
] as const;

/** One of {@link CACHE_DAMAGES}. */
export type CacheDamage = (typeof CACHE_DAMAGES)[number];

/**
 * Damages a tile of a cache directory. "foreign-tile" puts other bytes in its place and describes
 * them rightly; "temporaries" leaves what a process that was killed leaves.
 *
 * @param foreign - bytes that are not those of the tile
 */
export async function damageTileCache(
  directory: string,
  tile: string,
  damage: CacheDamage,
  foreign: Uint8Array,
): Promise<void> {
  const file = path.join(directory, `${tile}.tif`);
  const sidecarFile = path.join(directory, `${tile}.json`);
  const bytes = new Uint8Array(await readFile(file));
  switch (damage) {
    case "flipped-byte":
      bytes[bytes.length >> 1]! ^= 1;
      return writeFile(file, bytes);
    case "truncated":
      return writeFile(file, bytes.subarray(0, bytes.length >> 1));
    case "no-sidecar":
      return unlink(sidecarFile);
    case "foreign-sidecar":
      return writeFile(sidecarFile, await sidecarOf(sidecarFile, foreign));
    case "unreadable-sidecar":
      return writeFile(sidecarFile, '{"sha256":');
    case "no-tile":
      return unlink(file);
    case "foreign-tile":
      await writeFile(sidecarFile, await sidecarOf(sidecarFile, foreign));
      return writeFile(file, foreign);
    case "temporaries": {
      const folder = path.join(directory, TEMPORARY_FOLDER);
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, "left-behind.tif"), bytes.subarray(0, 100));
      return writeFile(path.join(folder, "left-behind.json"), "");
    }
  }
}

/** The description beside a tile with size and hash of other bytes. */
async function sidecarOf(sidecarFile: string, bytes: Uint8Array): Promise<string> {
  const sidecar = JSON.parse(await readFile(sidecarFile, "utf8")) as Record<string, unknown>;
  return JSON.stringify({ ...sidecar, sha256: sha256Of(bytes), sizeBytes: bytes.length });
}

function describes(
  sidecar: Uint8Array | undefined,
  bytes: Uint8Array | undefined,
): boolean | undefined {
  if (sidecar === undefined || bytes === undefined) return undefined;
  try {
    const stated: unknown = JSON.parse(new TextDecoder().decode(sidecar));
    const { sha256, sizeBytes } = stated as Record<string, unknown>;
    return sizeBytes === bytes.length && sha256 === sha256Of(bytes);
  } catch {
    return false;
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  return readFile(file).catch(() => undefined);
}
