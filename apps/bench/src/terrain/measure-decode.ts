import path from "node:path";

import { decodeGeotiff, formatTileId } from "@gradeway/terrain-tiles";

import { type Distribution, distributionOf } from "../distribution.ts";
import { cpuMs } from "../cpu-time.ts";
import { measureGdalDecode } from "./gdal-decode.ts";
import type { TileWorld } from "./tile-world.ts";

/** Decoding of the same tiles by us and by GDAL, on one thread each. */
export interface DecodeMeasurement {
  /** Processor time in milliseconds per tile, over rounds through all tiles. */
  readonly oursMs: Distribution;
  readonly gdalMs: Distribution | undefined;
  readonly gdalVersion: string | undefined;
  /** Median over median; undefined where GDAL is not installed. */
  readonly ratio: number | undefined;
}

/** Rounds through all tiles, half of them before GDAL's and half after. */
const ROUNDS = 10;
/** Rounds until the code is compiled. */
const WARM_UP_ROUNDS = 5;

/** Measures decoding from memory to 32-bit floats. */
export async function measureDecode(world: TileWorld): Promise<DecodeMeasurement> {
  const round = async (): Promise<number> => {
    const beganMs = cpuMs();
    for (const { id, bytes } of world.tiles) await decodeGeotiff(bytes, id);
    return (cpuMs() - beganMs) / world.tiles.length;
  };
  const rounds = async (count: number): Promise<number[]> => {
    const took: number[] = [];
    for (let number = 0; number < count; number += 1) took.push(await round());
    return took;
  };
  await rounds(WARM_UP_ROUNDS);
  const before = await rounds(ROUNDS / 2);
  const files = world.tiles.map(({ id }) => path.join(world.directory, `${formatTileId(id)}.tif`));
  const gdal = await measureGdalDecode(files, ROUNDS);
  const oursMs = distributionOf([...before, ...(await rounds(ROUNDS / 2))]);
  if (gdal === undefined) {
    return { oursMs, gdalMs: undefined, gdalVersion: undefined, ratio: undefined };
  }
  const gdalMs = distributionOf(gdal.cpuMs);
  return { oursMs, gdalMs, gdalVersion: gdal.version, ratio: oursMs.p50 / gdalMs.p50 };
}
