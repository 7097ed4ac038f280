import { ReasonError } from "@gradeway/reason-codes";

/*
 * File layout, little-endian, every section aligned to 8 bytes:
 *   0  magic                      8  format version (u32)   12  number of sections (u32)
 *   16 sha256 of everything from byte 48 on (32 bytes)
 *   48 section table: per section 32 bytes: name hash (u32), type (u32), offset (f64),
 *      byte length (f64), element count (f64)
 *   then the sections; the first one is the metadata as UTF-8 JSON.
 */
const HASHED_FROM = 48;
const HASH_BYTES = 32;
const TABLE_ROW_BYTES = 32;
const META_SECTION = "meta";

/** Array types a section may have, by their code in the file. */
export const SECTION_TYPES = [
  Uint8Array,
  Uint16Array,
  Int32Array,
  Float32Array,
  Float64Array,
] as const;

/** A section as a typed array. */
export type Column = Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;

/** Computes a sha256; injected, because the browser and Node have different means. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** One kind of file: what its first bytes are, and what its sections are called. */
export interface SectionFormat<Name extends string> {
  /** Eight bytes, as a big-endian number. */
  readonly magic: bigint;
  readonly version: number;
  /** Name of the asset in errors, such as `routing-graph`. */
  readonly asset: string;
  /** The same for people, such as `routing graph`. */
  readonly title: string;
  /** Sections in file order, with the index of their type. */
  readonly columns: Readonly<Record<Name, number>>;
}

/** Computes the sha256 of parts one after the other. */
export type Sha256OfParts = (parts: readonly Uint8Array[]) => Uint8Array;

/**
 * Serializes columns and metadata into the parts of a file, one after the other. They are views of the
 * columns, so a file can be written without a second copy of it in memory. The same input always gives
 * the same bytes.
 */
export function encodeSectionParts<Name extends string>(
  format: SectionFormat<Name>,
  metadata: unknown,
  columns: Readonly<Record<Name, Column>>,
  sha256: Sha256OfParts,
): readonly Uint8Array[] {
  const names = Object.keys(format.columns) as Name[];
  const meta = new TextEncoder().encode(JSON.stringify(metadata));
  const sections: { name: string; type: number; array: Column }[] = [
    { name: META_SECTION, type: 0, array: meta },
    ...names.map((name) => ({ name, type: format.columns[name], array: columns[name] })),
  ];
  const header = new Uint8Array(align(HASHED_FROM + sections.length * TABLE_ROW_BYTES));
  const view = new DataView(header.buffer);
  view.setBigUint64(0, format.magic);
  view.setUint32(8, format.version, true);
  view.setUint32(12, sections.length, true);
  const parts: Uint8Array[] = [header];
  let offset = header.length;
  for (const [index, { name, type, array }] of sections.entries()) {
    const row = HASHED_FROM + index * TABLE_ROW_BYTES;
    view.setUint32(row, hashName(name), true);
    view.setUint32(row + 4, type, true);
    view.setFloat64(row + 8, offset, true);
    view.setFloat64(row + 16, array.byteLength, true);
    view.setFloat64(row + 24, array.length, true);
    const padding = new Uint8Array(align(array.byteLength) - array.byteLength);
    parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), padding);
    offset += array.byteLength + padding.length;
  }
  header.set(sha256([header.subarray(HASHED_FROM), ...parts.slice(1)]), 16);
  return parts;
}

/** Serializes columns and metadata into one buffer, as {@link encodeSectionParts} into many. */
export function encodeSections<Name extends string>(
  format: SectionFormat<Name>,
  metadata: unknown,
  columns: Readonly<Record<Name, Column>>,
  sha256: Sha256,
): Uint8Array<ArrayBuffer> {
  const noHash = new Uint8Array(HASH_BYTES);
  const parts = encodeSectionParts(format, metadata, columns, () => noHash);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  bytes.set(sha256(bytes.subarray(HASHED_FROM)), 16);
  return bytes;
}

/** What a file holds; the columns are views of its buffer. */
export interface DecodedSections<Name extends string> {
  /** JSON text. */
  readonly metadata: string;
  readonly columns: Readonly<Record<Name, Column>>;
}

/**
 * Opens a file without copying; its buffer may be shared between threads.
 *
 * @param sha256 - when given, the content is checked against the hash in the header
 * @throws {ReasonError} asset_version_unsupported, asset_hash_mismatch, asset_invalid
 */
