import { type ReasonCode, ReasonError } from "@gradeway/reason-codes";
import { createMemoryTileSource, type ElevationSampler } from "@gradeway/terrain-tiles";
import { describe, expect, it } from "vitest";

import { REASON_HTTP, type ServedTerrain } from "../src/index.ts";
import { createTestApp } from "./app-fixture.ts";
import { ask, problemOf, terrainOver, terrainWith, TILES } from "./elevation-fixture.ts";

const INFO = { name: "test", resolutionM: 1, attribution: "" };

function failing(error: unknown): Promise<ServedTerrain> {
  return terrainWith({ source: INFO, sample: () => Promise.reject(error) });
}

describe("POST /elevation passes on", () => {
  const errors: readonly ReasonError[] = [
    new ReasonError("terrain_fetch_failed", "x", { tile: "1/0/0", attempts: 3, problem: "slow" }),
    new ReasonError("terrain_circuit_open", "x", { origin: "tiles.example", retryAfterS: 12 }),
    new ReasonError("terrain_host_not_allowed", "x", { host: "tiles.example" }),
    new ReasonError("terrain_tile_corrupt", "x", { tile: "1/0/0", problem: "cut off" }),
    new ReasonError("terrain_dem_asset_unavailable", "x", { source: "tiles", problem: "gone" }),
    new ReasonError("terrain_tile_budget_exceeded", "x", { limit: 96, needed: 97 }),
    new ReasonError("terrain_region_unsupported", "x", { bbox: [0, 0, 1, 1] }),
    new ReasonError("terrain_dem_url_missing", "x", {}),
    new ReasonError("terrain_decoder_overloaded", "x", { waiting: 128, retryAfterS: 1 }),
  ];
  it.each(errors.map((error): [ReasonCode, ReasonError] => [error.reasonCode, error]))(
    "%s with its data, for points and lines",
    async (code, error) => {
      for (const body of [
        { points: [[1.5, 42.5]] },
        {
          line: [
            [1.5, 42.5],
            [1.6, 42.5],
          ],
        },
      ]) {
        const response = await ask(body, await failing(error));
        expect(response.status).toBe(REASON_HTTP[code].status);
        expect(await problemOf(response)).toMatchObject({
          reasonCode: code,
          details: error.details,
        });
      }
    },
  );

  it("a damaged tile as such, not as a void", async () => {
    const damaged = new Map([...TILES].map(([name, bytes]) => [name, bytes.subarray(0, 900)]));
    const terrain = await terrainOver(createMemoryTileSource(damaged));
    const problem = await problemOf(await ask({ points: [[1.5, 42.5]] }, terrain));
    expect(problem.reasonCode).toBe("terrain_tile_corrupt");
  });

  it("a bug as ours, without its message", async () => {
    const response = await ask({ points: [[1.5, 42.5]] }, await failing(new TypeError("secret")));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
  });

  it("that the client left, which ends the sampling and is no fault of ours", async () => {
    const client = new AbortController();
    const started = Promise.withResolvers<AbortSignal | undefined>();
    const waiting: ElevationSampler = {
      source: INFO,
      sample: (_lonLat, _outM, options) => {
        started.resolve(options?.signal);
        return new Promise((_resolve, reject) => {
          options?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
        });
      },
    };
    const { app, log } = createTestApp({ terrain: await terrainWith(waiting) });
    const response = app.request("/elevation", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ points: [[1.5, 42.5]] }),
      signal: client.signal,
    });
    expect(await started.promise).toBeDefined();
    client.abort();
    expect((await problemOf(await response)).reasonCode).toBe("planner_stopped");
    expect(log.filter((line) => line.level === "error")).toEqual([]);
  });
});
