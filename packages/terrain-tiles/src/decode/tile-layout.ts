import type { GeoTIFFImage } from "geotiff";

import type { TileId } from "../tile-id.ts";
import { pixelSizeM, TILE_SIZE_PX, WORLD_SIZE_M } from "../web-mercator.ts";
import type { BlockForm } from "./raster-block.ts";

/** How the heights of a tile are stored in its file. */
export interface TileLayout extends BlockForm {
  /** Height of one block in pixels; the last of a file in stripes may have fewer. */
  readonly blockHeight: number;
}

/** Largest distance, in pixels, of the stated corner of a tile from its place on the map. */
const CORNER_TOLERANCE_PX = 0.01;

/**
 * Checks that an image is an elevation tile of the expected form and reads how it is stored.
 *
 * @throws {Error} when it is not; the message says what is wrong
 */
export async function readTileLayout(image: GeoTIFFImage, id: TileId): Promise<TileLayout> {
  const width = image.getWidth();
  const height = image.getHeight();
  if (width !== TILE_SIZE_PX || height !== TILE_SIZE_PX) {
    fail(`it has ${width} x ${height} pixels instead of ${TILE_SIZE_PX} x ${TILE_SIZE_PX}`);
  }
  const bands = image.getSamplesPerPixel();
  if (bands !== 1) fail(`it has ${bands} bands instead of one`);
  checkPlace(image, id);

  const kind = sampleKind(image);
  const directory = image.fileDirectory;
  const predictor = (await directory.loadValue("Predictor")) ?? 1;
  if (predictor !== 1 && predictor !== (kind === "int16" ? 2 : 3)) {
    fail(`predictor ${predictor} is not supported for ${kind}`);
  }
  if (predictor === 2 && !image.littleEndian)
    fail("predictor 2 in big-endian order is not supported");
  const blockWidth = image.getTileWidth();
  const blockHeight = image.getTileHeight();
  const stripes = !image.isTiled && blockWidth === TILE_SIZE_PX;
  if (!stripes && !isTileSide(blockWidth))
    fail(`blocks ${blockWidth} pixels wide are not supported`);
  if (!stripes && !isTileSide(blockHeight)) {
    fail(`blocks ${blockHeight} pixels high are not supported`);
  }
  return {
    kind,
    littleEndian: image.littleEndian,
    blockWidth,
    blockHeight,
    predictor,
    compression: directory.getValue("Compression") ?? 1,
    nodata: await readNodata(image, kind),
  };
}

function sampleKind(image: GeoTIFFImage): "int16" | "float32" {
  const format = image.getSampleFormat();
  const bits = image.getBitsPerSample();
  if (format === 2 && bits === 16) return "int16";
  if (format === 3 && bits === 32) return "float32";
  return fail(`sample format ${format} with ${bits} bits is not supported`);
}

/** A tile in the wrong place would give wrong heights without any other sign. */
function checkPlace(image: GeoTIFFImage, id: TileId): void {
  const keys = image.getGeoKeys();
  const crs: unknown = keys?.ProjectedCSTypeGeoKey;
  if (crs !== 3857) {
    fail(`its coordinate system is ${typeof crs === "number" ? crs : "not stated"}, not EPSG:3857`);
  }
  if (keys?.GTRasterTypeGeoKey === 2) fail("its pixels are points, not areas");
  const sizeM = pixelSizeM(id.z);
  const [left, top] = image.getOrigin();
  const [stepX, stepY] = image.getResolution();
  const expectedLeft = id.x * TILE_SIZE_PX * sizeM - WORLD_SIZE_M / 2;
  const expectedTop = WORLD_SIZE_M / 2 - id.y * TILE_SIZE_PX * sizeM;
  const offPx = Math.max(
    Math.abs(left! - expectedLeft) / sizeM,
    Math.abs(top! - expectedTop) / sizeM,
    (Math.abs(stepX! - sizeM) / sizeM) * TILE_SIZE_PX,
    (Math.abs(stepY! + sizeM) / sizeM) * TILE_SIZE_PX,
  );
  // Written so that NaN fails.
  if (!(offPx <= CORNER_TOLERANCE_PX)) fail("its corner or pixel size is not that of its tile id");
}

async function readNodata(image: GeoTIFFImage, kind: "int16" | "float32"): Promise<number> {
  const text: unknown = await image.fileDirectory.loadValue("GDAL_NODATA");
  if (text !== undefined && typeof text !== "string") return fail("its nodata value is not a text");
  return parseNodata(text, kind);
}

/**
 * Reads the value that marks voids from its text in a file; -32768 for an Int16 file without one.
 *
 * @throws {Error} when the text is not a number
 */
export function parseNodata(text: string | undefined, kind: BlockForm["kind"]): number {
  if (text === undefined) return kind === "int16" ? -32_768 : Number.NaN;
  const trimmed = text.replaceAll("\0", "").trim();
  if (trimmed.toLowerCase() === "nan") return Number.NaN;
  const value = trimmed === "" ? Number.NaN : Number(trimmed);
  if (!Number.isFinite(value)) fail(`its nodata value "${trimmed}" is not a number`);
  // Heights are compared as they are stored, so that for example -3.4e38 is met exactly.
  return kind === "float32" ? Math.fround(value) : value;
}

/** Block sides of tiled files are multiples of 16; the upper limit bounds the memory of a block. */
function isTileSide(sidePx: number): boolean {
  return sidePx >= 16 && sidePx <= TILE_SIZE_PX && sidePx % 16 === 0;
}

function fail(problem: string): never {
  throw new Error(problem);
}
