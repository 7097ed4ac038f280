import { readdir } from "node:fs/promises";

import { startLoopbackTileServer, type TileFault } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { type LiveTerrain, openLiveTerrain, parseLiveTerrainSettings } from "../../src/index.ts";
import { inTemporaryDirectory } from "../cache/temporary-directory.ts";
import { lonLatOf } from "../small-world.ts";
import { expectPlane, PLACES, planeTiles } from "./terrarium-plane.ts";

const TILES = planeTiles(256);
const QUARTER = "12/2064/1510";

interface Scene {
  readonly directory: string;
  readonly sent: () => number;
  readonly open: () => Promise<LiveTerrain>;
}

function withServer(
  work: (scene: Scene) => Promise<void>,
  faults: (index: number, name: string) => TileFault | undefined = () => undefined,
): Promise<void> {
  return inTemporaryDirectory(async (directory) => {
    const server = await startLoopbackTileServer({
      tiles: TILES,
      faults: (index, { z, x, y }) => faults(index, `${z}/${x}/${y}`),
    });
    const settings = parseLiveTerrainSettings({
      urlTemplate: `${server.origin}/terrarium/{z}/{x}/{y}.png`,
      allowedHosts: [new URL(server.origin).host],
      cacheDir: directory,
    });
    const opened: LiveTerrain[] = [];
    try {
      await work({
        directory,
        sent: () => server.requests.length,
        async open() {
          const terrain = await openLiveTerrain(settings, {
            now: () => Date.now(),
            retryDelayMs: 1,
            decodeThreads: 1,
          });
          opened.push(terrain);
          return terrain;
        },
      });
    } finally {
      await Promise.all(opened.map((terrain) => terrain.close()));
      await server.close();
    }
  });
}

describe("live terrain over a template of Terrarium tiles", () => {
  it("has the heights of the images, from the server and then from the disk", () =>
    withServer(async ({ open, sent }) => {
      const outM = new Float64Array(PLACES.length);
      const run = (await open()).begin({ strict: true });
      await run.sampler.sample(lonLatOf(PLACES), outM);
      expectPlane(outM);
      expect(run.diagnostics()).toMatchObject({
        hits: { remote: 4 },
        fetches: 4,
        attempts: 16,
        retries: 0,
        circuit: "closed",
      });
      expect(sent()).toBe(16);
      const later = (await open()).begin({ strict: true });
      await later.sampler.sample(lonLatOf(PLACES), outM);
      expectPlane(outM);
      expect(later.diagnostics()).toMatchObject({ hits: { disk: 4 } });
      expect(sent()).toBe(16);
    }));

  it("counts what was tried again", () =>
    withServer(
      async ({ open }) => {
        const run = (await open()).begin();
        expect(await run.warm({ z: 11, x: 1032, y: 755 })).toBe(true);
        expect(run.diagnostics()).toMatchObject({ attempts: 6, retries: 2 });
      },
      (index) => (index < 2 ? { status: 503 } : undefined),
    ));

  it("names the image that cannot be used, and keeps nothing", () =>
    withServer(
      async ({ open, directory }) => {
        const terrain = await open();
        const failing = terrain.begin().warm({ z: 11, x: 1032, y: 755 });
        await expect(failing).rejects.toMatchObject({
          reasonCode: "terrain_tile_corrupt",
          details: { tile: QUARTER, problem: "it is not a PNG file" },
        });
        expect(terrain.stats().memory.tiles).toBe(0);
        expect(await readdir(directory)).toEqual([]);
      },
      (_, name) => (name === QUARTER ? { body: Buffer.from("GIF89a") } : undefined),
    ));
});
