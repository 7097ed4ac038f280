import type { TiffField } from "./tiff-directory.ts";
import {
  asciiField,
  doubleField,
  longField,
  shortField,
  tiffDirectorySize,
  writeTiffDirectory,
} from "./tiff-directory.ts";
import { encodeTiffLzw } from "./tiff-lzw-encoder.ts";
import type { BoundingBox, TileId } from "./web-mercator-tiles.ts";
import {
  pixelCentreLat,
  pixelCentreLon,
  pixelSizeM,
  TILE_SIZE_PX,
  tileOriginM,
  tilesCovering,
} from "./web-mercator-tiles.ts";

const BLOCK_SIZE_PX = 256;
const NO_DATA = -32_768;

/** Height in metres at a position in degrees; NaN is a void. */
export type HeightAt = (lon: number, lat: number) => number;

export interface TerrainTile {
  readonly id: TileId;
  readonly bytes: Uint8Array;
}

/** How a valid GeoTIFF differs from the public tiles, for readers that must refuse it. */
export interface TerrainTileForm {
  /** Default 3857. Only the label changes. */
  readonly epsg?: number;
  /** Bands with the same heights, one after the other. Default 1. */
  readonly bands?: number;
  /** Side in pixels of the tile's north-west corner, a multiple of 256. Default 512. */
  readonly sizePx?: number;
}

/**
 * A real GeoTIFF in the profile of the public Terrain Tiles: 512 x 512 Int16 metres in EPSG:3857,
 * nodata -32768, 256 x 256 blocks, LZW with horizontal differencing. A pixel holds the rounded
 * height at its centre.
 */
export function writeTerrainTile(
  id: TileId,
  heightAt: HeightAt,
  form: TerrainTileForm = {},
): Uint8Array {
  const { epsg = 3857, bands = 1, sizePx = TILE_SIZE_PX } = form;
  const pixels = samplePixels(id, heightAt);
  const band: Uint8Array[] = [];
  for (let blockRow = 0; blockRow < sizePx / BLOCK_SIZE_PX; blockRow += 1) {
    for (let blockColumn = 0; blockColumn < sizePx / BLOCK_SIZE_PX; blockColumn += 1) {
      band.push(encodeTiffLzw(differencedBlock(pixels, blockColumn, blockRow)));
    }
  }
  const blocks = Array.from({ length: bands }, () => band).flat();
  const blockLengths = blocks.map((block) => block.length);
  const noOffsets = blocks.map(() => 0);
  const whole = { epsg, bands, sizePx };
  let offset = tiffDirectorySize(directoryFields(id, whole, noOffsets, blockLengths));
  const blockOffsets = blockLengths.map((length) => {
    const start = offset;
    offset += length;
    return start;
  });
  const file = new Uint8Array(offset);
  file.set(writeTiffDirectory(directoryFields(id, whole, blockOffsets, blockLengths)));
  for (const [index, block] of blocks.entries()) file.set(block, blockOffsets[index]);
  return file;
}

/** Every tile of the zoom level that touches the box. */
export function terrainTilesFor(
  bbox: BoundingBox,
  zoom: number,
  heightAt: HeightAt,
): TerrainTile[] {
  return tilesCovering(bbox, zoom).map((id) => ({ id, bytes: writeTerrainTile(id, heightAt) }));
}

function samplePixels(id: TileId, heightAt: HeightAt): Int16Array {
  const pixels = new Int16Array(TILE_SIZE_PX * TILE_SIZE_PX);
  for (let row = 0; row < TILE_SIZE_PX; row += 1) {
    const lat = pixelCentreLat(id, row);
    for (let column = 0; column < TILE_SIZE_PX; column += 1) {
      const heightM = Math.round(heightAt(pixelCentreLon(id, column), lat));
      if (heightM <= NO_DATA || heightM > 32_767) {
        throw new RangeError(`${heightM} m does not fit a 16-bit pixel`);
      }
      pixels[row * TILE_SIZE_PX + column] = Number.isNaN(heightM) ? NO_DATA : heightM;
    }
  }
  return pixels;
}

/** Predictor 2: every row of a block starts with a value and goes on with differences. */
function differencedBlock(pixels: Int16Array, blockColumn: number, blockRow: number): Uint8Array {
  const bytes = new Uint8Array(BLOCK_SIZE_PX * BLOCK_SIZE_PX * 2);
  const view = new DataView(bytes.buffer);
  for (let row = 0; row < BLOCK_SIZE_PX; row += 1) {
    const rowStart = (blockRow * BLOCK_SIZE_PX + row) * TILE_SIZE_PX + blockColumn * BLOCK_SIZE_PX;
    let previous = 0;
    for (let column = 0; column < BLOCK_SIZE_PX; column += 1) {
      const value = pixels[rowStart + column]!;
      view.setInt16((row * BLOCK_SIZE_PX + column) * 2, value - previous, true);
      previous = value;
    }
  }
  return bytes;
}

function directoryFields(
  id: TileId,
  { epsg, bands, sizePx }: Required<TerrainTileForm>,
  blockOffsets: readonly number[],
  blockLengths: readonly number[],
): TiffField[] {
  const sizeM = pixelSizeM(id.z);
  const [eastM, northM] = tileOriginM(id);
  const citation = "WGS 84 / Pseudo-Mercator|";
  const datum = "WGS 84|";
  return [
    shortField(256, [sizePx]), // ImageWidth
    shortField(257, [sizePx]), // ImageLength
    shortField(258, perBand(bands, 16)), // BitsPerSample
    shortField(259, [5]), // Compression: LZW
    shortField(262, [1]), // PhotometricInterpretation: black is zero
    shortField(277, [bands]), // SamplesPerPixel
    shortField(284, [bands === 1 ? 1 : 2]), // PlanarConfiguration: bands apart
    shortField(317, [2]), // Predictor
    shortField(322, [BLOCK_SIZE_PX]), // TileWidth
    shortField(323, [BLOCK_SIZE_PX]), // TileLength
    longField(324, blockOffsets),
    longField(325, blockLengths),
    shortField(339, perBand(bands, 2)), // SampleFormat: signed
    doubleField(33_550, [sizeM, sizeM, 0]), // ModelPixelScale
    doubleField(33_922, [0, 0, 0, eastM, northM, 0]), // ModelTiepoint
    shortField(34_735, geoKeys(epsg, citation.length, datum.length)), // GeoKeyDirectory
    asciiField(34_737, citation + datum), // GeoAsciiParams
    asciiField(42_113, String(NO_DATA)), // GDAL_NODATA
  ];
}

function perBand(bands: number, value: number): number[] {
  return Array.from({ length: bands }, () => value);
}

/** Rows of key, location, count, value; the first row is version 1.1.0 and the number of keys. */
function geoKeys(epsg: number, citationLength: number, datumLength: number): number[] {
  return [
    [1, 1, 0, 7],
    [1024, 0, 1, 1], // GTModelType: projected
    [1025, 0, 1, 1], // GTRasterType: pixel is area
    [1026, 34_737, citationLength, 0], // GTCitation
    [2049, 34_737, datumLength, citationLength], // GeogCitation
    [2054, 0, 1, 9102], // GeogAngularUnits: degree
    [3072, 0, 1, epsg], // ProjectedCSType
    [3076, 0, 1, 9001], // ProjLinearUnits: metre
  ].flat();
}
