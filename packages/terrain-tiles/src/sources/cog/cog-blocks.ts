import { LRUCache } from "lru-cache";

import type { DecodeBlock } from "../../decode/decode-block.ts";
import { maxStoredBytes, type WholeBlockForm } from "../../decode/raster-block.ts";
import { readNumbers } from "../../decode/tiff-directory.ts";
import { createSingleFlight } from "../../single-flight.ts";
import { corruptError } from "../../tile-errors.ts";
import type { StoredTile, TileStore } from "../../tile-store.ts";
import type { RangeReader } from "../range-reader.ts";
import type { CogLayout } from "./cog-layout.ts";

/** Creates a store of the blocks of a raster. The name of a block is "cog/column/row". */
export function createCogBlocks(
  reader: RangeReader,
  headers: RangeReader,
  layout: CogLayout,
  maxBlocksInMemory: number,
  decode: DecodeBlock,
): TileStore {
  const { blockWidth, blockHeight, blocksAcross, directory } = layout;
  const kept = new LRUCache<number, StoredTile>({ max: maxBlocksInMemory });
  const flights = createSingleFlight<StoredTile>();
  const form = formOf(layout);
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
    return { name, ...(await decode(stored, name, form, { signal })) };
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

/** The part of a layout that a block is decoded by; it may have to travel to another thread. */
function formOf(layout: CogLayout): WholeBlockForm {
  const { kind, littleEndian, blockWidth, blockHeight, predictor, compression, nodata } = layout;
  return { kind, littleEndian, blockWidth, blockHeight, predictor, compression, nodata };
}

/** Readers fail with a reason; what else fails is the decoding of the bytes they gave. */
export function asCorrupt(name: string, error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted === true || !(error instanceof Error) || "reasonCode" in error) return error;
  return corruptError(name, error.message, error);
}
