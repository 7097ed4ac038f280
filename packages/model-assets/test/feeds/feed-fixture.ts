import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { createSafeFetch } from "@gradeway/terrain-tiles";
import { type FileFault, startLoopbackFileServer } from "@gradeway/test-kit";

import {
  type BuildRegionOptions,
  createHttpClient,
  type FeedDefinition,
  FEEDS_FOLDER,
  feedStatus,
  type FeedState,
  type HttpClientOptions,
  type LiveSource,
  parseFeeds,
  readFeedBase,
  refreshFeed,
} from "../../src/index.ts";
import { buildSmallRegion, withTemporaryDirectory } from "../small-region.ts";

export const TODAY = Date.UTC(2026, 2, 10, 12);

/** A diesel price as a feed sends it. */
export const dieselRow = (value: unknown, validFrom = "2026-03-09", more: object = {}) => ({
  id: "fuel.diesel",
  value,
  unit: "EUR/l",
  validFrom,
  source: "what the feed says",
  licence: "whatever",
  provenance: "assumed",
  ...more,
});

/** The bytes of rows. */
export const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** A region of six junctions with a feed of diesel prices on this machine. */
export interface FeedStand {
  readonly region: string;
  readonly feed: FeedDefinition;
  readonly live: LiveSource;
  /** What the server sends, by path. */
  readonly files: Map<string, Uint8Array>;
  readonly redirects: Map<string, string>;
  readonly requests: readonly { readonly headers: Record<string, unknown> }[];
  readonly host: string;
  fault: FileFault | undefined;
  nowMs: number;
  readonly send: (body: unknown) => void;
  refresh(feed?: FeedDefinition): Promise<FeedState>;
  status(): ReturnType<typeof feedStatus>;
  /** All files of the feed by name, without its state. */
  rowFiles(): Promise<Readonly<Record<string, string>>>;
}

/** A definition as an operator writes it. */
export const definitionOf = (host: string, more: object = {}) => ({
  id: "diesel",
  url: `http://${host}/diesel.json?key=secret`,
  allowedHosts: [host],
  format: "gradeway-rows",
  kind: "fuel-prices",
  targets: [{ id: "fuel.diesel", min: 0.5, max: 20, maxChangeRatio: 0.5 }],
  refreshEveryS: 3600,
  maxAgeDays: 14,
  origin: { source: "A price list", publisher: "Somebody", licence: "CC0", provenance: "official" },
  ...more,
});

/** Reads one definition as the file of feeds would have it. */
export function parseFeed(definition: object): FeedDefinition {
  return parseFeeds(json({ format: 1, feeds: [definition] }))[0]!;
}

/** Runs a test with a region and a server that sends what the test says. */
export async function withFeed(
  run: (stand: FeedStand) => Promise<void>,
  clientOptions: Partial<HttpClientOptions> = {},
  build: Partial<BuildRegionOptions> = {},
): Promise<void> {
  await withTemporaryDirectory(async (root) => {
    const region = join(root, "region");
    await buildSmallRegion(region, build);
    const files = new Map<string, Uint8Array>();
    const redirects = new Map<string, string>();
    const server = await startLoopbackFileServer({
      files,
      redirects,
      faults: () => stand.fault,
    });
    const fetch = createSafeFetch({ allowedHosts: [server.host], allowLoopback: "named" });
    const feed = parseFeed(definitionOf(server.host));
    const folder = join(region, FEEDS_FOLDER);
    const base = await readFeedBase(region);
    const client = createHttpClient({
      fetch,
      retries: 1,
      retryDelayMs: 1,
      timeoutMs: 200,
      breakerFailures: 1000,
      ...clientOptions,
    });
    const stand: FeedStand = {
      region,
      feed,
      live: { folder, feeds: [feed] },
      files,
      redirects,
      requests: server.requests,
      host: server.host,
      fault: undefined,
      nowMs: TODAY,
      send: (body) =>
        void files.set("/diesel.json", body instanceof Uint8Array ? body : json(body)),
      refresh: (each = feed) =>
        refreshFeed({ feed: each, folder, base, client, nowMs: () => stand.nowMs }),
      status: () => feedStatus(folder, stand.nowMs),
      async rowFiles() {
        const names = (await readdir(join(folder, "diesel"))).filter((name) =>
          name.startsWith("rows-"),
        );
        const contents = names.map(async (name) => [
          name,
          await readFile(join(folder, "diesel", name), "utf8").catch(() => "a folder"),
        ]);
        return Object.fromEntries(await Promise.all(contents)) as Record<string, string>;
      },
    };
    try {
      await run(stand);
    } finally {
      await fetch.close();
      await server.close();
    }
  });
}
