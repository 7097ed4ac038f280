import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import {
  createMemoryTileSource,
  formatTileId,
  type LiveTerrainSettingsInput,
  openLiveTerrain,
  parseLiveTerrainSettings,
} from "@gradeway/terrain-tiles";
import {
  createSeededRandom,
  type PlacedTile,
  playTileFaults,
  startLoopbackTileServer,
  type TileFaultName,
  writeTerrainTile,
} from "@gradeway/test-kit";

import { readTiles, type TileWorld } from "../terrain/tile-world.ts";
import { auditCache, type SoakAudit } from "./soak-audit.ts";
import type { SoakBook } from "./soak-book.ts";
import { ATTEMPT_S, soakFaults } from "./soak-faults.ts";
import { runSoakRequests, type SoakTerrain } from "./soak-requests.ts";
import { type SoakWatch, watchSoak } from "./soak-watch.ts";
import { runSoakWriters, type SoakWriterReport } from "./soak-writers.ts";

/** How long and with what to soak. */
export interface SoakOptions {
  readonly world: TileWorld;
  readonly seconds: number;
  readonly seed: number;
  readonly concurrency: number;
  readonly progress: (book: SoakBook) => void;
}

/** What a soak came to. */
export interface SoakResult {
  readonly book: SoakBook;
  readonly faults: ReadonlyMap<TileFaultName, number>;
  /** Requests that followed a redirect to a host that is not listed. */
  readonly strayRequests: number;
  readonly writers: SoakWriterReport;
  readonly watch: SoakWatch;
  readonly audit: SoakAudit;
  readonly limits: SoakLimits;
  /** Reads and writes of the disk that failed in the terrains. */
  readonly diskFailures: number;
}

/** What must not be exceeded. */
export interface SoakLimits {
  readonly budgetTiles: number;
  readonly budgetBytes: number;
  /** Tiles and bytes on disk, with what several processes may have beyond the settings. */
  readonly diskTiles: number;
  readonly diskBytes: number;
}

/** The least that the settings allow, so that the budgets are felt. */
const CACHE_MAX_TILES = 16;
const CACHE_MAX_MB = 64;
const BUDGET_TILES = 4;
const MEBIBYTE = 2 ** 20;
/** Room for some five of the tiles. */
const MEMORY_BYTES = 6 * MEBIBYTE;
/** Largest body that is read. */
const MAX_TILE_BYTES = 8 * MEBIBYTE;
/** Tiles that only the writers know, so that the directory would overflow without a budget. */
const BALLAST_TILES = 200;
/** Largest life of a writer. */
const WRITER_LIFE_MS = 4_000;
/** What the documentation of the cache grants to each process beyond the budget. */
const SLACK_TILES = 2 * Math.max(16, CACHE_MAX_TILES / 8);
const SLACK_BYTES = (2 * CACHE_MAX_MB * MEBIBYTE) / 8;

