import { existsSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";

import {
  createApp,
  createJsonLogger,
  createPlannerPool,
  createRoadTiles,
  parseServerSettings,
  serve,
  type DemoTrip,
  type RunningServer,
  type ServedRegion,
} from "@gradeway/api";
import { loadRegion } from "@gradeway/model-assets";
import { decodeGraph, roadFeatures } from "@gradeway/route-core";
import type { ElevationSampler } from "@gradeway/terrain-tiles";

/** A server over one region. */
export interface RegionServer extends RunningServer {
  /** Resolves when requests can be planned; rejects when the region cannot be used. */
  readonly ready: Promise<void>;
}

/** What to serve, and where. */
export interface ServeRegionOptions {
  readonly directory: string;
  readonly port: number;
  readonly host?: string;
  readonly demo?: DemoTrip;
  /** Heights for `POST /elevation`; without it the server says that it has none. */
  readonly elevation?: ElevationSampler;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether every request is logged, or only what went wrong; default true. */
  readonly logRequests?: boolean;
}

/** Directory of the built page, or undefined when it has not been built. */
export function builtPage(): string | undefined {
  const directory = fileURLToPath(new URL("../../api/dist/page", import.meta.url));
  return existsSync(directory) ? directory : undefined;
}

/**
 * Starts a server at once and loads the region behind it; until then `/health/ready` says that it
 * is warming up.
 */
export async function serveRegion(options: ServeRegionOptions): Promise<RegionServer> {
  const settings = parseServerSettings(options.environment);
  let region: ServedRegion | undefined;
  let closePool: () => Promise<void> = () => Promise.resolve();
  const logger = createJsonLogger(
    (line) => process.stderr.write(line),
    () => new Date(),
  );
  const app = createApp({
    region: () => region,
    elevation: options.elevation,
    page: builtPage(),
    now: () => performance.now(),
    requestId: () => randomUUID(),
    logger: options.logRequests === false ? { ...logger, info: () => undefined } : logger,
  });
  const server = await serve({
    app,
    port: options.port,
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  const load = async (): Promise<void> => {
    const regionData = await loadRegion(options.directory);
    const pool = await createPlannerPool({ regionData, ...settings });
    closePool = () => pool.close();
    region = {
      summary: pool.summary,
      planner: pool,
      roads: createRoadTiles(roadFeatures(decodeGraph(regionData.graph))),
      ...(options.demo === undefined ? {} : { demo: options.demo }),
    };
  };
  const ready = load();
  return {
    url: server.url,
    port: server.port,
    ready,
    async close(graceMs) {
      await server.close(graceMs);
      await closePool();
    },
  };
}
