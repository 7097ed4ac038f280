import type { Hono } from "hono";

import type { AppDeps, AppEnv } from "../app-deps.ts";
import { requireRegion } from "./require-region.ts";

/** `GET /health` (the process lives) and `GET /health/ready` (it can plan). */
export function addHealthRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get("/health", (context) =>
    context.json({ status: "ok" }, 200, { "cache-control": "no-store" }),
  );
  app.get("/health/ready", (context) => {
    const { name, synthetic, nodeCount, edgeCount } = requireRegion(deps).summary;
    return context.json(
      { status: "ready", region: { name, synthetic, nodeCount, edgeCount } },
      200,
      { "cache-control": "no-store" },
    );
  });
}