/**
 * Asks terrains that share a cache directory for profiles, while their origin misbehaves and a
 * process that writes into the same directory is killed again and again.
 */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const root = await mkdtemp(path.join(tmpdir(), "gradeway-soak-"));
  try {
    return await soakIn(root, options);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function soakIn(root: string, options: SoakOptions): Promise<SoakResult> {
  const { world, seed } = options;
  const directory = path.join(root, "cache");
  const ballastFolder = path.join(root, "ballast");
  const ballast = await writeBallast(ballastFolder);
  const saidAbsent = new Set<string>();
  const served = new Map(world.tiles.map(({ id, bytes }) => [formatTileId(id), bytes]));
  const elsewhere = await startLoopbackTileServer({ tiles: served });
  const scene = { slowMs: 1500 * ATTEMPT_S, retryAfterS: 1, elsewhere: elsewhere.origin };
  const player = playTileFaults(soakFaults(seed), scene);
  const origin = await startLoopbackTileServer({
    tiles: served,
    keepLog: false,
    faults(request, id, requestPath) {
      const fault = player.faults(request, id, requestPath);
      const tile = formatTileId(id);
      if (fault?.status === 404 || !served.has(tile)) saidAbsent.add(tile);
      return fault;
    },
  });
  const terrains = await openTerrains(origin.urlTemplate, directory, served, world.zoom);
  const limits = { directory, maxTiles: CACHE_MAX_TILES, maxBytes: CACHE_MAX_MB * MEBIBYTE };
  const budget = { budgetTiles: BUDGET_TILES, budgetBytes: BUDGET_TILES * MAX_TILE_BYTES };
  const until = AbortSignal.timeout(options.seconds * 1000);
  let parts: [SoakBook, SoakWriterReport, SoakWatch];
  try {
    parts = await Promise.all([
      runSoakRequests(
        { ...options, ...budget, terrains, saidAbsent: (tile) => saidAbsent.has(tile) },
        until,
      ),
      runSoakWriters(
        {
          ...limits,
          folders: [ballastFolder, world.directory],
          random: createSeededRandom(seed),
          maxLifeMs: WRITER_LIFE_MS,
        },
        until,
      ),
      watchSoak(directory, until),
    ]);
  } finally {
    await Promise.all(terrains.map(({ terrain }) => terrain.close()));
    await origin.close();
    await elsewhere.close();
  }
  const [book, writers, watch] = parts;
  const processes = terrains.length + 1;
  return {
    book,
    faults: player.counts(),
    strayRequests: elsewhere.requests.length,
    writers,
    watch,
    audit: await auditCache(limits, [...ballast, ...(await readTiles(world.directory))]),
    limits: {
      ...budget,
      diskTiles: CACHE_MAX_TILES + processes * SLACK_TILES,
      diskBytes: CACHE_MAX_MB * MEBIBYTE + processes * SLACK_BYTES,
    },
    diskFailures: terrains.reduce((sum, { terrain }) => sum + terrain.stats().diskFailures, 0),
  };
}

/** Terrains on one directory: a careful one, one with a snapshot, and one that trusts no copy. */
async function openTerrains(
  urlTemplate: string,
  cacheDir: string,
  served: ReadonlyMap<string, Uint8Array>,
  tileZoom: number,
): Promise<SoakTerrain[]> {
  const open = async (name: string, settings: LiveTerrainSettingsInput): Promise<SoakTerrain> => {
    const parsed = parseLiveTerrainSettings({
      urlTemplate,
      allowedHosts: [new URL(urlTemplate).host],
      cacheDir,
      cacheMaxTiles: CACHE_MAX_TILES,
      cacheMaxMb: CACHE_MAX_MB,
      maxRemoteTilesPerRoute: BUDGET_TILES,
      requestTimeoutS: ATTEMPT_S,
      circuitBreakerCoolDownS: 1,
      tileZoom,
      ...settings,
    });
    return {
      name,
      terrain: await openLiveTerrain(parsed, {
        now: () => Date.now(),
        fallback: createMemoryTileSource(served),
        maxMemoryBytes: MEMORY_BYTES,
        absenceMs: 1_000,
        retryDelayMs: 20,
        decodeThreads: 1,
      }),
      allowsFallback: parsed.allowSignedFallback,
      isAlwaysStale: parsed.tileMaxAgeDays === 0,
    };
  };
  return [
    await open("plain", {}),
    await open("with a snapshot", { allowSignedFallback: true }),
    await open("without fresh copies", { tileMaxAgeDays: 0 }),
  ];
}

async function writeBallast(folder: string): Promise<PlacedTile[]> {
  const tiles: PlacedTile[] = [];
  for (let number = 0; number < BALLAST_TILES; number += 1) {
    const id = { z: 15, x: 1_000 + (number % 16), y: 2_000 + Math.floor(number / 16) };
    const bytes = writeTerrainTile(id, () => number);
    const file = path.join(folder, `${formatTileId(id)}.tif`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
    tiles.push({ id, bytes });
  }
  return tiles;
}
