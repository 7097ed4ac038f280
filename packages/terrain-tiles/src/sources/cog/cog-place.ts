import { type ReadBytes, readNumbers, type TiffDirectory } from "../../decode/tiff-directory.ts";
import { isOnMap, WORLD_SIZE_M } from "../../web-mercator.ts";

/** Where a raster lies on the earth. */
export interface CogPlace {
  readonly epsg: 4326 | 3857;
  /** Coordinates of the centre of the north-west pixel: degrees or metres. */
  readonly firstX: number;
  readonly firstY: number;
  /** Size of a pixel in the same unit; rows go south. */
  readonly stepX: number;
  readonly stepY: number;
  /** Once around the earth, in pixels. */
  readonly turnPx: number;
  /** Whether the raster goes around the earth, so that its first column is next to its last. */
  readonly wraps: boolean;
}

const METRES_PER_DEGREE = WORLD_SIZE_M / 360;
const PIXEL_IS_POINT = 2;

/**
 * Reads coordinate system and grid: EPSG:4326 or EPSG:3857, north up. The stated corner is that of
 * the first pixel, or its centre when pixels are points.
 *
 * @throws {Error} when it is another system or the grid is not usable
 */
export async function readPlace(
  read: ReadBytes,
  directory: TiffDirectory,
  width: number,
): Promise<CogPlace> {
  const keys = (await readNumbers(read, directory, 34_735)) ?? [];
  const key = (id: number): number | undefined => {
    for (let at = 4; at + 3 < keys.length; at += 4) {
      if (keys[at] === id && keys[at + 1] === 0) return keys[at + 3];
    }
    return undefined;
  };
  const crs = key(1024) === 2 ? key(2048) : key(3072);
  if (crs !== 4326 && crs !== 3857) {
    throw new Error(
      `its coordinate system is ${crs ?? "not stated"}, neither EPSG:4326 nor EPSG:3857`,
    );
  }
  const { x, y, stepX, stepY } = await readGrid(read, directory);
  const turnPx = (crs === 4326 ? 360 : WORLD_SIZE_M) / stepX;
  // Written so that NaN fails.
  if (!(stepX > 0 && stepY > 0 && Number.isFinite(x + y + turnPx))) {
    throw new Error("its grid is not one with north up");
  }
  const centre = key(1025) === PIXEL_IS_POINT ? 0 : 0.5;
  return {
    epsg: crs,
    firstX: x + centre * stepX,
    firstY: y - centre * stepY,
    stepX,
    stepY,
    turnPx,
    wraps: Math.abs(width - turnPx) < 0.01,
  };
}

interface Grid {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

async function readGrid(read: ReadBytes, directory: TiffDirectory): Promise<Grid> {
  const scale = await readNumbers(read, directory, 33_550);
  const tie = await readNumbers(read, directory, 33_922);
  if (scale !== undefined && scale.length >= 2 && tie?.length === 6) {
    const [column, row, , x, y] = tie;
    const [stepX, stepY] = scale;
    return { x: x! - column! * stepX!, y: y! + row! * stepY!, stepX: stepX!, stepY: stepY! };
  }
  const matrix = await readNumbers(read, directory, 34_264);
  if (matrix?.length === 16 && matrix[1] === 0 && matrix[4] === 0) {
    return { x: matrix[3]!, y: matrix[7]!, stepX: matrix[0]!, stepY: -matrix[5]! };
  }
  throw new Error("it does not say where its pixels lie");
}

/** Column of a longitude in pixels from the centre of the first column. */
export function columnOf(lon: number, { epsg, firstX, stepX }: CogPlace): number {
  return ((epsg === 4326 ? lon : lon * METRES_PER_DEGREE) - firstX) / stepX;
}

/** Row of a latitude in pixels from the centre of the first row. */
export function rowOf(lat: number, { epsg, firstY, stepY }: CogPlace): number {
  if (epsg === 4326) return (firstY - lat) / stepY;
  const northM = (WORLD_SIZE_M / (2 * Math.PI)) * Math.atanh(Math.sin((lat * Math.PI) / 180));
  return (firstY - northM) / stepY;
}

/** Tells whether a point in degrees has coordinates in the system of the raster. */
export function hasPlace(lon: number, lat: number, { epsg }: CogPlace): boolean {
  return epsg === 3857 ? isOnMap(lon, lat) : Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

/** Ground size of a pixel in metres at the equator. */
export function resolutionM({ epsg, stepX }: CogPlace): number {
  return epsg === 4326 ? stepX * METRES_PER_DEGREE : stepX;
}
