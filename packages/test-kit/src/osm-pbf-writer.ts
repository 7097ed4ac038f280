import { deflateSync } from "node:zlib";

import { PbfWriter } from "pbf";

import type { OsmDataset } from "./osm-data.ts";
import { encodeDenseNodes, encodeHeader, encodeRelations, encodeWays } from "./osm-pbf-blocks.ts";

/** The specification asks for at most 8,000 entities per block. */
const DEFAULT_BLOCK_SIZE = 8000;

export interface WriteOsmPbfOptions {
  readonly compress?: boolean;
  /** Entities per block; a small number makes files with many blocks. */
  readonly blockSize?: number;
}

/**
 * Writes a real `.osm.pbf`: nodes, ways, relations, each sorted by id, so that the
 * `Sort.Type_then_ID` promise of the header holds. The same dataset gives the same bytes.
 */
export function writeOsmPbf(dataset: OsmDataset, options: WriteOsmPbfOptions = {}): Uint8Array {
  const { compress = true, blockSize = DEFAULT_BLOCK_SIZE } = options;
  if (!Number.isInteger(blockSize) || blockSize < 1) throw new RangeError("blockSize must be >= 1");
  const blocks = [
    ...inBlocks(dataset.nodes, blockSize, encodeDenseNodes),
    ...inBlocks(dataset.ways, blockSize, encodeWays),
    ...inBlocks(dataset.relations, blockSize, encodeRelations),
  ];
  return concatenate([
    encodeFileBlock("OSMHeader", encodeHeader(dataset), compress),
    ...blocks.map((block) => encodeFileBlock("OSMData", block, compress)),
  ]);
}

function inBlocks<T extends { readonly id: number }>(
  entities: readonly T[],
  blockSize: number,
  encode: (block: readonly T[]) => Uint8Array,
): Uint8Array[] {
  const sorted = entities.toSorted((a, b) => a.id - b.id);
  const blocks: Uint8Array[] = [];
  for (let start = 0; start < sorted.length; start += blockSize) {
    blocks.push(encode(sorted.slice(start, start + blockSize)));
  }
  return blocks;
}

/** One length-prefixed blob header and its blob. Exported so that tests can make hostile files. */
export function encodeFileBlock(type: string, payload: Uint8Array, compress: boolean): Uint8Array {
  const blob = new PbfWriter();
  if (compress) {
    blob.writeVarintField(2, payload.length);
    blob.writeBytesField(3, deflateSync(payload, { level: 6 }));
  } else {
    blob.writeBytesField(1, payload);
  }
  const blobBytes = blob.finish();

  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, blobBytes.length);
  const headerBytes = header.finish();

  const lengthPrefix = new Uint8Array(4);
  new DataView(lengthPrefix.buffer).setUint32(0, headerBytes.length, false);
  return concatenate([lengthPrefix, headerBytes, blobBytes]);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
