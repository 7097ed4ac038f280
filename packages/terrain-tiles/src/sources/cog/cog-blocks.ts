import { LRUCache } from "lru-cache";

import { copyBlock, expandBlock, maxStoredBytes } from "../../decode/raster-block.ts";
import { readNumbers } from "../../decode/tiff-directory.ts";
import { sha256Of } from "../../sha256.ts";
import { createSingleFlight } from "../../single-flight.ts";
import type { StoredTile } from "../../tile-store.ts";
import { corruptError, type RangeReader } from "../range-reader.ts";
import type { CogLayout } from "./cog-layout.ts";

/** Decoded blocks of a raster, kept in memory by use. */
export interface CogBlocks {
  /** Reads a block from memory or from the file; concurrent calls share one read. */
  load(blockX: number, blockY: number, signal: AbortSignal | undefined): Promise<StoredTile>;
}

/** Creates a store of blocks. The name of a block is "cog/column/row". */
export function createCogBlocks(
  reader: RangeReader,
  headers: RangeReader,
  layout: CogLayout,
  maxBlocksInMemory: number,
): CogBlocks {
  const { blockWidth, blockHeight, blocksAcross, directory } = layout;
  const kept = new LRUCache<number, StoredTile>({ max: maxBlocksInMemory });
  const flights = createSingleFlight<StoredTile>();
  const voidGrid = new Float32Array(blockWidth * blockHeight).fill(Number.NaN);

  async function read(name: string, index: number, signal: AbortSignal): Promise<StoredTile> {
    const readHeader = (at: number, length: number) => headers.read(at, length, signal);
    const range = { first: index, count: 1 };
    const [offset] = (await readNumbers(readHeader, directory, 324, range))!;
    const [byteCount] = (await readNumbers(readHeader, directory, 325, range))!;
    // A sparse file leaves out blocks without data.
    if (byteCount === 0) return { name, grid: voidGrid, sha256: undefined };
    if (byteCount! > maxStoredBytes(layout, blockHeight)) throw new Error("the block is too large");
    const stored = await reader.read(offset!, byteCount!, signal);
    if (stored.length < byteCount!) throw new Error("it is cut off");
    const sha256 = sha256Of(stored);
    const plain = await expandBlock(new Uint8Array(stored).buffer, layout, blockHeight);
    const grid = new Float32Array(blockWidth * blockHeight);
    const target = { grid, start: 0, stride: blockWidth, columns: blockWidth, rows: blockHeight };
    copyBlock(plain, layout, target);
    return { name, grid, sha256 };
  }

  return {
    async load(blockX, blockY, signal) {
      const index = blockY * blocksAcross + blockX;
      const name = `cog/${blockX}/${blockY}`;
      const start = async (flightSignal: AbortSignal): Promise<StoredTile> => {
        try {
          const block = await read(name, index, flightSignal);
          kept.set(index, block);
          return block;
        } catch (error) {
          throw asCorrupt(name, error, flightSignal);
        }
      };
      return kept.get(index) ?? flights.run(index, start, signal);
    },
  };
}

/** Readers fail with a reason; what else fails is the decoding of the bytes they gave. */
export function asCorrupt(name: string, error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted === true || !(error instanceof Error) || "reasonCode" in error) return error;
  return corruptError(name, error.message, error);
}
