import { join } from "node:path";

import {
  createHttpClient,
  type FeedDefinition,
  FEEDS_FOLDER,
  type HttpClient,
  type LiveSource,
  parseFeeds,
} from "@gradeway/model-assets";
import { createSafeFetch, type SafeFetch } from "@gradeway/terrain-tiles";

import { invalidArgument } from "./command-arguments.ts";
import { localDirectory } from "./open-store.ts";
import { readArgumentFile } from "./trust-arguments.ts";

/** Time in milliseconds for which a feed may be silent. */
const SILENCE_MS = 10_000;

/** Feeds of a region directory or a region home, with connections of their own. */
export interface OpenedFeeds extends LiveSource {
  /** One client per feed, which reaches the hosts of that feed only. */
  clientOf(feed: FeedDefinition): HttpClient;
  close(): Promise<void>;
}

/**
 * Reads the file of feeds that a command line names, for whoever only wants the rows that are in force.
 * They lie beside the region, or in its home, where they outlast a switch of versions.
 *
 * @param region - what the command line names as a region; the rows are on disk, so a directory or a home
 * @throws {ReasonError} request_invalid for another one, asset_missing for a file that cannot be read,
 *   asset_invalid, asset_field_unknown
 */
export async function liveSource(region: string, file: string): Promise<LiveSource> {
  if (localDirectory(region) === undefined) {
    throw invalidArgument("feeds", "live figures are kept on disk: the region must be a directory");
  }
  const feeds = parseFeeds(Buffer.from(await readArgumentFile("feeds", file)));
  return { folder: join(region, FEEDS_FOLDER), feeds };
}

/**
 * Opens the feeds of a file, to refresh them.
 *
 * @throws {ReasonError} those of {@link liveSource}
 */
export async function openFeeds(region: string, file: string): Promise<OpenedFeeds> {
  const source = await liveSource(region, file);
  const fetches: SafeFetch[] = [];
  const clients = new Map<string, HttpClient>();
  for (const { id, allowedHosts } of source.feeds) {
    const fetch = createSafeFetch({ allowedHosts, allowLoopback: "named" });
    fetches.push(fetch);
    clients.set(id, createHttpClient({ fetch, timeoutMs: SILENCE_MS }));
  }
  return {
    ...source,
    clientOf: ({ id }) => clients.get(id)!,
    async close() {
      await Promise.all(fetches.map((fetch) => fetch.close()));
    },
  };
}
