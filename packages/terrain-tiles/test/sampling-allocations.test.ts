import { writeFile } from "node:fs/promises";
import { type HeapProfiler, Session } from "node:inspector/promises";

import path from "node:path";

import { describe, expect, it } from "vitest";

import {
  createCogSampler,
  createElevationSampler,
  createMemoryTileSource,
  type ElevationSampler,
  openLiveTerrain,
  parseLiveTerrainSettings,
} from "../src/index.ts";
import { inTemporaryDirectory } from "./cache/temporary-directory.ts";
import { createRandom } from "./sources/gdal.ts";
import { lonLatOf, tilesOf } from "./small-world.ts";
import { writeTile } from "./write-tile.ts";

const POINTS = 100_000;
const CALLS = 100;
/** Per call there are promises, groups and a hash; 10 million samples of 8 bytes would be 76 MiB. */
const MAX_ALLOCATED_BYTES = 8 * 1024 * 1024;
const MAX_BUFFER_BYTES = 64 * 1024;

const source = createMemoryTileSource(tilesOf((x, y) => (x * 3 + y) % 400));
const random = createRandom(7);
const scattered = lonLatOf(
  Array.from({ length: POINTS }, () => [1 + random() * 1022, 1 + random() * 1022]),
);
const winding = lonLatOf(
  Array.from({ length: POINTS }, (_, index) => [
    512 + 500 * Math.sin(index / 3000),
    512 + 500 * Math.cos(index / 5000),
  ]),
);

/** Everything that was allocated on the heap while work ran, also what was collected again. */
async function allocatedBy(work: () => Promise<void>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post("HeapProfiler.startSampling", {
      samplingInterval: 4096,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    await work();
    const { profile } = await session.post("HeapProfiler.stopSampling");
    return sizeOf(profile.head);
  } finally {
    session.disconnect();
  }
}

function sizeOf({ selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number {
  return children.reduce((sum, child) => sum + sizeOf(child), selfSize);
}

async function expectNoAllocationPerPoint(
  sampler: ElevationSampler,
  lonLat: Float64Array,
): Promise<void> {
  const outM = new Float64Array(POINTS);
  for (let call = 0; call < 5; call += 1) await sampler.sample(lonLat, outM);
  let largest = 0;
  const allocated = await allocatedBy(async () => {
    for (let call = 0; call < CALLS; call += 1) {
      const before = process.memoryUsage().arrayBuffers;
      const { voids } = await sampler.sample(lonLat, outM);
      // The memory of arrays is not on the heap. A collection in between could hide one call.
      largest = Math.max(largest, process.memoryUsage().arrayBuffers - before);
      if (voids > 0) throw new Error("the points of this test have heights");
    }
  });
  expect(allocated).toBeLessThan(MAX_ALLOCATED_BYTES);
  expect(largest).toBeLessThan(MAX_BUFFER_BYTES);
}

describe("warm sampling allocates nothing per sample", () => {
  it.each([
    ["along a line", winding],
    ["at scattered points", scattered],
  ])("%s", async (_, lonLat) => {
    await expectNoAllocationPerPoint(createElevationSampler(source), lonLat);
  });

  it("of live terrain", async () => {
    const settings = parseLiveTerrainSettings({ urlTemplate: "" });
    const terrain = await openLiveTerrain(settings, {
      source,
      now: () => performance.now(),
      decodeThreads: 0,
    });
    await expectNoAllocationPerPoint(terrain.begin().sampler, winding);
    await terrain.close();
  });

  it("of a Cloud-Optimised GeoTIFF", () =>
    inTemporaryDirectory(async (directory) => {
      const file = path.join(directory, "blocks.tif");
      await writeFile(
        file,
        writeTile({ z: 11, x: 1032, y: 755 }, (x, y) => x + y),
      );
      const inside = Array.from({ length: POINTS }, (_, index): [number, number] => [
        256 + 250 * Math.sin(index / 3000),
        256 + 250 * Math.cos(index / 5000),
      ]);
      await expectNoAllocationPerPoint(await createCogSampler(file), lonLatOf(inside));
    }));

  it("and the measure sees an object per point", async () => {
    let kept: { at: number } = { at: 0 };
    const allocated = await allocatedBy(async () => {
      for (let point = 0; point < POINTS * CALLS; point += 1) kept = { at: kept.at + point };
    });
    expect(kept.at).toBeGreaterThan(0);
    expect(allocated).toBeGreaterThan(10 * MAX_ALLOCATED_BYTES);
  });
});
