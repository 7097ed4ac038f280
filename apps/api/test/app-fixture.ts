import type { Hono } from "hono";

import { type AppDeps, type AppEnv, createApp } from "../src/index.ts";
import { createFakeRegion } from "./fake-region.ts";

/** A small valid request inside the fake region. */
export const TRIP = { origin: [7.05, 49.05], destination: [7.3, 49.15] } as const;

/** One line of the test logger. */
export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>> | undefined;
}

/** An application with the fake region; single parts can be replaced. */
export function createTestApp(overrides: Partial<AppDeps> = {}): {
  readonly app: Hono<AppEnv>;
  readonly log: LogLine[];
} {
  const log: LogLine[] = [];
  const region = createFakeRegion();
  const record =
    (level: string) =>
    (event: string, facts?: Readonly<Record<string, unknown>>): void => {
      log.push({ level, event, facts });
    };
  let nextId = 1;
  const app = createApp({
    region: () => region,
    now: () => 0,
    requestId: () => `req-${nextId++}`,
    logger: { info: record("info"), warn: record("warn"), error: record("error") },
    ...overrides,
  });
  return { app, log };
}

/** Sends JSON by POST. */
export async function post(
  app: Hono<AppEnv>,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return app.request(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
