import { crc32, deflateSync, inflateSync } from "node:zlib";

import { decode } from "fast-png";

/** Pixels of a PNG image, row by row from the north-west corner. */
export interface PngPixels {
  /** Bytes per pixel: 3 for red, green and blue, 4 with alpha. */
  readonly channels: 3 | 4;
  readonly data: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_BYTES = 13;
const TRUE_COLOUR = 2;
const TRUE_COLOUR_ALPHA = 6;

/** Tells whether bytes begin like a PNG file. */
export function hasPngSignature(bytes: Uint8Array): boolean {
  return SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length));
}

/**
 * Decodes a square PNG image of a known size with 8 bits per colour and without interlacing. The
 * memory that is used depends on that size and on the length of the file only.
 *
 * Fast-png undoes the row filters. It inflates whatever a file holds, also in chunks that do not
 * matter here, so it is given a file of its own: the header and the pixels, expanded within their
 * exact size by zlib and stored without compression, and nothing else.
 *
 * @throws {Error} when the image is damaged, cut off or of another form
 */
export function decodePng(bytes: Uint8Array, sizePx: number): PngPixels {
  if (!hasPngSignature(bytes)) throw new Error("it is not a PNG file");
  const { header, packed } = readChunks(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  if (width !== sizePx || height !== sizePx) {
    throw new Error(`it has ${width} x ${height} pixels instead of ${sizePx} x ${sizePx}`);
  }
  const [depth, colour, , , interlaced] = header.subarray(8);
  if (depth !== 8) throw new Error(`${depth} bits per colour are not supported`);
  if (colour !== TRUE_COLOUR && colour !== TRUE_COLOUR_ALPHA) {
    throw new Error(`colour type ${colour} is not supported`);
  }
  if (interlaced !== 0) throw new Error("interlacing is not supported");
  const channels = colour === TRUE_COLOUR ? 3 : 4;
  const expandedBytes = sizePx * (1 + sizePx * channels);
  const expanded = inflateSync(packed, { maxOutputLength: expandedBytes });
  if (expanded.length !== expandedBytes) throw new Error("its pixels end early");
  const { data } = decode(
    Buffer.concat([
      SIGNATURE,
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(expanded, { level: 0 })),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
  if (!(data instanceof Uint8Array)) throw new Error("its colours do not have 8 bits");
  return { channels, data };
}

/** Collects header and compressed pixels; every chunk on the way must be whole. */
function readChunks(file: Buffer): { readonly header: Buffer; readonly packed: Buffer } {
  let header: Buffer | undefined;
  const packed: Buffer[] = [];
  for (let at = SIGNATURE.length; ;) {
    if (at + 12 > file.length) throw new Error("it is cut off");
    const length = file.readUInt32BE(at);
    const end = at + 8 + length;
    if (end + 4 > file.length) throw new Error("it is cut off");
    const type = file.toString("latin1", at + 4, at + 8);
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) {
      throw new Error(`its chunk ${type} is damaged`);
    }
    const content = file.subarray(at + 8, end);
    if ((type === "IHDR") !== (header === undefined)) throw new Error("its header is out of place");
    if (type === "IHDR") {
      if (length !== HEADER_BYTES) throw new Error("its header has another length");
      header = content;
    } else if (type === "IDAT") {
      packed.push(content);
    } else if (type === "IEND") {
      return { header: header!, packed: Buffer.concat(packed) };
    }
    at = end + 4;
  }
}

function chunk(type: string, content: Uint8Array): Buffer {
  const framed = Buffer.alloc(content.length + 12);
  framed.writeUInt32BE(content.length, 0);
  framed.write(type, 4, "latin1");
  framed.set(content, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, 8 + content.length)), 8 + content.length);
  return framed;
}
