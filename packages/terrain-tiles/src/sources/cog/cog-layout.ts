import type { WholeBlockForm } from "../../decode/raster-block.ts";
import {
  type ReadBytes,
  readNumbers,
  readText,
  readTiffDirectory,
  type TiffDirectory,
} from "../../decode/tiff-directory.ts";
import { parseNodata } from "../../decode/tile-layout.ts";
import { type CogPlace, readPlace } from "./cog-place.ts";

/** What the header of a Cloud-Optimised GeoTIFF says. */
export interface CogLayout extends WholeBlockForm {
  readonly directory: TiffDirectory;
  /** Size of the raster in pixels. */
  readonly width: number;
  readonly height: number;
  readonly blocksAcross: number;
  readonly place: CogPlace;
}

/** Longest side of a block; it bounds the memory of one. */
const MAX_BLOCK_PX = 2048;
const MAX_BLOCKS = 16_777_216;
const MAX_TEXT_BYTES = 65_536;

/**
 * Reads the header of a raster of heights at full resolution; overviews are not used.
 *
 * @throws {Error} when it is not a tiled raster of the expected form; the message says why
 */
export async function readCogLayout(read: ReadBytes): Promise<CogLayout> {
  const directory = await readTiffDirectory(read);
  const number = async (tag: number, otherwise?: number): Promise<number> => {
    const value = (await readNumbers(read, directory, tag))?.[0] ?? otherwise;
    if (value === undefined) throw new Error(`it has no tag ${tag}`);
    return value;
  };
  const width = await number(256);
  const height = await number(257);
  const bands = await number(277, 1);
  if (bands !== 1) throw new Error(`it has ${bands} bands instead of one`);
  if (!directory.entries.has(322)) throw new Error("it is not stored in blocks");
  const blockWidth = await number(322);
  const blockHeight = await number(323);
  for (const side of [blockWidth, blockHeight]) {
    if (side < 16 || side > MAX_BLOCK_PX || side % 16 !== 0) {
      throw new Error(`blocks of ${blockWidth} x ${blockHeight} pixels are not supported`);
    }
  }
  const blocksAcross = Math.ceil(width / blockWidth);
  const blocks = blocksAcross * Math.ceil(height / blockHeight);
  if (!(blocks >= 1 && blocks <= MAX_BLOCKS)) {
    throw new Error(`${width} x ${height} pixels are not supported`);
  }
  for (const tag of [324, 325]) {
    if (directory.entries.get(tag)?.count !== blocks) {
      throw new Error(`its table does not list ${blocks} blocks`);
    }
  }
  const kind = sampleKind(await number(339, 1), await number(258, 1));
  const predictor = await number(317, 1);
  if (predictor !== 1 && predictor !== (kind === "int16" ? 2 : 3)) {
    throw new Error(`predictor ${predictor} is not supported for ${kind}`);
  }
  const { littleEndian } = directory;
  if (predictor === 2 && !littleEndian) {
    throw new Error("predictor 2 in big-endian order is not supported");
  }
  await assertNoScale(read, directory);
  return {
    directory,
    width,
    height,
    blockWidth,
    blockHeight,
    blocksAcross,
    kind,
    littleEndian,
    predictor,
    compression: await number(259, 1),
    nodata: parseNodata(await readText(read, directory, 42_113, 64), kind),
    place: await readPlace(read, directory, width),
  };
}

function sampleKind(format: number, bits: number): WholeBlockForm["kind"] {
  if (format === 2 && bits === 16) return "int16";
  if (format === 3 && bits === 32) return "float32";
  throw new Error(`sample format ${format} with ${bits} bits is not supported`);
}

/** Stored numbers that are not metres would give wrong heights without any other sign. */
async function assertNoScale(read: ReadBytes, directory: TiffDirectory): Promise<void> {
  const metadata = (await readText(read, directory, 42_112, MAX_TEXT_BYTES)) ?? "";
  for (const [, role, value] of metadata.matchAll(/role="(scale|offset)"[^>]*>([^<]*)</g)) {
    if (Number(value) !== (role === "scale" ? 1 : 0)) {
      throw new Error(`its heights have the ${role} ${value}, which is not supported`);
    }
  }
}
