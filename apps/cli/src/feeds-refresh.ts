import { feedStatus, readFeedBase, refreshFeed } from "@gradeway/model-assets";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { describeFeeds } from "./describe-feeds.ts";
import { openFeeds } from "./open-feeds.ts";
import { openStore } from "./open-store.ts";

const args = {
  region: {
    type: "string",
    required: true,
    valueHint: "DIR",
    description: "Region directory or region home",
  },
  feeds: { type: "string", required: true, valueHint: "FILE.json", description: "Feeds to ask" },
  json: { type: "boolean", default: false, description: "Print the state of the feeds as JSON" },
} as const;

/** `gradeway feeds refresh` */
export const feedsRefresh = defineCommand({
  meta: { name: "gradeway feeds refresh", description: "Ask every feed once for live figures" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const feeds = await openFeeds(given.region, given.feeds);
    const nowMs = (): number => Date.now();
    let isRefused = false;
    try {
      const base = await readFeedBase(await openStore("region", given.region, process.env));
      for (const feed of feeds.feeds) {
        const { folder } = feeds;
        const client = feeds.clientOf(feed);
        const { lastAttempt } = await refreshFeed({ feed, folder, base, client, nowMs });
        isRefused ||= lastAttempt.outcome === "refused";
      }
    } finally {
      await feeds.close();
    }
    const ids = feeds.feeds.map(({ id }) => id);
    const status = await feedStatus(feeds.folder, nowMs(), ids);
    console.log(given.json ? JSON.stringify(status, undefined, 2) : describeFeeds(status));
    if (isRefused) process.exitCode = 1;
  },
});
