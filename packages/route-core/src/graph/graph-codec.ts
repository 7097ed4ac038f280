import { ReasonError } from "@gradeway/reason-codes";

import { COLUMN_SECTIONS, SECTION_TYPES, type Column, type ColumnName } from "./graph-sections.ts";
import { GRAPH_FORMAT_VERSION, type GraphMeta, type RoutingGraph } from "./routing-graph.ts";

/*
 * File layout, little-endian, every section aligned to 8 bytes:
 *   0  magic "GWGRAPH\0"          8  format version (u32)   12  number of sections (u32)
 *   16 sha256 of everything from byte 48 on (32 bytes)
 *   48 section table: per section 32 bytes: name hash (u32), type (u32), offset (f64),
 *      byte length (f64), element count (f64)
 *   then the sections; the first one is the metadata as UTF-8 JSON.
 */
const MAGIC = 0x47_57_47_52_41_50_48_00n;
const HASHED_FROM = 48;
const TABLE_ROW_BYTES = 32;
const META_SECTION = "meta";

/** Computes a sha256; injected, because the browser and Node have different means. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Serializes a graph into one buffer. The same graph always gives the same bytes. */
export function encodeGraph(graph: RoutingGraph, sha256: Sha256): Uint8Array<ArrayBuffer> {
  const meta = new TextEncoder().encode(JSON.stringify(graph.meta));
  const names = Object.keys(COLUMN_SECTIONS) as ColumnName[];
  const sections: { name: string; type: number; array: Column }[] = [
    { name: META_SECTION, type: 0, array: meta },
    ...names.map((name) => ({ name, type: COLUMN_SECTIONS[name], array: graph[name] })),
  ];
  let size = align(HASHED_FROM + sections.length * TABLE_ROW_BYTES);
  for (const { array } of sections) size = align(size + array.byteLength);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, MAGIC);
  view.setUint32(8, GRAPH_FORMAT_VERSION, true);
  view.setUint32(12, sections.length, true);
  let offset = align(HASHED_FROM + sections.length * TABLE_ROW_BYTES);
  for (const [index, { name, type, array }] of sections.entries()) {
    const row = HASHED_FROM + index * TABLE_ROW_BYTES;
    view.setUint32(row, hashName(name), true);
    view.setUint32(row + 4, type, true);
    view.setFloat64(row + 8, offset, true);
    view.setFloat64(row + 16, array.byteLength, true);
    view.setFloat64(row + 24, array.length, true);
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset = align(offset + array.byteLength);
  }
  bytes.set(sha256(bytes.subarray(HASHED_FROM)), 16);
  return bytes;
}

/**
 * Opens a serialized graph without copying; the columns are views of `buffer`, which may be shared
 * between threads.
 *
 * @param sha256 - when given, the content is checked against the hash in the header
 * @throws {ReasonError} asset_version_unsupported, asset_hash_mismatch, asset_invalid
 */
export function decodeGraph(buffer: ArrayBufferLike, sha256?: Sha256): RoutingGraph {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  if (bytes.length < HASHED_FROM || view.getBigUint64(0) !== MAGIC) {
    throw invalidGraph("the file is no routing graph");
  }
  const version = view.getUint32(8, true);
  if (version !== GRAPH_FORMAT_VERSION) {
    throw new ReasonError(
      "asset_version_unsupported",
      `The routing graph has format ${version}; this program reads ${GRAPH_FORMAT_VERSION}.`,
      { asset: "routing-graph", observed: version, supported: [GRAPH_FORMAT_VERSION] },
    );
  }
  if (sha256 !== undefined) checkHash(bytes, sha256);
  const count = view.getUint32(12, true);
  const table = new Map<number, Column>();
  for (let index = 0; index < count; index++) {
    const row = HASHED_FROM + index * TABLE_ROW_BYTES;
    if (row + TABLE_ROW_BYTES > bytes.length) throw invalidGraph("the section table is cut off");
    const type = SECTION_TYPES[view.getUint32(row + 4, true)];
    const offset = view.getFloat64(row + 8, true);
    const byteLength = view.getFloat64(row + 16, true);
    const length = view.getFloat64(row + 24, true);
    const fits =
      type !== undefined && length >= 0 && byteLength === length * type.BYTES_PER_ELEMENT;
    if (!fits || !(offset >= 0) || offset % 8 !== 0 || offset + byteLength > bytes.length) {
      throw invalidGraph(`section ${index} does not fit the file`);
    }
    table.set(view.getUint32(row, true), new type(buffer as ArrayBuffer, offset, length));
  }
  const metaBytes = table.get(hashName(META_SECTION));
  if (!(metaBytes instanceof Uint8Array)) throw invalidGraph("the metadata is missing");
  // TextDecoder refuses shared memory, hence the copy.
  const meta = parseMeta(new TextDecoder().decode(metaBytes.slice()));
  const columns: Partial<Record<ColumnName, Column>> = {};
  for (const name of Object.keys(COLUMN_SECTIONS) as ColumnName[]) {
    const column = table.get(hashName(name));
    if (!(column instanceof SECTION_TYPES[COLUMN_SECTIONS[name]])) {
      throw invalidGraph(`the column ${name} is missing`);
    }
    columns[name] = column;
  }
  const graph = columns as unknown as Omit<RoutingGraph, "meta" | "nodeCount" | "edgeCount">;
  return {
    ...graph,
    meta,
    nodeCount: graph.nodeLonE7.length,
    edgeCount: graph.edgeTail.length,
  };
}

/** The sha256 in the header of a serialized graph, as lower-case hex. */
export function graphSha256(buffer: ArrayBufferLike): string {
  return toHex(new Uint8Array(buffer, 16, 32));
}

function checkHash(bytes: Uint8Array, sha256: Sha256): void {
  const expected = toHex(bytes.subarray(16, HASHED_FROM));
  const observed = toHex(sha256(bytes.subarray(HASHED_FROM)));
  if (expected === observed) return;
  throw new ReasonError("asset_hash_mismatch", "The routing graph is damaged.", {
    asset: "routing-graph",
    expectedSha256: expected,
    observedSha256: observed,
  });
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function parseMeta(text: string): GraphMeta {
  try {
    const meta = JSON.parse(text) as GraphMeta;
    // JSON has no Infinity: an absent limit was written as null.
    const limits = meta.limits.map(
      (row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key, value ?? Infinity]),
        ) as unknown as GraphMeta["limits"][number],
    );
    return { ...meta, limits };
  } catch (error) {
    throw invalidGraph("the metadata cannot be read", error);
  }
}

function invalidGraph(problem: string, cause?: unknown): ReasonError<"asset_invalid"> {
  return new ReasonError(
    "asset_invalid",
    `The routing graph cannot be read: ${problem}.`,
    { asset: "routing-graph", issues: [{ pointer: "", message: problem }] },
    { cause },
  );
}

function align(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

/** FNV-1a: sections are found by the hash of their name. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}
