import { readdir } from "node:fs/promises";

import { describe, expect, it, vi } from "vitest";

import { openLiveTerrain, type LiveTerrain, type LiveTerrainDeps } from "../../src/index.ts";
import {
  type LiveTerrainSettingsInput,
  parseLiveTerrainSettings,
} from "../../src/settings/live-terrain-settings.ts";
import { HOSTILE_ID, HOSTILE_TILES } from "../decode/hostile-tiles.ts";
import { createMemoryTileSource } from "../../src/sources/memory-tile-source.ts";
import {
  bytesOf,
  DAY_MS,
  type LiveBench,
  lonLatWithin as within,
  tile,
  withLiveBench,
} from "./live-bench.ts";

async function withTerrain(
  bench: LiveBench,
  settings: LiveTerrainSettingsInput,
  deps: Partial<LiveTerrainDeps>,
  work: (terrain: LiveTerrain) => Promise<void>,
): Promise<void> {
  const terrain = await openLiveTerrain(
    parseLiveTerrainSettings({
      urlTemplate: bench.urlTemplate,
      allowedHosts: [bench.host],
      cacheDir: bench.directory,
      ...settings,
    }),
    { now: () => bench.nowMs, retryDelayMs: 1, ...deps },
  );
  try {
    await work(terrain);
  } finally {
    await terrain.close();
  }
}

async function heightIn(terrain: LiveTerrain, y: number, strict = false) {
  const run = terrain.begin({ strict });
  const outM = new Float64Array(1);
  const summary = await run.sampler.sample(within(y), outM);
  return { heightM: outM[0]!, summary, diagnostics: run.diagnostics() };
}

const snapshot = createMemoryTileSource(new Map([["11/5/1", bytesOf(901, tile(1))]]));

