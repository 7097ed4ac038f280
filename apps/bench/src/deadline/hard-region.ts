import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildRegion } from "@gradeway/model-assets";
import { type ElevationSampler, osmSourceFromBytes } from "@gradeway/route-core";
import { streetGrid, writeOsmPbf } from "@gradeway/test-kit";

/** Crossings along a side of the town. */
const SIDE = 200;

/** Hills by a formula. */
const HILLS: ElevationSampler = {
  source: { name: "formula", resolutionM: 1, attribution: "" },
  sample(lonLat, outM) {
    const count = lonLat.length / 2;
    for (let at = 0; at < count; at++) {
      outM[at] = 500 + 25 * Math.sin(lonLat[2 * at]! * 2900) * Math.cos(lonLat[2 * at + 1]! * 2300);
    }
    return Promise.resolve({ sampled: count, voids: 0, missingTiles: [], tilesSha256: "" });
  },
};

/** Builds the region of a generated town whose fronts are hard to find, for as long as `use` runs. */
export async function withHardRegion<R>(use: (directory: string) => Promise<R>): Promise<R> {
  const directory = await mkdtemp(join(tmpdir(), "gradeway-deadline-"));
  try {
    await buildRegion({
      directory,
      name: "street-grid",
      osm: osmSourceFromBytes(writeOsmPbf(streetGrid(SIDE))),
      osmInput: { name: "street-grid.osm.pbf", sha256: "0".repeat(64) },
      elevation: HILLS,
      synthetic: true,
    });
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
