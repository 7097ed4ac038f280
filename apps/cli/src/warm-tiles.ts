import { ReasonError, type ReasonCode } from "@gradeway/reason-codes";
import { formatTileId, type LiveTerrain, type TileId } from "@gradeway/terrain-tiles";

/** A tile that could not be had. */
export interface FailedTile {
  readonly tile: string;
  readonly reasonCode: ReasonCode;
  readonly message: string;
}

/** What became of tiles that were asked for. */
export interface WarmedTiles {
  readonly fetched: number;
  readonly bytesFetched: number;
  /** In the cache already, and not too old. */
  readonly present: number;
  /** The source has no such tile: the height there is void. */
  readonly absent: number;
  /** Sorted by tile. */
  readonly failed: readonly FailedTile[];
}

/**
 * Brings tiles into the cache, each as a request of its own, so that one that fails takes nothing
 * from the others. Tiles that are there and not too old are left as they are.
 *
 * @param progress - told after every tile how many are done and how many of them failed
 */
export async function warmTiles(
  live: LiveTerrain,
  ids: readonly TileId[],
  concurrency: number,
  progress: (done: number, failed: number) => void,
): Promise<WarmedTiles> {
  const failed: FailedTile[] = [];
  const counts = { fetched: 0, bytesFetched: 0, present: 0, absent: 0 };
  let done = 0;
  const warm = async (id: TileId): Promise<void> => {
    const run = live.begin({ strict: true });
    try {
      const isThere = await run.warm(id);
      const { hits, bytesFetched } = run.diagnostics();
      if (!isThere) counts.absent++;
      else if (hits.remote > 0) counts.fetched++;
      else counts.present++;
      counts.bytesFetched += bytesFetched;
    } catch (error) {
      if (!(error instanceof ReasonError)) throw error;
      const { reasonCode, message } = error;
      failed.push({ tile: formatTileId(id), reasonCode, message });
    }
    done++;
    progress(done, failed.length);
  };
  const remaining = ids.values();
  const work = async (): Promise<void> => {
    // The workers share the iterator, so each tile is taken once.
    for (const id of remaining) await warm(id);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  failed.sort((a, b) => a.tile.localeCompare(b.tile, "en", { numeric: true }));
  return { ...counts, failed };
}
