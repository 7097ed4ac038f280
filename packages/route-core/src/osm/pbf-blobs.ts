import { promisify } from "node:util";
import { inflate } from "node:zlib";

import { ReasonError } from "@gradeway/reason-codes";
import { PbfReader } from "pbf";

import type { OsmSource } from "./osm-source.ts";
import { readSub, skipField } from "./pbf-fields.ts";

/** Limits of the OSM PBF format (wiki.openstreetmap.org/wiki/PBF_Format). */
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_BLOB_BYTES = 32 * 1024 * 1024;
/** Blobs that are being inflated on the thread pool while an earlier one is decoded. */
const READ_AHEAD = 4;

const inflateAsync = promisify(inflate);

/** One block of the file, inflated. */
export interface OsmBlob {
  readonly type: string;
  /** Byte offset of the block in the file. */
  readonly offset: number;
  readonly data: Uint8Array;
}

interface RawBlob {
  readonly type: string;
  readonly offset: number;
  readonly body: Uint8Array;
}

/** An `osm_pbf_invalid` error at a byte offset. */
export function invalidPbf(
  offset: number,
  problem: string,
  cause?: unknown,
): ReasonError<"osm_pbf_invalid"> {
  const message = `The OSM file is damaged at byte ${offset}: ${problem}`;
  return new ReasonError("osm_pbf_invalid", message, { offset, problem }, { cause });
}

/**
 * Reads the blocks of a PBF file one after the other; memory stays bounded by a few blocks.
 *
 * @throws {ReasonError} osm_pbf_invalid
 */
export async function* readBlobs(source: OsmSource): AsyncGenerator<OsmBlob> {
  const pending: Promise<OsmBlob>[] = [];
  try {
    for await (const raw of frameBlobs(source)) {
      const next = inflateBlob(raw);
      // A rejection is seen when its turn comes; until then it must not count as unhandled.
      next.catch(() => undefined);
      pending.push(next);
      if (pending.length >= READ_AHEAD) yield await pending.shift()!;
    }
    while (pending.length > 0) yield await pending.shift()!;
  } finally {
    await Promise.allSettled(pending);
  }
}

async function* frameBlobs(source: OsmSource): AsyncGenerator<RawBlob> {
  const input = new ByteQueue(source.open()[Symbol.asyncIterator]());
  let offset = 0;
  try {
    for (;;) {
      if (!(await input.fill(4))) {
        if (input.size > 0) throw invalidPbf(offset, "the file ends inside a block header");
        return;
      }
      const headerBytes = readUint32(input.take(4));
      if (headerBytes === 0 || headerBytes > MAX_HEADER_BYTES) {
        throw invalidPbf(offset, `no block header here (length ${headerBytes})`);
      }
      if (!(await input.fill(headerBytes))) {
        throw invalidPbf(offset, "the file ends inside a block header");
      }
      const header = decodeHeader(input.take(headerBytes), offset);
      if (header.bytes > MAX_BLOB_BYTES) {
        throw invalidPbf(offset, `block of ${header.bytes} bytes is larger than the format allows`);
      }
      if (!(await input.fill(header.bytes))) {
        throw invalidPbf(offset, `the file ends inside this block of ${header.bytes} bytes`);
      }
      yield { type: header.type, offset, body: input.take(header.bytes) };
      offset += 4 + headerBytes + header.bytes;
    }
  } finally {
    await input.close();
  }
}

function readUint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
}

function decodeHeader(bytes: Uint8Array, offset: number): { type: string; bytes: number } {
  const pbf = new PbfReader(bytes);
  let type = "";
  let size = -1;
  try {
    while (pbf.pos < bytes.length) {
      const tag = pbf.readVarint();
      if (tag === 0x0a) type = readText(readSub(pbf, bytes.length));
      else if (tag === 0x18) size = pbf.readVarint();
      else skipField(pbf, tag, bytes.length);
    }
  } catch (error) {
    throw invalidPbf(offset, "the block header cannot be decoded", error);
  }
  if (type === "" || size < 0) throw invalidPbf(offset, "the block header lacks type or size");
  return { type, bytes: size };
}

function readText(pbf: PbfReader): string {
  return new TextDecoder().decode(pbf.buf.subarray(pbf.pos, pbf.length));
}

async function inflateBlob(raw: RawBlob): Promise<OsmBlob> {
  const { type, offset, body } = raw;
  let plain: Uint8Array | undefined;
  let packed: Uint8Array | undefined;
  let rawSize = -1;
  try {
    const pbf = new PbfReader(body);
    while (pbf.pos < body.length) {
      const tag = pbf.readVarint();
      if (tag === 0x0a) plain = rest(readSub(pbf, body.length));
      else if (tag === 0x10) rawSize = pbf.readVarint();
      else if (tag === 0x1a) packed = rest(readSub(pbf, body.length));
      else skipField(pbf, tag, body.length);
    }
  } catch (error) {
    throw invalidPbf(offset, "the block cannot be decoded", error);
  }
  if (plain !== undefined) return { type, offset, data: plain };
  if (packed === undefined) throw invalidPbf(offset, "the block's compression is not supported");
  if (rawSize < 0 || rawSize > MAX_BLOB_BYTES) {
    throw invalidPbf(offset, "the block's inflated size is missing or too large");
  }
  try {
    const data = await inflateAsync(packed, { maxOutputLength: Math.max(1, rawSize) });
    if (data.byteLength !== rawSize) throw new RangeError("inflated size differs from raw_size");
    return { type, offset, data };
  } catch (error) {
    throw invalidPbf(offset, "the block's compressed data is damaged", error);
  }
}

function rest(pbf: PbfReader): Uint8Array {
  return pbf.buf.subarray(pbf.pos, pbf.length);
}

/** Chunks of a stream as a queue from which exact byte counts are taken. */
class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array[] = [];
  size = 0;

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** Reads until `bytes` are held; false when the stream ends before. */
  async fill(bytes: number): Promise<boolean> {
    while (this.size < bytes) {
      const next = await this.#chunks.next();
      if (next.done === true) return false;
      this.#held.push(next.value);
      this.size += next.value.byteLength;
    }
    return true;
  }

  take(bytes: number): Uint8Array {
    const out = new Uint8Array(bytes);
    let at = 0;
    while (at < bytes) {
      const head = this.#held[0]!;
      const part = head.subarray(0, bytes - at);
      out.set(part, at);
      at += part.byteLength;
      if (part.byteLength === head.byteLength) this.#held.shift();
      else this.#held[0] = head.subarray(part.byteLength);
    }
    this.size -= bytes;
    return out;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
