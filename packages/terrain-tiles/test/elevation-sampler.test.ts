import { describe, expect, it } from "vitest";

import { createElevationSampler } from "../src/elevation-sampler.ts";
import { createMemoryTileSource } from "../src/sources/memory-tile-source.ts";
import { formatTileId } from "../src/tile-id.ts";
import type { TileSource } from "../src/tile-source.ts";
import { lonLatOf, NAMES, tilesOf } from "./small-world.ts";

const tiles = tilesOf((x, y) => (x * 3 + y) % 400, NAMES.slice(0, 3));
const places = Array.from({ length: 300 }, (_, index): [number, number] => [
  1 + ((index * 337) % 1021),
  index % 10 === 0 ? 512 : 1 + ((index * 911) % 1021),
]);

/** Answers after a delay that depends on the tile and the seed. */
function shuffled(seed: number): TileSource {
  const inner = createMemoryTileSource(tiles);
  return {
    info: inner.info,
    async getTile(id, options) {
      const turns = (id.x * 7 + id.y * 13 + seed * 5) % 11;
      for (let turn = 0; turn < turns; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      return inner.getTile(id, options);
    },
  };
}

async function hashOf(map: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const sampler = createElevationSampler(createMemoryTileSource(map));
  return (await sampler.sample(lonLatOf(places), new Float64Array(places.length))).tilesSha256;
}

const source = createMemoryTileSource(tiles);

describe("the summary and failures of a sampler", () => {
  it("do not depend on the order in which tiles arrive", async () => {
    const results = await Promise.all(
      [0, 1, 2, 3].map(async (seed) => {
        const sampler = createElevationSampler(shuffled(seed), {
          concurrency: 1 + seed,
          maxTilesInMemory: 1 + seed,
        });
        const outM = new Float64Array(places.length);
        return { summary: await sampler.sample(lonLatOf(places), outM), outM };
      }),
    );
    for (const result of results) expect(result).toEqual(results[0]);
    expect(results[0]!.summary.missingTiles).toEqual(["11/1033/756"]);
  });

  it("the hash changes with the bytes of a tile", async () => {
    const longer = new Map(tiles);
    longer.set("11/1032/755", Buffer.concat([tiles.get("11/1032/755")!, Buffer.alloc(1)]));
    expect(await hashOf(longer)).not.toBe(await hashOf(tiles));
    expect(await hashOf(new Map(tiles))).toBe(await hashOf(tiles));
  });

  it("reads each tile once for calls at the same time, and keeps it", async () => {
    const asked: string[] = [];
    const inner = shuffled(1);
    const sampler = createElevationSampler({
      info: inner.info,
      getTile(id, options) {
        asked.push(formatTileId(id));
        return inner.getTile(id, options);
      },
    });
    const run = async (): Promise<void> => {
      await sampler.sample(lonLatOf(places), new Float64Array(places.length));
    };
    await Promise.all([run(), run(), run()]);
    await run();
    expect(asked.sort()).toEqual(NAMES);
  });

  it("a failure of the source is passed on, and leaves no heights behind", async () => {
    const failure = new Error("outage");
    const inner = createMemoryTileSource(tiles);
    const sampler = createElevationSampler(
      {
        info: inner.info,
        getTile: (id, options) =>
          id.x === 1033 ? Promise.reject(failure) : inner.getTile(id, options),
      },
      { concurrency: 2 },
    );
    const outM = new Float64Array(places.length);
    await expect(sampler.sample(lonLatOf(places), outM)).rejects.toBe(failure);
    expect(outM.every((height) => Number.isNaN(height))).toBe(true);
  });

  it("a tile that changes while it is in use is refused", async () => {
    let reads = 0;
    const sampler = createElevationSampler(
      {
        info: { name: "restless", attribution: "" },
        async getTile(id) {
          reads += 1;
          const bytes = tiles.get(formatTileId(id));
          return bytes === undefined ? undefined : Buffer.concat([bytes, Buffer.alloc(reads)]);
        },
      },
      { maxTilesInMemory: 1, concurrency: 1 },
    );
    // The corner needs all four tiles, which drives the eastern one out of the memory of one tile.
    const corner = lonLatOf([
      [512, 512],
      [600, 20],
    ]);
    await expect(sampler.sample(corner, new Float64Array(2))).rejects.toMatchObject({
      reasonCode: "terrain_tile_corrupt",
      details: { tile: "11/1033/755", problem: "it changed while it was in use" },
    });
  });

  it("an abort ends the call with its reason, but not the work of another call", async () => {
    const { promise: gate, resolve: release } = Promise.withResolvers<void>();
    let abandoned = 0;
    const inner = createMemoryTileSource(tiles);
    const sampler = createElevationSampler({
      info: inner.info,
      async getTile(id, options) {
        options?.signal?.addEventListener("abort", () => {
          abandoned += 1;
        });
        await gate;
        return inner.getTile(id, options);
      },
    });
    const one: [number, number][] = [[20, 20]];
    const controller = new AbortController();
    const reason = new Error("no longer needed");
    const first = sampler.sample(lonLatOf(one), new Float64Array(1), { signal: controller.signal });
    const second = sampler.sample(lonLatOf(one), new Float64Array(1));
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    expect(abandoned).toBe(0);
    release();
    expect((await second).voids).toBe(0);

    const alone = new AbortController();
    const far: [number, number][] = [[20, 600]];
    const third = sampler.sample(lonLatOf(far), new Float64Array(1), { signal: alone.signal });
    alone.abort(reason);
    await expect(third).rejects.toBe(reason);
    expect(abandoned).toBe(1);
    // The abandoned read must not stand in the way of a new one.
    expect((await sampler.sample(lonLatOf(far), new Float64Array(1))).voids).toBe(0);
  });

  it("misuse is refused", async () => {
    const sampler = createElevationSampler(source);
    await expect(sampler.sample(new Float64Array(3), new Float64Array(2))).rejects.toThrow(
      RangeError,
    );
    await expect(sampler.sample(new Float64Array(4), new Float64Array(1))).rejects.toThrow(
      RangeError,
    );
    expect(() => createElevationSampler(source, { zoom: -1 })).toThrow(RangeError);
    expect(() => createElevationSampler(source, { concurrency: 0 })).toThrow(RangeError);
    expect(() => createElevationSampler(source, { maxTilesInMemory: 1.5 })).toThrow(RangeError);
  });

  it("the source is described with its zoom and resolution", () => {
    expect(createElevationSampler(source).source).toEqual({
      name: "tiles in memory z11",
      resolutionM: expect.closeTo(38.2185, 3) as number,
      attribution: "elevation source not stated",
    });
  });
});
