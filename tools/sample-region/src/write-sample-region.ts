import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import type { SampleRegion, SampleRegionOptions } from "./generate-sample-region.ts";
import { generateSampleRegion } from "./generate-sample-region.ts";

/** Writes `sample.osm.pbf` and `geotiff/{z}/{x}/{y}.tif` into a folder, made if need be. */
export async function writeSampleRegion(
  dir: string,
  options: SampleRegionOptions = {},
): Promise<SampleRegion> {
  const region = generateSampleRegion(options);
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, "sample.osm.pbf"), region.pbf);
  for (const { id, bytes } of region.tiles) {
    const column = path.join(dir, "geotiff", String(id.z), String(id.x));
    await mkdir(column, { recursive: true });
    await writeFile(path.join(column, `${id.y}.tif`), bytes);
  }
  return region;
}