describe("live terrain", () => {
  it("samples from the template, the disk and the memory, with books of each request", () =>
    withLiveBench(async (bench) => {
      await withTerrain(bench, {}, {}, async (terrain) => {
        const first = await heightIn(terrain, 1);
        expect(first.heightM).toBe(101);
        expect(first.summary).not.toHaveProperty("standIns");
        expect(first.diagnostics).toMatchObject({ hits: { remote: 1 }, fetches: 1 });
        const second = await heightIn(terrain, 1);
        expect(second.diagnostics).toMatchObject({ hits: { memory: 1 }, fetches: 0 });
        expect(terrain.begin().sampler.source).toMatchObject({ name: `${bench.host} tiles z11` });
      });
      await withTerrain(bench, {}, {}, async (terrain) => {
        expect((await heightIn(terrain, 1)).diagnostics).toMatchObject({ hits: { disk: 1 } });
      });
    }));

  it("samples from a source given instead of the template", () =>
    withLiveBench(async (bench) => {
      await withTerrain(bench, { urlTemplate: "" }, { source: snapshot }, async (terrain) => {
        const { heightM, diagnostics } = await heightIn(terrain, 1, true);
        expect(heightM).toBe(901);
        expect(diagnostics).toMatchObject({ hits: { remote: 1 }, fallbackUses: 0 });
        expect(bench.sent()).toBe(0);
      });
    }));

  it("refuses a strict request without a live source when the settings demand one", () =>
    withLiveBench(async (bench) => {
      await withTerrain(bench, { urlTemplate: "" }, {}, async (terrain) => {
        expect(() => terrain.begin({ strict: true })).toThrow(
          expect.objectContaining({ reasonCode: "terrain_dem_url_missing" }),
        );
        await expect(heightIn(terrain, 1)).rejects.toMatchObject({
          reasonCode: "terrain_dem_url_missing",
        });
      });
      const settings = { urlTemplate: "", requireUrlInStrict: false };
      await withTerrain(bench, settings, {}, async (terrain) => {
        expect(terrain.begin({ strict: true }).diagnostics().hits.memory).toBe(0);
      });
    }));

  const modes = [
    { strict: false, allow: false, stale: true, signed: false },
    { strict: false, allow: true, stale: true, signed: true },
    { strict: true, allow: false, stale: false, signed: false },
    { strict: true, allow: true, stale: true, signed: true },
  ];
  it.each(modes)(
    "strict $strict, fallback allowed $allow: what stands in for a source that is out",
    ({ strict, allow, stale, signed }) =>
      withLiveBench(async (bench) => {
        const settings = { allowSignedFallback: allow, fetchRetries: 0 };
        const deps = { fallback: snapshot };
        const fails = { reasonCode: "terrain_fetch_failed" };
        bench.fault = () => ({ status: 500 });
        await withTerrain(bench, settings, deps, async (terrain) => {
          const answer = heightIn(terrain, 1, strict);
          if (signed) {
            expect(await answer).toMatchObject({ heightM: 901, diagnostics: { fallbackUses: 1 } });
          } else await expect(answer).rejects.toMatchObject(fails);
        });
        bench.fault = () => undefined;
        await withTerrain(bench, settings, deps, async (terrain) => {
          await heightIn(terrain, 1);
          bench.nowMs += 8 * DAY_MS;
          bench.fault = () => ({ status: 500 });
          const answer = heightIn(terrain, 1, strict);
          if (stale) {
            expect(await answer).toMatchObject({
              heightM: 101,
              diagnostics: { staleUses: 1 },
              summary: { standIns: [{ tile: "11/5/1", standIn: "stale" }] },
            });
          } else await expect(answer).rejects.toMatchObject(fails);
        });
      }),
  );

  it("warms the disk tile by tile", () =>
    withLiveBench(async (bench) => {
      await withTerrain(bench, {}, {}, async (terrain) => {
        const run = terrain.begin();
        expect([await run.warm(tile(1)), await run.warm(tile(60))]).toEqual([true, false]);
        expect(run.diagnostics()).toMatchObject({ hits: { remote: 1 }, absent: 1 });
      });
      await withTerrain(bench, {}, {}, async (terrain) => {
        expect((await heightIn(terrain, 1)).diagnostics).toMatchObject({ hits: { disk: 1 } });
      });
    }));

  it("refuses hostile bytes, decoded on threads, and keeps nothing of them", () =>
    withLiveBench(async (bench) => {
      const id = HOSTILE_ID;
      const name = `${id.z}/${id.x}/${id.y}`;
      await withTerrain(bench, {}, {}, async (terrain) => {
        for (const [, bytes, problem] of HOSTILE_TILES) {
          bench.tiles.set(name, bytes);
          const run = terrain.begin();
          await expect(run.warm(id)).rejects.toMatchObject({
            reasonCode: "terrain_tile_corrupt",
            details: { tile: name, problem: expect.stringMatching(problem) },
          });
          expect(run.diagnostics().failures).toEqual([
            { tile: name, reasonCode: "terrain_tile_corrupt" },
          ]);
        }
        expect(terrain.stats()).toMatchObject({
          memory: { tiles: 0 },
          diskFailures: 0,
          decoding: { working: 0, waiting: 0, crashes: 0 },
        });
        expect(await readdir(bench.directory)).toEqual([]);
        bench.tiles.set(name, bytesOf(321, id));
        expect(await terrain.begin().warm(id)).toBe(true);
      });
    }));

  it("gives every request its own budget", () =>
    withLiveBench(async (bench) => {
      await withTerrain(bench, { maxRemoteTilesPerRoute: 1 }, {}, async (terrain) => {
        const run = terrain.begin();
        const outM = new Float64Array(1);
        await run.sampler.sample(within(1), outM);
        await expect(run.sampler.sample(within(2), outM)).rejects.toMatchObject({
          reasonCode: "terrain_tile_budget_exceeded",
          details: { limit: 1, needed: 2 },
        });
        expect(outM[0]).toBeNaN();
        expect((await heightIn(terrain, 2)).heightM).toBe(102);
      });
    }));

  it("gives the source up at the deadline and at the signal of the request", () =>
    withLiveBench(async (bench) => {
      bench.fault = () => ({ delayMs: 5000 });
      await withTerrain(bench, {}, {}, async (terrain) => {
        const outM = new Float64Array(1);
        const late = terrain.begin({ deadlineAtMs: bench.nowMs + 20 });
        await expect(late.sampler.sample(within(1), outM)).rejects.toMatchObject({
          reasonCode: "terrain_fetch_failed",
        });
        const left = terrain.begin({ signal: AbortSignal.timeout(20) });
        await expect(left.sampler.sample(within(1), outM)).rejects.toThrow(/timeout/);
      });
    }));

  it("recovers after an outage though every request needs several tiles", () =>
    withLiveBench(async (bench) => {
      const settings = {
        circuitBreakerFailures: 1,
        circuitBreakerCoolDownS: 1,
        fetchRetries: 0,
      };
      let isDown = true;
      bench.fault = () => (isDown ? { status: 500 } : { delayMs: 50 });
      await withTerrain(bench, settings, { decodeThreads: 0 }, async (terrain) => {
        const lonLat = Float64Array.from([1, 2, 3].flatMap((y) => [...within(y)]));
        const outM = new Float64Array(3);
        const sample = () => terrain.begin({ strict: true }).sampler.sample(lonLat, outM);
        await expect(sample()).rejects.toBeInstanceOf(Error);
        isDown = false;
        await vi.waitFor(() => sample(), { timeout: 5000, interval: 200 });
        expect([...outM]).toEqual([101, 102, 103]);
        expect(bench.sent()).toBeLessThan(20);
      });
    }));
});
