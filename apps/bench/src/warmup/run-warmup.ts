import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { reasonText } from "@gradeway/quality-gates";
import { createRoutePlanner } from "@gradeway/route-core";
import { type LoopbackTileServer, startLoopbackTileServer } from "@gradeway/test-kit";
import { formatTileId } from "@gradeway/terrain-tiles";

import { type ServerProcess, type ServerTiles, startServer } from "../http/server-process.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { noRouteCode } from "../no-route.ts";
import { randomPairs, type TripPair } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";
import { readTiles } from "../terrain/tile-world.ts";

/** What is timed, in the order in which it happens. */
export const WARM_UP_STEPS = {
  ready: "process started, region loaded, listening",
  firstRoute: "first /route",
  firstPareto: "first /pareto",
  firstStrict: "first strict /pareto, tiles from the origin",
  sameStrict: "the same again, tiles in memory",
  warmRoute: "warm /route, median",
  warmPareto: "warm /pareto, median",
  readyAgain: "another process: listening",
  strictFromDisk: "its first strict /pareto, tiles from disk",
} as const;

/** One of {@link WARM_UP_STEPS}. */
export type WarmUpStep = keyof typeof WARM_UP_STEPS;

/** What to measure and with what. */
export interface WarmUpOptions {
  readonly directory: string;
  /** Folder of tiles `{z}/{x}/{y}.tif`; without it no strict trip is made. */
  readonly tiles: string | undefined;
  readonly runs: number;
  /** Trips before and within the warm ones, each. */
  readonly pairs: number;
  readonly seed: number;
  readonly progress: (text: string) => void;
}

/** What came of one cold start. */
export interface WarmUpRun {
  readonly wallMs: Readonly<Partial<Record<WarmUpStep, number>>>;
  /** Tiles that the origin was asked for: by the first strict trip, by the same, by the new process. */
  readonly tilesAsked: readonly number[];
}

/** Finished cold starts. */
export interface WarmUpResult {
  readonly region: RegionUnderTest["facts"];
  readonly seed: number;
  readonly runs: readonly WarmUpRun[];
  readonly failures: readonly string[];
}

/**
 * Starts servers in processes of their own and times their first requests beside warm ones. Tiles come
 * from an origin on loopback.
 *
 * @throws {ReasonError} those of `loadRegion`
 */
export async function runWarmup(options: WarmUpOptions): Promise<WarmUpResult> {
  const { directory, tiles, pairs, seed } = options;
  const { region, graph, facts } = await openRegion(directory);
  const planner = createRoutePlanner(region, { now: monotonicMs });
  const hasRoute = (trip: TripPair): boolean => {
    try {
      planner.planRoute({ ...trip, geometry: "none" });
      return true;
    } catch (error) {
      if (noRouteCode(error) === undefined) throw error;
      return false;
    }
  };
  const trips = randomPairs(graph, 4 * pairs + 4, seed).filter(hasRoute);
  if (trips.length < 2 * pairs + 1)
    throw new RangeError("too few trips of the region have a route");
  const origin = tiles === undefined ? undefined : await openOrigin(tiles);
  const runs: WarmUpRun[] = [];
  const failures: string[] = [];
  try {
    for (let run = 0; run < options.runs; run++) {
      options.progress(`cold start ${run + 1} of ${options.runs}`);
      const cacheDir = await mkdtemp(path.join(tmpdir(), "gradeway-warmup-"));
      try {
        runs.push(await coldStart(options, trips, origin, cacheDir));
      } catch (error) {
        failures.push(`cold start ${run + 1}: ${reasonText(error)}`);
      } finally {
        await rm(cacheDir, { recursive: true, force: true });
      }
    }
  } finally {
    await origin?.server.close();
  }
  return { region: facts, seed, runs, failures };
}

interface Origin {
  readonly server: LoopbackTileServer;
  readonly zoom: number;
}

async function openOrigin(directory: string): Promise<Origin> {
  const placed = await readTiles(directory);
  const zoom = Math.max(...placed.map(({ id }) => id.z));
  const tiles = new Map(placed.map(({ id, bytes }) => [formatTileId(id), bytes]));
  return { server: await startLoopbackTileServer({ tiles }), zoom };
}

async function coldStart(
  { directory, pairs }: WarmUpOptions,
  trips: readonly TripPair[],
  origin: Origin | undefined,
  cacheDir: string,
): Promise<WarmUpRun> {
  const [first] = trips;
  const wallMs: Partial<Record<WarmUpStep, number>> = {};
  const tilesAsked: number[] = [];
  const tiles: ServerTiles | undefined =
    origin === undefined
      ? undefined
      : { urlTemplate: origin.server.urlTemplate, zoom: origin.zoom, cacheDir };
  const strict = async (server: ServerProcess, step: WarmUpStep): Promise<void> => {
    const before = origin!.server.requests.length;
    wallMs[step] = await ask(server, "/pareto", { ...first, strict: true });
    tilesAsked.push(origin!.server.requests.length - before);
  };
  const inServer = async (
    step: WarmUpStep,
    use: (server: ServerProcess) => Promise<void>,
  ): Promise<void> => {
    const startedAtMs = monotonicMs();
    const server = await startServer(directory, 1, tiles);
    wallMs[step] = monotonicMs() - startedAtMs;
    try {
      await use(server);
    } finally {
      await server.close();
    }
  };
  await inServer("ready", async (server) => {
    wallMs.firstRoute = await ask(server, "/route", first!);
    wallMs.firstPareto = await ask(server, "/pareto", first!);
    if (tiles !== undefined) {
      await strict(server, "firstStrict");
      await strict(server, "sameStrict");
    }
    const before = trips.slice(1, pairs + 1);
    const measured = trips.slice(pairs + 1, 2 * pairs + 1);
    for (const [step, address] of [
      ["warmRoute", "/route"],
      ["warmPareto", "/pareto"],
    ] as const) {
      for (const trip of before) await ask(server, address, trip);
      const times: number[] = [];
      for (const trip of measured) times.push(await ask(server, address, trip));
      wallMs[step] = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
    }
  });
  if (tiles !== undefined) {
    await inServer("readyAgain", (server) => strict(server, "strictFromDisk"));
  }
  return { wallMs, tilesAsked };
}

/** Sends a request and reads its answer to the last byte: the time it took. */
async function ask(server: ServerProcess, address: string, fields: object): Promise<number> {
  const startedAtMs = monotonicMs();
  const response = await fetch(`${server.url}${address}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  });
  const text = await response.text();
  const tookMs = monotonicMs() - startedAtMs;
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${text}`);
  return tookMs;
}
