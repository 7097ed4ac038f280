import type { Hono } from "hono";

import type { AppEnv } from "../app-deps.ts";
import { requireRegion } from "./require-region.ts";

/** `GET /health` (the process lives) and `GET /health/ready` (it can plan). */
export function addHealthRoutes(app: Hono<AppEnv>): void {
  app.get("/health", (context) =>
    context.json({ status: "ok" }, 200, { "cache-control": "no-store" }),
  );
  app.get("/health/ready", (context) => {
    const { summary, assets: report } = requireRegion(context);
    const { name, synthetic, nodeCount, edgeCount } = summary;
    // A kind that the region never had takes nothing away from it.
    const assets = report()
      .assets.filter(({ sha256, isRequired }) => sha256 !== undefined || isRequired)
      .map(({ name: asset, state, reasonCode }) => ({
        name: asset,
        state,
        ...(reasonCode === undefined ? {} : { reasonCode }),
      }));
    // Trips can be planned on stale data; a request that wants to know asks for the list.
    const status = assets.every(({ state }) => state === "ready") ? "ready" : "degraded";
    return context.json(
      { status, region: { name, synthetic, nodeCount, edgeCount }, assets },
      200,
      { "cache-control": "no-store" },
    );
  });
}
