import { writeFile } from "node:fs/promises";
import path from "node:path";

import { createHttpClient, parseFeeds, readFeedBase, refreshFeed } from "@gradeway/model-assets";
import { createSafeFetch } from "@gradeway/terrain-tiles";
import { startLoopbackFileServer } from "@gradeway/test-kit";

import type { ProvocationStand } from "./provocation-stand.ts";

const FIGURE = "fuel.diesel";
const FEED = "diesel";
const FEED_PATH = "/diesel.json";
const DAY_MS = 86_400_000;
const MAX_AGE_DAYS = 14;
/** Today is so many days after the day from which the region's own price holds. */
const DAYS_LATER = 40;

/** What a feed brings. */
interface Brought {
  /** In multiples of the region's own price. */
  readonly times: number;
  /** Days after the day from which the region's own price holds. */
  readonly day: number;
}

/** Feeds of live prices whose answers cannot come into force. */
export function feedProvocations(stand: ProvocationStand) {
  const fine: Brought = { times: 1.05, day: DAYS_LATER };
  return {
    feed_figure_implausible: () => refreshWith(stand, { ...fine, times: 10 }),
    feed_data_expired: () => refreshWith(stand, { ...fine, day: DAYS_LATER - MAX_AGE_DAYS - 1 }),
    feed_data_future: () => refreshWith(stand, { ...fine, day: DAYS_LATER + 3 }),
    feed_data_outdated: () => refreshWith(stand, { ...fine, day: -1 }, { maxAgeDays: 365 }),
    feed_not_kept: async () => {
      // A file in the place of the folder that the rows would go to.
      const folder = await stand.newDirectory();
      await writeFile(path.join(folder, FEED), "");
      return refreshWith(stand, fine, { folder });
    },
  };
}

/** The code with which a feed is refused whose server sends one price of diesel. */
async function refreshWith(
  stand: ProvocationStand,
  { times, day }: Brought,
  options: { readonly maxAgeDays?: number; readonly folder?: string } = {},
): Promise<unknown> {
  const { maxAgeDays = MAX_AGE_DAYS, folder = await stand.newDirectory() } = options;
  const base = await readFeedBase(stand.directory);
  const own = base.tables["fuel-prices"].find(({ id }) => id === FIGURE)!;
  const ownMs = Date.parse(own.validFrom);
  const validFrom = new Date(ownMs + day * DAY_MS).toISOString().slice(0, 10);
  const row = { ...own, value: own.value * times, validFrom };
  const server = await startLoopbackFileServer({
    files: new Map([[FEED_PATH, Buffer.from(JSON.stringify([row]))]]),
  });
  stand.atEnd(() => server.close());
  const fetch = createSafeFetch({ allowedHosts: [server.host], allowLoopback: "named" });
  stand.atEnd(() => fetch.close());
  const definition = {
    id: FEED,
    url: `${server.origin}${FEED_PATH}`,
    allowedHosts: [server.host],
    format: "gradeway-rows",
    kind: "fuel-prices",
    targets: [{ id: FIGURE, min: own.value / 3, max: own.value * 3, maxChangeRatio: 0.5 }],
    refreshEveryS: 3600,
    maxAgeDays,
    origin: {
      source: "a provocation",
      publisher: "nobody",
      licence: "CC0-1.0",
      provenance: "assumed",
    },
  };
  const feeds = Buffer.from(JSON.stringify({ format: 1, feeds: [definition] }));
  const { lastAttempt } = await refreshFeed({
    feed: parseFeeds(feeds)[0]!,
    folder,
    base,
    client: createHttpClient({ fetch, retryDelayMs: 1 }),
    nowMs: () => ownMs + DAYS_LATER * DAY_MS,
  });
  return lastAttempt.reasonCode ?? lastAttempt.outcome;
}
