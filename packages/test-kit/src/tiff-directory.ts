/** A value of the image file directory: its tag and its little-endian bytes. */
export interface TiffField {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly bytes: Uint8Array;
}

const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;

export function shortField(tag: number, values: readonly number[]): TiffField {
  return { tag, type: 3, count: values.length, bytes: packed(values, 2, "setUint16") };
}

export function longField(tag: number, values: readonly number[]): TiffField {
  return { tag, type: 4, count: values.length, bytes: packed(values, 4, "setUint32") };
}

export function doubleField(tag: number, values: readonly number[]): TiffField {
  return { tag, type: 12, count: values.length, bytes: packed(values, 8, "setFloat64") };
}

export function asciiField(tag: number, text: string): TiffField {
  const bytes = new TextEncoder().encode(`${text}\0`);
  return { tag, type: 2, count: bytes.length, bytes };
}

function packed(
  values: readonly number[],
  bytesEach: number,
  setter: "setUint16" | "setUint32" | "setFloat64",
): Uint8Array {
  const bytes = new Uint8Array(values.length * bytesEach);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view[setter](index * bytesEach, value, true);
  return bytes;
}

/** Bytes that a header and these fields take: where the image data may begin. */
export function tiffDirectorySize(fields: readonly TiffField[]): number {
  const outOfLine = fields.reduce(
    (total, { bytes }) => total + (bytes.length > 4 ? evenLength(bytes) : 0),
    0,
  );
  return HEADER_BYTES + 2 + fields.length * ENTRY_BYTES + 4 + outOfLine;
}

/** The little-endian TIFF header and its only directory. Fields must be in ascending tag order. */
export function writeTiffDirectory(fields: readonly TiffField[]): Uint8Array {
  const output = new Uint8Array(tiffDirectorySize(fields));
  const view = new DataView(output.buffer);
  output.set([0x49, 0x49, 42, 0, HEADER_BYTES]);
  view.setUint16(HEADER_BYTES, fields.length, true);
  let entry = HEADER_BYTES + 2;
  let outOfLine = entry + fields.length * ENTRY_BYTES + 4;
  for (const field of fields) {
    view.setUint16(entry, field.tag, true);
    view.setUint16(entry + 2, field.type, true);
    view.setUint32(entry + 4, field.count, true);
    if (field.bytes.length > 4) {
      view.setUint32(entry + 8, outOfLine, true);
      output.set(field.bytes, outOfLine);
      outOfLine += evenLength(field.bytes);
    } else {
      output.set(field.bytes, entry + 8);
    }
    entry += ENTRY_BYTES;
  }
  return output;
}

/** Values must begin on a word boundary. */
function evenLength(bytes: Uint8Array): number {
  return bytes.length + (bytes.length % 2);
}
