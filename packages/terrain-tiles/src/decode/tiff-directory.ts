/** Reads a stretch of a file; what it gives is shorter only where the file ends. */
export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

/** Where the values of one tag are stored. */
export interface TiffEntry {
  /** TIFF field type, for example 3 for 16-bit unsigned integers. */
  readonly type: number;
  readonly count: number;
  /** Distance of the first value from the start of the file, in bytes. */
  readonly offset: number;
  /** Size of all values together, in bytes. */
  readonly sizeBytes: number;
}

/** The first image file directory of a TIFF file, of which no value was read yet. */
export interface TiffDirectory {
  readonly littleEndian: boolean;
  readonly entries: ReadonlyMap<number, TiffEntry>;
}

/** Bytes of one value by field type; BigTIFF adds the last three. */
const VALUE_BYTES: ReadonlyMap<number, number> = new Map([
  ...([1, 2, 6, 7] as const).map((type) => [type, 1] as const),
  ...([3, 8] as const).map((type) => [type, 2] as const),
  ...([4, 9, 11, 13] as const).map((type) => [type, 4] as const),
  ...([5, 10, 12, 16, 17, 18] as const).map((type) => [type, 8] as const),
]);

const MAX_ENTRIES = 256;

/**
 * Reads where the values of the first directory are, without reading or allocating any. The chain
 * of directories is not followed, so a cycle in it does no harm.
 *
 * @throws {Error} when the file is not TIFF or BigTIFF or the directory is damaged
 */
export async function readTiffDirectory(read: ReadBytes): Promise<TiffDirectory> {
  const header = view(await read(0, 16));
  const mark = header.byteLength < 8 ? 0 : header.getUint16(0);
  const littleEndian = mark === 0x49_49;
  if (!littleEndian && mark !== 0x4d_4d) throw new Error("it is not a TIFF file");
  const version = header.getUint16(2, littleEndian);
  const big = version === 43;
  if (!big && version !== 42) throw new Error("it is not a TIFF file");
  if (big && header.byteLength < 16) throw new Error(CUT_OFF);
  const start = big ? uint64(header, 8, littleEndian) : header.getUint32(4, littleEndian);

  const countBytes = big ? 8 : 2;
  const entryBytes = big ? 20 : 12;
  const head = view(await read(start, countBytes));
  if (head.byteLength < countBytes) throw new Error(CUT_OFF);
  const count = big ? uint64(head, 0, littleEndian) : head.getUint16(0, littleEndian);
  if (count > MAX_ENTRIES) throw new Error(`its directory has ${count} entries`);
  const table = view(await read(start + countBytes, count * entryBytes));
  if (table.byteLength < count * entryBytes) throw new Error(CUT_OFF);

  const entries = new Map<number, TiffEntry>();
  for (let at = 0; at < table.byteLength; at += entryBytes) {
    const tag = table.getUint16(at, littleEndian);
    const type = table.getUint16(at + 2, littleEndian);
    const valueBytes = VALUE_BYTES.get(type);
    if (valueBytes === undefined) throw new Error(`tag ${tag} has the unknown type ${type}`);
    if (entries.has(tag)) throw new Error(`tag ${tag} is there twice`);
    const values = big
      ? uint64(table, at + 4, littleEndian)
      : table.getUint32(at + 4, littleEndian);
    const sizeBytes = values * valueBytes;
    const slot = at + (big ? 12 : 8);
    const isInline = sizeBytes <= (big ? 8 : 4);
    const elsewhere = big ? uint64 : uint32;
    const offset = isInline ? start + countBytes + slot : elsewhere(table, slot, littleEndian);
    entries.set(tag, { type, count: values, offset, sizeBytes });
  }
  return { littleEndian, entries };
}

/**
 * Checks that the values of a directory lie within a file and are together not larger than it, so
 * that reading all of them takes no more memory than the file itself.
 *
 * @throws {Error} when they do not
 */
export function assertValuesWithin(directory: TiffDirectory, fileBytes: number): void {
  let total = 0;
  for (const [tag, { offset, sizeBytes }] of directory.entries) {
    total += sizeBytes;
    if (offset + sizeBytes > fileBytes || total > fileBytes) {
      throw new Error(`the values of tag ${tag} do not fit in it: it is damaged or cut off`);
    }
  }
}

/**
 * Reads values of a tag as numbers; `undefined` when the directory has no such tag.
 *
 * @param range - first value and number of values; default: all of them
 * @throws {Error} when they are not numbers, are more than `maxCount`, or the file is cut off
 */
export async function readNumbers(
  read: ReadBytes,
  { entries, littleEndian }: TiffDirectory,
  tag: number,
  { first = 0, count = undefined as number | undefined, maxCount = 4096 } = {},
): Promise<number[] | undefined> {
  const entry = entries.get(tag);
  if (entry === undefined) return undefined;
  const wanted = count ?? entry.count;
  if (first + wanted > entry.count) throw new Error(`tag ${tag} has only ${entry.count} values`);
  if (wanted > maxCount) throw new Error(`tag ${tag} has ${wanted} values`);
  const valueBytes = VALUE_BYTES.get(entry.type)!;
  const bytes = view(await read(entry.offset + first * valueBytes, wanted * valueBytes));
  if (bytes.byteLength < wanted * valueBytes) throw new Error(CUT_OFF);
  return Array.from({ length: wanted }, (_, index) => {
    const at = index * valueBytes;
    if (entry.type === 1) return bytes.getUint8(at);
    if (entry.type === 3) return bytes.getUint16(at, littleEndian);
    if (entry.type === 4) return bytes.getUint32(at, littleEndian);
    if (entry.type === 12) return bytes.getFloat64(at, littleEndian);
    if (entry.type === 16) return uint64(bytes, at, littleEndian);
    throw new Error(`tag ${tag} has the type ${entry.type}`);
  });
}

/**
 * Reads a text tag without its closing zeros; `undefined` when the directory has no such tag.
 *
 * @throws {Error} when it is not a text, is longer than `maxBytes`, or the file is cut off
 */
export async function readText(
  read: ReadBytes,
  { entries }: TiffDirectory,
  tag: number,
  maxBytes: number,
): Promise<string | undefined> {
  const entry = entries.get(tag);
  if (entry === undefined) return undefined;
  if (entry.type !== 2) throw new Error(`tag ${tag} is not a text`);
  if (entry.sizeBytes > maxBytes) throw new Error(`tag ${tag} is longer than ${maxBytes} bytes`);
  const bytes = await read(entry.offset, entry.sizeBytes);
  if (bytes.length < entry.sizeBytes) throw new Error(CUT_OFF);
  return Buffer.from(bytes).toString("latin1").replaceAll("\0", "");
}

const CUT_OFF = "it is cut off";

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function uint32(bytes: DataView, at: number, littleEndian: boolean): number {
  return bytes.getUint32(at, littleEndian);
}

function uint64(bytes: DataView, at: number, littleEndian: boolean): number {
  const value = bytes.getBigUint64(at, littleEndian);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error(`the number ${value} is too large`);
  return Number(value);
}
