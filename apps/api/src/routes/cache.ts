import type { Hono } from "hono";

import type { AppEnv } from "../app-deps.ts";
import { requireRegion } from "./require-region.ts";

/** `GET /cache/stats`: what the region's planner keeps between requests, for an operator. */
export function addCacheRoute(app: Hono<AppEnv>): void {
  app.get("/cache/stats", (context) =>
    context.json({ costings: requireRegion(context).costings?.() ?? null }, 200, {
      "cache-control": "no-store",
    }),
  );
}