export function decodeSections<Name extends string>(
  format: SectionFormat<Name>,
  buffer: ArrayBufferLike,
  sha256?: Sha256,
): DecodedSections<Name> {
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  if (bytes.length < HASHED_FROM || view.getBigUint64(0) !== format.magic) {
    throw invalidFile(format, `the file is no ${format.title}`);
  }
  const version = view.getUint32(8, true);
  if (version !== format.version) {
    const what = `The ${format.title} has format`;
    throw unsupportedVersion(what, format.asset, version, format.version);
  }
  if (sha256 !== undefined) checkHash(format, bytes, sha256);
  const table = readTable(format, buffer);
  const metadata = table.get(hashName(META_SECTION));
  if (!(metadata instanceof Uint8Array)) throw invalidFile(format, "the metadata is missing");
  const columns: Partial<Record<Name, Column>> = {};
  for (const name of Object.keys(format.columns) as Name[]) {
    const column = table.get(hashName(name));
    if (!(column instanceof SECTION_TYPES[format.columns[name]]!)) {
      throw invalidFile(format, `the column ${name} is missing`);
    }
    columns[name] = column;
  }
  return {
    // TextDecoder refuses shared memory, hence the copy.
    metadata: new TextDecoder().decode(metadata.slice()),
    columns: columns as Record<Name, Column>,
  };
}

/** The sha256 in the header of a file, as lower-case hex. */
export function contentSha256(buffer: ArrayBufferLike): string {
  return toHex(new Uint8Array(buffer, 16, 32));
}

/**
 * The error for data of another version, with what to do about it.
 *
 * @param what - begins the sentence, as in `The routing graph has format`
 */
export function unsupportedVersion(
  what: string,
  asset: string,
  observed: number,
  supported: number,
): ReasonError<"asset_version_unsupported"> {
  const advice =
    observed < supported
      ? "Build the region again with this program, or get a version of it that was."
      : "Use a newer version of this program.";
  return new ReasonError(
    "asset_version_unsupported",
    `${what} ${observed}; this program reads ${supported}. ${advice}`,
    { asset, observed, supported: [supported] },
  );
}

/** The error for a file that has the right beginning and is not what it says. */
export function invalidFile(
  { asset, title }: Pick<SectionFormat<string>, "asset" | "title">,
  problem: string,
  cause?: unknown,
): ReasonError<"asset_invalid"> {
  return new ReasonError(
    "asset_invalid",
    `The ${title} cannot be read: ${problem}.`,
    { asset, issues: [{ pointer: "", message: problem }] },
    { cause },
  );
}

function readTable(format: SectionFormat<string>, buffer: ArrayBufferLike): Map<number, Column> {
  const view = new DataView(buffer);
  const count = view.getUint32(12, true);
  const table = new Map<number, Column>();
  for (let index = 0; index < count; index++) {
    const row = HASHED_FROM + index * TABLE_ROW_BYTES;
    if (row + TABLE_ROW_BYTES > buffer.byteLength) {
      throw invalidFile(format, "the section table is cut off");
    }
    const type = SECTION_TYPES[view.getUint32(row + 4, true)];
    const offset = view.getFloat64(row + 8, true);
    const byteLength = view.getFloat64(row + 16, true);
    const length = view.getFloat64(row + 24, true);
    const fits =
      type !== undefined && length >= 0 && byteLength === length * type.BYTES_PER_ELEMENT;
    if (!fits || !(offset >= 0) || offset % 8 !== 0 || offset + byteLength > buffer.byteLength) {
      throw invalidFile(format, `section ${index} does not fit the file`);
    }
    table.set(view.getUint32(row, true), new type(buffer as ArrayBuffer, offset, length));
  }
  return table;
}

function checkHash(format: SectionFormat<string>, bytes: Uint8Array, sha256: Sha256): void {
  const expected = toHex(bytes.subarray(16, HASHED_FROM));
  const observed = toHex(sha256(bytes.subarray(HASHED_FROM)));
  if (expected === observed) return;
  throw new ReasonError("asset_hash_mismatch", `The ${format.title} is damaged.`, {
    asset: format.asset,
    expectedSha256: expected,
    observedSha256: observed,
  });
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
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
