import { deflateSync } from "node:zlib";

import type { TileId } from "../src/tile-id.ts";
import { pixelSizeM, TILE_SIZE_PX, WORLD_SIZE_M } from "../src/web-mercator.ts";
import { encodeLzw } from "./encode-lzw.ts";

export interface TileForm {
  readonly kind?: "int16" | "float32" | "uint16";
  readonly bigEndian?: boolean;
  readonly compression?: "none" | "lzw" | "deflate" | "packbits";
  readonly predictor?: 1 | 2;
  /** Side of square blocks, or rows per strip. */
  readonly blockPx?: number;
  readonly stripes?: boolean;
  readonly nodata?: string | undefined;
  readonly sizePx?: number;
  readonly epsg?: number;
  readonly pixelIsPoint?: boolean;
  readonly bands?: number;
  /** Blocks that are left out, as sparse files do. */
  readonly sparseBlocks?: readonly number[];
}

/** Height in metres of the pixel in a column and row of the tile. */
export type HeightAt = (column: number, row: number) => number;

/** Writes a GeoTIFF tile byte by byte, so that the tests do not trust the library they test. */
export function writeTile(id: TileId, heightAt: HeightAt, form: TileForm = {}): Uint8Array {
  const { kind = "int16", bigEndian = false, stripes = false, predictor = 1 } = form;
  const { compression = "none", sizePx = TILE_SIZE_PX, blockPx = 256, bands = 1 } = form;
  const nodata = "nodata" in form ? form.nodata : "-32768";
  const width = kind === "float32" ? 4 : 2;
  const blockWidth = stripes ? sizePx : blockPx;
  const blocks: Buffer[] = [];
  for (let top = 0; top < sizePx; top += blockPx) {
    for (let left = 0; left < sizePx; left += blockWidth) {
      if (form.sparseBlocks?.includes(blocks.length)) {
        blocks.push(Buffer.alloc(0));
        continue;
      }
      const rows = stripes ? Math.min(blockPx, sizePx - top) : blockPx;
      const plain = Buffer.alloc(blockWidth * rows * width);
      const view = new DataView(plain.buffer, plain.byteOffset, plain.length);
      for (let row = 0; row < rows; row += 1) {
        let previous = 0;
        for (let column = 0; column < blockWidth; column += 1) {
          const inside = left + column < sizePx && top + row < sizePx;
          const height = inside ? heightAt(left + column, top + row) : 0;
          const at = (row * blockWidth + column) * width;
          if (kind === "float32") view.setFloat32(at, height, !bigEndian);
          else view.setUint16(at, predictor === 2 ? height - previous : height, !bigEndian);
          previous = height;
        }
      }
      blocks.push(compress(plain, compression));
    }
  }
  const sizeM = pixelSizeM(id.z);
  const corner = [
    id.x * TILE_SIZE_PX * sizeM - WORLD_SIZE_M / 2,
    WORLD_SIZE_M / 2 - id.y * TILE_SIZE_PX * sizeM,
  ];
  const geoKeys = [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, form.pixelIsPoint ? 2 : 1];
  geoKeys.push(3072, 0, 1, form.epsg ?? 3857);
  const byteCounts = blocks.map((block) => block.length);
  const entries: Entry[] = [
    [256, 3, [sizePx]],
    [257, 3, [sizePx]],
    [258, 3, Array.from({ length: bands }, () => width * 8)],
    [259, 3, [{ none: 1, lzw: 5, deflate: 8, packbits: 32_773 }[compression]]],
    [262, 3, [1]],
    [277, 3, [bands]],
    [284, 3, [1]],
    [317, 3, [predictor]],
    [339, 3, Array.from({ length: bands }, () => ({ uint16: 1, int16: 2, float32: 3 })[kind])],
    [33_550, 12, [sizeM, sizeM, 0]],
    [33_922, 12, [0, 0, 0, ...corner, 0]],
    [34_735, 3, geoKeys],
    ...(nodata === undefined ? [] : [[42_113, 2, [...Buffer.from(`${nodata}\0`)]] satisfies Entry]),
    ...(stripes
      ? ([
          [273, 4, byteCounts],
          [278, 3, [blockPx]],
          [279, 4, byteCounts],
        ] satisfies Entry[])
      : ([
          [322, 3, [blockPx]],
          [323, 3, [blockPx]],
          [324, 4, byteCounts],
          [325, 4, byteCounts],
        ] satisfies Entry[])),
  ];
  return assemble(entries, blocks, bigEndian);
}

type Entry = [tag: number, type: 2 | 3 | 4 | 12, values: number[]];

/** Lays out header, directory, long values and blocks; block offsets are filled in on the way. */
function assemble(entries: Entry[], blocks: readonly Buffer[], bigEndian: boolean): Uint8Array {
  entries.sort((a, b) => a[0] - b[0]);
  const sizeOf = { 2: 1, 3: 2, 4: 4, 12: 8 };
  let tail = 8 + 2 + entries.length * 12 + 4;
  const places = entries.map(([, type, values]) => {
    const bytes = sizeOf[type] * values.length;
    if (bytes <= 4) return -1;
    const place = tail;
    tail += bytes + (bytes & 1);
    return place;
  });
  const blockOffsets = blocks.map((block) => {
    const offset = tail;
    tail += block.length;
    return offset;
  });
  const file = Buffer.alloc(tail);
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const little = !bigEndian;
  file.write(bigEndian ? "MM" : "II", 0, "latin1");
  view.setUint16(2, 42, little);
  view.setUint32(4, 8, little);
  view.setUint16(8, entries.length, little);
  for (const [index, [tag, type, values]] of entries.entries()) {
    const entryAt = 10 + index * 12;
    view.setUint16(entryAt, tag, little);
    view.setUint16(entryAt + 2, type, little);
    view.setUint32(entryAt + 4, values.length, little);
    const place = places[index]!;
    if (place >= 0) view.setUint32(entryAt + 8, place, little);
    let at = place >= 0 ? place : entryAt + 8;
    for (const value of tag === 273 || tag === 324 ? blockOffsets : values) {
      if (type === 2) view.setUint8(at, value);
      else if (type === 3) view.setUint16(at, value, little);
      else if (type === 4) view.setUint32(at, value, little);
      else view.setFloat64(at, value, little);
      at += sizeOf[type];
    }
  }
  for (const [index, block] of blocks.entries()) block.copy(file, blockOffsets[index]);
  return file;
}

function compress(plain: Buffer, compression: NonNullable<TileForm["compression"]>): Buffer {
  if (compression === "lzw") return Buffer.from(encodeLzw(plain));
  if (compression === "deflate") return deflateSync(plain);
  return plain;
}
