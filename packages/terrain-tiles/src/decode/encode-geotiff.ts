import type { TileId } from "../tile-id.ts";
import { pixelSizeM, TILE_SIZE_PX, WORLD_SIZE_M } from "../web-mercator.ts";
import type { TileGrid } from "./decode-geotiff.ts";

const SHORT = 3;
const LONG = 4;
const DOUBLE = 12;
const VALUE_BYTES = { [SHORT]: 2, [LONG]: 4, [DOUBLE]: 8 };

type Field = readonly [tag: number, type: 3 | 4 | 12, values: readonly number[]];

/**
 * Writes heights as a GeoTIFF tile that {@link decodeGeotiff} reads back unchanged: Float32 in one
 * plain strip, voids as NaN. The same heights always give the same bytes.
 */
export function encodeGeotiff(grid: TileGrid, id: TileId): Uint8Array<ArrayBuffer> {
  const sizeM = pixelSizeM(id.z);
  const left = id.x * TILE_SIZE_PX * sizeM - WORLD_SIZE_M / 2;
  const top = WORLD_SIZE_M / 2 - id.y * TILE_SIZE_PX * sizeM;
  const pixelBytes = TILE_SIZE_PX * TILE_SIZE_PX * 4;
  const fields = (stripAt: number): Field[] => [
    [256, SHORT, [TILE_SIZE_PX]],
    [257, SHORT, [TILE_SIZE_PX]],
    [258, SHORT, [32]],
    [259, SHORT, [1]],
    [262, SHORT, [1]],
    [273, LONG, [stripAt]],
    [277, SHORT, [1]],
    [278, SHORT, [TILE_SIZE_PX]],
    [279, LONG, [pixelBytes]],
    [284, SHORT, [1]],
    [339, SHORT, [3]],
    [33_550, DOUBLE, [sizeM, sizeM, 0]],
    [33_922, DOUBLE, [0, 0, 0, left, top, 0]],
    // Projected, pixels are areas, EPSG:3857.
    [34_735, SHORT, [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 3857]],
  ];
  const head = layOut(fields(0)).length;
  const file = Buffer.alloc(head + pixelBytes);
  file.set(layOut(fields(head)));
  for (let pixel = 0, at = head; at < file.length; pixel += 1, at += 4) {
    file.writeFloatLE(grid[pixel]!, at);
  }
  return file;
}

/** Header, directory and the values that do not fit into it. */
function layOut(fields: readonly Field[]): Buffer {
  const start = 8;
  let tail = start + 2 + fields.length * 12 + 4;
  const longBytes = fields.map(([, type, values]) => VALUE_BYTES[type] * values.length);
  const total = longBytes.reduce((sum, bytes) => sum + (bytes > 4 ? bytes : 0), tail);
  const head = Buffer.alloc(total);
  head.write("II", 0, "latin1");
  head.writeUInt16LE(42, 2);
  head.writeUInt32LE(start, 4);
  head.writeUInt16LE(fields.length, start);
  for (const [index, [tag, type, values]] of fields.entries()) {
    const entry = start + 2 + index * 12;
    head.writeUInt16LE(tag, entry);
    head.writeUInt16LE(type, entry + 2);
    head.writeUInt32LE(values.length, entry + 4);
    let at = entry + 8;
    if (longBytes[index]! > 4) {
      head.writeUInt32LE(tail, at);
      at = tail;
      tail += longBytes[index]!;
    }
    for (const value of values) {
      if (type === SHORT) head.writeUInt16LE(value, at);
      else if (type === LONG) head.writeUInt32LE(value, at);
      else head.writeDoubleLE(value, at);
      at += VALUE_BYTES[type];
    }
  }
  return head;
}
