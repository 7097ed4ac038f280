import { createDiskTileCache, formatTileId, parseTileId } from "@gradeway/terrain-tiles";
import { type PlacedTile, readTileCache } from "@gradeway/test-kit";

/** The cache directory after a soak. */
export interface SoakAudit {
  readonly tiles: number;
  /** Files without a partner, and half-written ones: what killed writers leave. */
  readonly leftBehind: number;
  /** Pairs that do not fit each other or their source, one line each. */
  readonly corrupt: readonly string[];
  /** What was still wrong after the next process had cleaned up an hour later, one line each. */
  readonly notHealed: readonly string[];
}

/** Limits of a cache directory. */
export interface CacheLimits {
  readonly directory: string;
  readonly maxTiles: number;
  readonly maxBytes: number;
}

const HOUR_MS = 3_600_000;

/**
 * Checks every file of the directory against its hash and against the tile that it should be, and
 * then whether a process that comes an hour later makes everything good.
 */
export async function auditCache(
  limits: CacheLimits,
  sources: readonly PlacedTile[],
): Promise<SoakAudit> {
  const sourceOf = new Map(sources.map(({ id, bytes }) => [formatTileId(id), bytes]));
  const { tiles, temporaries } = await readTileCache(limits.directory);
  const corrupt: string[] = [];
  let lone = 0;
  for (const { tile, bytes, isDescribed } of tiles) {
    if (isDescribed === undefined) lone += 1;
    else if (!isDescribed) corrupt.push(`${tile} does not fit the hash beside it`);
    else if (!isSame(bytes!, sourceOf.get(tile))) corrupt.push(`${tile} is not its source`);
  }
  return {
    tiles: tiles.length - lone,
    leftBehind: lone + temporaries,
    corrupt,
    notHealed: await heal(limits, sources, sourceOf),
  };
}

async function heal(
  limits: CacheLimits,
  sources: readonly PlacedTile[],
  sourceOf: ReadonlyMap<string, Uint8Array>,
): Promise<string[]> {
  const problems: string[] = [];
  const heir = createDiskTileCache({ ...limits, now: () => Date.now() + HOUR_MS });
  // Its first write makes it look around; a pair that does not fit is found when it is read.
  await heir.put(sources[0]!.id, sources[0]!.bytes);
  await heir.settle();
  for (const { tile } of (await readTileCache(limits.directory)).tiles) {
    const found = await heir.get(parseTileId(tile));
    if (found !== undefined && !isSame(found.bytes, sourceOf.get(tile))) {
      problems.push(`${tile} is not its source`);
    }
  }
  const { tiles, temporaries } = await readTileCache(limits.directory);
  const whole = tiles.filter(({ isDescribed }) => isDescribed === true);
  if (temporaries > 0) problems.push(`${temporaries} half-written files are left`);
  if (whole.length < tiles.length) {
    problems.push(`${tiles.length - whole.length} files do not fit or have no partner`);
  }
  if (whole.length === 0) problems.push("the tile that was just written is not there");
  if (whole.length > limits.maxTiles) problems.push(`${whole.length} tiles are left`);
  return problems;
}

function isSame(bytes: Uint8Array, source: Uint8Array | undefined): boolean {
  return source !== undefined && Buffer.from(bytes).equals(source);
}
