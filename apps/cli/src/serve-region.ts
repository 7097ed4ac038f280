import { existsSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";

import {
  type ActivationResult,
  createApp,
  createJsonLogger,
  createRegionHost,
  type DemoTrip,
  parseServerSettings,
  type RunningServer,
  serve,
} from "@gradeway/api";
import {
  activeDirectory,
  type AssetStore,
  feedStatus,
  type OpenRegionOptions,
} from "@gradeway/model-assets";
import { ReasonError } from "@gradeway/reason-codes";

import { followHome } from "./follow-home.ts";
import { loadVersion } from "./load-version.ts";
import { invalidArgument } from "./command-arguments.ts";
import { type OpenedFeeds, openFeeds } from "./open-feeds.ts";
import { openRegionTerrain } from "./region-terrain.ts";
import { serveFeeds } from "./serve-feeds.ts";
import { refusingRanges } from "./terrain-arguments.ts";

/** A server over one region. */
export interface RegionServer extends RunningServer {
  /** Resolves when requests can be planned; rejects when the region cannot be used. */
  readonly ready: Promise<void>;
  /** Looks now whether the region home points to another version. */
  refresh(): Promise<void>;
}

/** Time between two looks at the pointer of a region home. */
const LOOK_EVERY_MS = 2000;

/** What to serve, and where. */
export interface ServeRegionOptions {
  /** A region directory, a region home, or a store that holds a region. */
  readonly directory: string | AssetStore;
  /** Which regions are trusted, and what is remembered of them. */
  readonly trust?: Pick<OpenRegionOptions, "policy" | "accepted">;
  readonly port: number;
  readonly host?: string;
  readonly demo?: DemoTrip;
  /** File of feeds that bring live figures; the region is a directory or a home then. */
  readonly feeds?: string | undefined;
  /** Elevation tiles: a directory or a URL template; default: the template of the environment. */
  readonly tiles?: string | undefined;
  /** More hosts that tiles may come from, separated by commas. */
  readonly tilesHost?: string | undefined;
  /** Credit that the tiles ask for. */
  readonly tilesAttribution?: string | undefined;
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
 *
 * @throws {ReasonError} request_invalid when a variable of the environment, the host or the port
 *   cannot be used; the reasons of tiles and of a signed snapshot that cannot
 */
export async function serveRegion(options: ServeRegionOptions): Promise<RegionServer> {
  const { directory, environment } = options;
  const feeds = await feedsOf(options);
  const { threads, maxQueue, weightsMaxBytes, batchConcurrency } = refusingRanges(() =>
    parseServerSettings(environment),
  );
  const logger = createJsonLogger(
    (line) => process.stderr.write(line),
    () => new Date(),
  );
  const terrain = await openRegionTerrain(
    {
      region: typeof directory === "string" ? directory : undefined,
      environment,
      tiles: options.tiles,
      hosts: options.tilesHost,
      attribution: options.tilesAttribution,
    },
    (event, facts) => logger.warn(event, facts),
  );
  const host = createRegionHost({
    now: () => new Date(),
    onFault: (error) => logger.error("region_fault", { problem: String(error) }),
  });
  const app = createApp({
    region: () => host.region(),
    activation: () => host.status(),
    ...(feeds === undefined
      ? {}
      : {
          feeds: () =>
            feedStatus(
              feeds.folder,
              Date.now(),
              feeds.feeds.map(({ id }) => id),
            ),
        }),
    terrain,
    batchConcurrency,
    page: builtPage(),
    now: () => performance.now(),
    requestId: () => randomUUID(),
    logger: options.logRequests === false ? { ...logger, info: () => undefined } : logger,
  });
  const server = await serve({
    app,
    port: options.port,
    ...(options.host === undefined ? {} : { host: options.host }),
  }).catch(async (error: unknown) => {
    await terrain.close();
    await feeds?.close();
    throw listenFailure(error, options) ?? error;
  });
  const activate = (): Promise<ActivationResult> =>
    host.activate(() =>
      loadVersion({
        directory,
        trust: options.trust,
        live: feeds,
        demo: options.demo,
        threads,
        maxQueue,
        weightsMaxBytes,
      }),
    );
  const logActivation = ({ error: _, ...result }: ActivationResult): void =>
    logger[result.outcome === "refused" ? "error" : "warn"]("region_activation", result);
  const follower =
    typeof directory === "string"
      ? await followHome({
          home: directory,
          activate,
          everyMs: LOOK_EVERY_MS,
          onActivation: logActivation,
          onFault: (error) => logger.error("region_pointer", { problem: String(error) }),
        })
      : undefined;
  const ready = activate().then(({ outcome, error }) => {
    if (outcome === "refused") throw error;
  });
  const schedule =
    feeds === undefined
      ? undefined
      : serveFeeds({
          feeds,
          region: () =>
            typeof directory === "string" ? activeDirectory(directory) : Promise.resolve(directory),
          activate,
          onRefresh: ({ id, lastAttempt }) =>
            logger[lastAttempt.outcome === "refused" ? "error" : "info"]("feed_refresh", {
              feed: id,
              ...lastAttempt,
            }),
          onPublish: logActivation,
          onFault: (error) => logger.error("feed_fault", { problem: String(error) }),
        });
  return {
    url: server.url,
    port: server.port,
    ready,
    async refresh() {
      await follower?.look();
    },
    async close(graceMs) {
      follower?.stop();
      await schedule?.stop();
      await feeds?.close();
      await server.close(graceMs);
      await host.close(graceMs);
      await terrain.close();
    },
  };
}

/** @throws {ReasonError} request_invalid for a region without a folder to keep live rows in */
async function feedsOf({ directory, feeds }: ServeRegionOptions): Promise<OpenedFeeds | undefined> {
  if (feeds === undefined) return undefined;
  if (typeof directory === "string") return openFeeds(directory, feeds);
  throw invalidArgument("feeds", "live figures are kept on disk: the region must be a directory");
}

/** Explains why a server cannot listen; undefined when neither host nor port is to blame. */
function listenFailure(
  error: unknown,
  { port, host = "127.0.0.1" }: ServeRegionOptions,
): ReasonError | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "EADDRINUSE") {
    return invalid("/port", `Port ${port} of ${host} is in use; choose another one.`, error);
  }
  if (code === "EACCES") {
    return invalid("/port", `Port ${port} of ${host} may not be used by this user.`, error);
  }
  const hostProblems = ["ENOTFOUND", "EAI_AGAIN", "EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"];
  if (!hostProblems.includes(code)) return undefined;
  return invalid("/host", `"${host}" is not an address of this machine (${code}).`, error);
}

function invalid(pointer: string, message: string, cause: unknown): ReasonError<"request_invalid"> {
  return new ReasonError("request_invalid", message, { issues: [{ pointer, message }] }, { cause });
}
