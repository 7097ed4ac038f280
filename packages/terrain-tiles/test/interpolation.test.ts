import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createElevationSampler } from "../src/elevation-sampler.ts";
import { createMemoryTileSource } from "../src/sources/memory-tile-source.ts";
import { formatTileId } from "../src/tile-id.ts";
import type { TileSource } from "../src/tile-source.ts";
import { heightsAt, lonLatOf, NAMES, tilesOf, VOID, type WorldHeight } from "./small-world.ts";
import { writeTile } from "./write-tile.ts";

const plane: WorldHeight = (x, y) => 500 + 0.75 * x - 0.5 * y;
const bumpy: WorldHeight = (x, y) => ((x * 37 + y * 101) % 97) * 10;
const planeSource = createMemoryTileSource(tilesOf(plane, NAMES, { kind: "float32" }));
const place = fc.tuple(
  fc.double({ min: 0.5, max: 1023.5, noNaN: true }),
  fc.double({ min: 0.5, max: 1023.5, noNaN: true }),
);

describe("interpolation", () => {
  it("reproduces a plane, also across the borders of tiles", async () => {
    const nearBorder = fc.tuple(
      fc.double({ min: 511, max: 513, noNaN: true }),
      fc.double({ min: 511, max: 513, noNaN: true }),
    );
    const sampler = createElevationSampler(planeSource);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(place, nearBorder), { minLength: 1 }), async (places) => {
        const outM = new Float64Array(places.length);
        const summary = await sampler.sample(lonLatOf(places), outM);
        expect(summary.voids).toBe(0);
        for (const [index, [x, y]] of places.entries()) {
          // Pixel centres lie at half pixels.
          const expected = plane(x - 0.5, y - 0.5);
          expect(Math.abs(outM[index]! - expected)).toBeLessThan(
            1e-6 * Math.max(1, Math.abs(expected)),
          );
        }
      }),
    );
  });

  it("is continuous over the border of tiles", async () => {
    const source = createMemoryTileSource(tilesOf(bumpy));
    const step = 1e-6;
    const places = Array.from({ length: 200 }, (_, index) => index * 5 + 1.3);
    for (const border of [511.5, 512, 512.5]) {
      const before = await heightsAt(
        source,
        places.map((y) => [border - step, y]),
      );
      const after = await heightsAt(
        source,
        places.map((y) => [border + step, y]),
      );
      for (const [index, height] of before.entries()) {
        expect(Math.abs(after[index]! - height)).toBeLessThan(0.01);
      }
    }
  });

  it("gives the mean of four tiles where they meet", async () => {
    const source = createMemoryTileSource(
      tilesOf((x, y) => (x < 512 ? 100 : 200) + (y < 512 ? 0 : 1000)),
    );
    const [heightM] = await heightsAt(source, [[512, 512]]);
    expect(heightM).toBeCloseTo(650, 5);
  });

  it("agrees with a slow interpolation for every point order and memory limit", async () => {
    const source = createMemoryTileSource(tilesOf(bumpy));
    await fc.assert(
      fc.asyncProperty(
        fc.array(place, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        async (places, maxTilesInMemory, concurrency) => {
          const outM = new Float64Array(places.length);
          const sampler = createElevationSampler(source, { maxTilesInMemory, concurrency });
          await sampler.sample(lonLatOf(places), outM);
          for (const [index, [px, py]] of places.entries()) {
            const x = Math.floor(px - 0.5);
            const y = Math.floor(py - 0.5);
            const u = px - 0.5 - x;
            const v = py - 0.5 - y;
            const expected =
              bumpy(x, y) * (1 - u) * (1 - v) +
              bumpy(x + 1, y) * u * (1 - v) +
              bumpy(x, y + 1) * (1 - u) * v +
              bumpy(x + 1, y + 1) * u * v;
            expect(outM[index]).toBeCloseTo(expected, 4);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("voids", () => {
  it("one void pixel of four makes the point void, and only then", async () => {
    const source = createMemoryTileSource(tilesOf((x, y) => (x === 511 && y === 300 ? VOID : 100)));
    const around = await heightsAt(source, [
      [511.2, 300.2],
      [511.8, 300.2],
      [511.2, 300.8],
      [512.4, 300.8],
      [512.6, 300.5],
      [510.4, 300.5],
      [511.5, 301.6],
    ]);
    const nan = Number.NaN;
    expect(around).toEqual([nan, nan, nan, nan, 100, 100, 100]);
  });

  it("an absent tile makes voids and is named; nothing becomes zero", async () => {
    const tiles = tilesOf(() => 100, ["11/1032/755"]);
    const sampler = createElevationSampler(createMemoryTileSource(tiles));
    const outM = new Float64Array(4).fill(7);
    const summary = await sampler.sample(
      lonLatOf([
        [511.4, 20],
        [511.6, 20],
        [512.6, 20],
        [511.6, 511.6],
      ]),
      outM,
    );
    expect([...outM]).toEqual([100, Number.NaN, Number.NaN, Number.NaN]);
    expect(summary).toMatchObject({
      sampled: 4,
      voids: 3,
      missingTiles: ["11/1032/756", "11/1033/755", "11/1033/756"],
    });
    expect(summary.tilesSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("come neither from a pixel nor from a tile whose weight is zero", async () => {
    // At zoom 1 a pixel is 360/1024 degrees, so these pixel centres are exact in floating point.
    const asked: string[] = [];
    const tile = writeTile({ z: 1, x: 0, y: 0 }, (column) => (column === 257 ? VOID : 42));
    const source: TileSource = {
      info: { name: "spy", attribution: "" },
      async getTile(id) {
        asked.push(formatTileId(id));
        return id.x === 0 && id.y === 0 ? tile : undefined;
      },
    };
    const columns = [511, 256, 257];
    const outM = new Float64Array(3);
    const sampler = createElevationSampler(source, { zoom: 1 });
    const lonLat = columns.flatMap((column) => [((column + 0.5) / 1024 - 0.5) * 360, 30]);
    await sampler.sample(Float64Array.from(lonLat), outM);
    expect([...outM]).toEqual([42, 42, Number.NaN]);
    expect(asked).toEqual(["1/0/0"]);
  });

  it("points off the map are voids and need no tile", async () => {
    const sampler = createElevationSampler(createMemoryTileSource(new Map()));
    const outM = new Float64Array(6);
    const lonLat = [
      0,
      86,
      0,
      -90,
      181,
      0,
      Number.NaN,
      0,
      0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      0,
    ];
    const summary = await sampler.sample(Float64Array.from(lonLat), outM);
    expect([...outM].every((height) => Number.isNaN(height))).toBe(true);
    expect(summary).toEqual({ sampled: 6, voids: 6, missingTiles: [], tilesSha256: "" });
  });

  it("no points give an empty summary", async () => {
    const sampler = createElevationSampler(planeSource);
    const summary = await sampler.sample(new Float64Array(0), new Float64Array(0));
    expect(summary).toEqual({ sampled: 0, voids: 0, missingTiles: [], tilesSha256: "" });
  });

  it("the date line has neighbours on both sides", async () => {
    const tiles = new Map(
      [0, 1, 2, 3].map((x) => [`2/${x}/1`, writeTile({ z: 2, x, y: 1 }, () => x * 100)]),
    );
    const sampler = createElevationSampler(createMemoryTileSource(tiles), { zoom: 2 });
    const outM = new Float64Array(2);
    await sampler.sample(new Float64Array([180, 30, -180, 30]), outM);
    expect([...outM]).toEqual([150, 150]);
  });
});
