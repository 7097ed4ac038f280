import { crc32, deflateSync } from "node:zlib";

export interface PngForm {
  readonly width?: number;
  readonly height?: number;
  readonly depth?: number;
  readonly colour?: number;
  readonly interlaced?: number;
  readonly packed?: Uint8Array;
  readonly extraChunks?: readonly (readonly [type: string, content: Uint8Array])[];
}

/** Writes a PNG byte by byte from its pixels, so that the tests do not trust the library. */
export function writePng(
  sizePx: number,
  pixelAt: (column: number, row: number) => readonly number[],
  form: PngForm = {},
): Uint8Array {
  const rows: number[][] = [];
  let channels = 3;
  for (let row = 0; row < sizePx; row += 1) {
    const line: number[] = [];
    for (let column = 0; column < sizePx; column += 1) {
      const pixel = pixelAt(column, row);
      channels = pixel.length;
      line.push(...pixel);
    }
    rows.push(line);
  }
  const filtered = rows.map((line, row) =>
    Buffer.from([row % 5, ...filterRow(row % 5, line, rows[row - 1], channels)]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(form.width ?? sizePx, 0);
  header.writeUInt32BE(form.height ?? sizePx, 4);
  header.set([form.depth ?? 8, form.colour ?? (channels === 4 ? 6 : 2), 0, 0], 8);
  header[12] = form.interlaced ?? 0;
  const packed = form.packed ?? deflateSync(Buffer.concat(filtered));
  const half = Math.floor(packed.length / 2);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    ...(form.extraChunks ?? []).map(([type, content]) => chunk(type, content)),
    // Two chunks, as the format allows.
    chunk("IDAT", packed.subarray(0, half)),
    chunk("IDAT", packed.subarray(half)),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** Red, green and blue of a height in metres. */
export function terrariumPixel(heightM: number): [number, number, number] {
  const value = Math.round((heightM + 32_768) * 256);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Filter types of the PNG specification: none, sub, up, average, Paeth. */
function filterRow(
  filter: number,
  line: readonly number[],
  above: readonly number[] | undefined,
  channels: number,
): number[] {
  return line.map((value, at) => {
    const left = line[at - channels] ?? 0;
    const up = above?.[at] ?? 0;
    const upLeft = (at >= channels ? above?.[at - channels] : 0) ?? 0;
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter]!;
    return (value - guess) & 255;
  });
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const [a, b, c] = [left, up, upLeft].map((value) => Math.abs(guess - value));
  if (a! <= b! && a! <= c!) return left;
  return b! <= c! ? up : upLeft;
}

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
