import type { Hono } from "hono";

import type { AppDeps, AppEnv } from "../app-deps.ts";

/** `GET /feeds`: what each feed of live figures last brought, and what is in force. */
export function addFeedRoute(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get("/feeds", async (context) =>
    context.json({ feeds: (await deps.feeds?.()) ?? [] }, 200, { "cache-control": "no-store" }),
  );
}
