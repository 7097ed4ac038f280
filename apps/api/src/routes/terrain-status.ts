import type { Hono } from "hono";

import type { AppDeps, AppEnv } from "../app-deps.ts";
import { requireTerrain } from "./require-terrain.ts";

/** `GET /terrain/status`: the state of the live source, the caches and the threads, for an operator. */
export function addTerrainStatusRoute(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get("/terrain/status", (context) => {
    const terrain = requireTerrain(deps);
    const { memory, disk, diskFailures, decoding } = terrain.live.stats();
    return context.json(
      {
        source: terrain.live.info.name,
        hasSource: terrain.hasSource,
        circuit: terrain.circuit() ?? null,
        memory,
        disk: disk ?? null,
        diskFailures,
        decoding: decoding ?? null,
      },
      200,
      { "cache-control": "no-store" },
    );
  });
}
