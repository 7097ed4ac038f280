import { inflateSync } from "node:zlib";

/** A second, table-free reader of the wire format: shares no code with the writer or with `pbf`. */
type Field = readonly [number: number, value: bigint | Uint8Array];

function readVarint(bytes: Uint8Array, start: number): [value: bigint, next: number] {
  let value = 0n;
  let shift = 0n;
  let offset = start;
  for (;;) {
    const byte = bytes[offset++]!;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return [value, offset];
    shift += 7n;
  }
}

function fields(bytes: Uint8Array): Field[] {
  const found: Field[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const [tag, afterTag] = readVarint(bytes, offset);
    const number = Number(tag >> 3n);
    const [value, afterValue] = readVarint(bytes, afterTag);
    if ((tag & 7n) === 0n) {
      found.push([number, value]);
      offset = afterValue;
    } else if ((tag & 7n) === 2n) {
      offset = afterValue + Number(value);
      found.push([number, bytes.subarray(afterValue, offset)]);
    } else {
      throw new Error(`unexpected wire type ${tag & 7n}`);
    }
  }
  return found;
}

function all(message: readonly Field[], number: number): Uint8Array[] {
  return message.flatMap(([n, value]) =>
    n === number && typeof value !== "bigint" ? [value] : [],
  );
}

function one(message: readonly Field[], number: number): Uint8Array {
  return all(message, number)[0] ?? new Uint8Array();
}

function integer(message: readonly Field[], number: number): number {
  return Number(message.find(([n]) => n === number)?.[1] ?? 0n);
}

function packed(bytes: Uint8Array): bigint[] {
  const values: bigint[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const [value, next] = readVarint(bytes, offset);
    values.push(value);
    offset = next;
  }
  return values;
}

const unzigzag = (value: bigint): bigint => (value >> 1n) ^ -(value & 1n);

function packedDeltas(bytes: Uint8Array): number[] {
  let sum = 0n;
  return packed(bytes).map((value) => Number((sum += unzigzag(value))));
}

export interface DecodedPbf {
  readonly blobTypes: string[];
  readonly requiredFeatures: string[];
  readonly optionalFeatures: string[];
  readonly replicationTimestampS: number;
  readonly bboxNanodegrees: number[];
  readonly nodes: { id: number; lon: number; lat: number; tags: Record<string, string> }[];
  readonly ways: { id: number; nodes: number[]; tags: Record<string, string> }[];
  readonly relations: {
    id: number;
    tags: Record<string, string>;
    members: { type: string; ref: number; role: string }[];
  }[];
}

export function decodeOsmPbf(bytes: Uint8Array): DecodedPbf {
  const blobTypes: string[] = [];
  const text = new TextDecoder();
  let header: Field[] = [];
  const nodes: DecodedPbf["nodes"] = [];
  const ways: DecodedPbf["ways"] = [];
  const relations: DecodedPbf["relations"] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const headerLength = new DataView(bytes.buffer, bytes.byteOffset + offset).getUint32(0);
    const blobHeader = fields(bytes.subarray(offset + 4, offset + 4 + headerLength));
    const blobStart = offset + 4 + headerLength;
    offset = blobStart + integer(blobHeader, 3);
    const blob = fields(bytes.subarray(blobStart, offset));
    const type = text.decode(one(blobHeader, 1));
    blobTypes.push(type);
    const raw = one(blob, 1);
    const inflated = raw.length > 0 ? raw : inflateSync(one(blob, 3));
    if (raw.length === 0 && inflated.length !== integer(blob, 2)) throw new Error("wrong raw_size");
    if (type === "OSMHeader") header = fields(inflated);
    else readBlock(fields(inflated));
  }

  function readBlock(block: readonly Field[]): void {
    const strings = all(fields(one(block, 1)), 1).map((bytesOfText) => text.decode(bytesOfText));
    const tagsOf = (message: readonly Field[]): Record<string, string> => {
      const values = packed(one(message, 3)).map((index) => strings[Number(index)]!);
      const keys = packed(one(message, 2)).map((index) => strings[Number(index)]!);
      return Object.fromEntries(keys.map((key, index) => [key, values[index]!]));
    };
    for (const group of all(block, 2).map(fields)) {
      for (const dense of all(group, 2).map(fields)) readDense(dense, strings);
      for (const way of all(group, 3).map(fields)) {
        ways.push({ id: integer(way, 1), nodes: packedDeltas(one(way, 8)), tags: tagsOf(way) });
      }
      for (const relation of all(group, 4).map(fields)) {
        const roles = packed(one(relation, 8)).map((index) => strings[Number(index)]!);
        const types = packed(one(relation, 10)).map(
          (code) => ["node", "way", "relation"][Number(code)]!,
        );
        const refs = packedDeltas(one(relation, 9));
        const members = refs.map((ref, i) => ({ type: types[i]!, ref, role: roles[i]! }));
        relations.push({ id: integer(relation, 1), tags: tagsOf(relation), members });
      }
    }
  }

  function readDense(dense: readonly Field[], strings: readonly string[]): void {
    const ids = packedDeltas(one(dense, 1));
    const lats = packedDeltas(one(dense, 8));
    const lons = packedDeltas(one(dense, 9));
    const keysAndValues = packed(one(dense, 10)).map(Number);
    let cursor = 0;
    for (const [index, id] of ids.entries()) {
      const tags: [string, string][] = [];
      while (cursor < keysAndValues.length && keysAndValues[cursor] !== 0) {
        tags.push([strings[keysAndValues[cursor]!]!, strings[keysAndValues[cursor + 1]!]!]);
        cursor += 2;
      }
      cursor += 1;
      nodes.push({
        id,
        lon: lons[index]! / 1e7,
        lat: lats[index]! / 1e7,
        tags: Object.fromEntries(tags),
      });
    }
  }

  const bbox = fields(one(header, 1));
  return {
    blobTypes,
    requiredFeatures: all(header, 4).map((value) => text.decode(value)),
    optionalFeatures: all(header, 5).map((value) => text.decode(value)),
    replicationTimestampS: integer(header, 32),
    bboxNanodegrees: bbox.flatMap(([, value]) =>
      typeof value === "bigint" ? [Number(unzigzag(value))] : [],
    ),
    nodes,
    ways,
    relations,
  };
}
