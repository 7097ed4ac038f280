import { type ControlledTerrain, type ControlPoint, mulberry32 } from "@gradeway/quality-gates";
import { generateSampleRegion } from "@gradeway/sample-region";
import {
  createElevationSampler,
  createMemoryTileSource,
  type ElevationSampler,
  formatTileId,
} from "@gradeway/terrain-tiles";

const POINTS = 4_000;
/** Edge of the square, in degrees, in which the hole is looked for once it is found. */
const HOLE_DEGREES = 0.004;
const HOLE_POINTS = 200;
/** Points so near the edge of the hole that a pixel decides are left out. */
const EDGE_DEGREES = 0.0012;
/** Heights are whole metres in the tiles, and straight between the middles of pixels. */
const TOLERANCE_M = 1;

/** Something between the sampler and who asks it. */
export type WrapSampler = (
  sampler: Pick<ElevationSampler, "sample">,
) => Pick<ElevationSampler, "sample">;

/**
 * The invented county: its tiles through the product's decoder and sampler, against the function that
 * they were written from. It has a hole.
 */
export async function sampleTerrain(
  seed: number,
  wrap: WrapSampler = (sampler) => sampler,
): Promise<ControlledTerrain> {
  const { tiles, heightAtM } = generateSampleRegion();
  const source = createMemoryTileSource(
    new Map(tiles.map(({ id, bytes }) => [formatTileId(id), bytes])),
  );
  const random = mulberry32(seed);
  const [west, south, east, north] = BOX;
  const inBox = (): ControlPoint => {
    const lon = west + random() * (east - west);
    const lat = south + random() * (north - south);
    return pointAt(heightAtM, lon, lat);
  };
  const heights = Array.from({ length: POINTS }, inBox).filter(({ heightM }) => heightM !== null);
  const hole = findHole(heightAtM);
  const voids: ControlPoint[] = [];
  for (let attempt = 0; voids.length < HOLE_POINTS && attempt < 100 * HOLE_POINTS; attempt++) {
    const lon = hole[0] + (random() - 0.5) * HOLE_DEGREES;
    const lat = hole[1] + (random() - 0.5) * HOLE_DEGREES;
    if (isDeepInHole(heightAtM, lon, lat)) voids.push({ lon, lat, heightM: null });
  }
  return {
    sampler: wrap(createElevationSampler(source)),
    points: [...heights, ...voids],
    toleranceM: TOLERANCE_M,
  };
}

/** Inside the tiles of the county, its hole included. */
const BOX = [6.51, 46.902, 7.09, 47.2] as const;
const SCAN_DEGREES = 0.0015;

type HeightAt = (lon: number, lat: number) => number;

function pointAt(heightAtM: HeightAt, lon: number, lat: number): ControlPoint {
  const heightM = heightAtM(lon, lat);
  return { lon, lat, heightM: Number.isNaN(heightM) ? null : heightM };
}

/** A place without a height, by a scan of the county. */
function findHole(heightAtM: HeightAt): readonly [number, number] {
  const [west, south, east, north] = BOX;
  for (let lat = north; lat > south; lat -= SCAN_DEGREES) {
    for (let lon = west; lon < east; lon += SCAN_DEGREES) {
      if (Number.isNaN(heightAtM(lon, lat))) return [lon, lat];
    }
  }
  throw new RangeError("the sample terrain has no hole");
}

function isDeepInHole(heightAtM: HeightAt, lon: number, lat: number): boolean {
  return [-EDGE_DEGREES, 0, EDGE_DEGREES].every((east) =>
    [-EDGE_DEGREES, 0, EDGE_DEGREES].every((north) =>
      Number.isNaN(heightAtM(lon + east, lat + north)),
    ),
  );
}
