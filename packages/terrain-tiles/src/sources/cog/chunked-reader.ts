import { LRUCache } from "lru-cache";

import { createSingleFlight } from "../../single-flight.ts";
import type { RangeReader } from "../range-reader.ts";

/** 64 KiB hold the whole header of most files, so that it is read in one request. */
const CHUNK_BYTES = 65_536;
const MAX_CHUNKS = 64;

/**
 * Creates a reader that takes small stretches from larger ones, which it keeps by use: at most
 * 4 MiB. For headers and tables; blocks of heights are read directly.
 */
export function createChunkedReader(reader: RangeReader): RangeReader {
  const kept = new LRUCache<number, Uint8Array>({ max: MAX_CHUNKS });
  const flights = createSingleFlight<Uint8Array>();

  async function load(chunk: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const start = async (flightSignal: AbortSignal): Promise<Uint8Array> => {
      const bytes = await reader.read(chunk * CHUNK_BYTES, CHUNK_BYTES, flightSignal);
      kept.set(chunk, bytes);
      return bytes;
    };
    return kept.get(chunk) ?? flights.run(chunk, start, signal);
  }

  return {
    location: reader.location,
    async read(offset, length, signal) {
      const parts: Uint8Array[] = [];
      for (let at = offset; at < offset + length;) {
        const chunk = Math.floor(at / CHUNK_BYTES);
        const bytes = await load(chunk, signal);
        const from = at - chunk * CHUNK_BYTES;
        const part = bytes.subarray(from, from + offset + length - at);
        parts.push(part);
        at += part.length;
        // The file ends here.
        if (bytes.length < CHUNK_BYTES) break;
      }
      return Buffer.concat(parts);
    },
  };
}
