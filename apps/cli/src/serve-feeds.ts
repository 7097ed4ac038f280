import type { ActivationResult } from "@gradeway/api";
import {
  type AssetStore,
  type FeedSchedule,
  type FeedState,
  readFeedBase,
  refreshFeed,
  startFeedSchedule,
} from "@gradeway/model-assets";

import type { OpenedFeeds } from "./open-feeds.ts";

/** What refreshing the feeds of a server needs. */
export interface ServeFeedsOptions {
  readonly feeds: OpenedFeeds;
  /** The version of the region in use; asked before every refresh. */
  readonly region: () => Promise<AssetStore | string>;
  /** Loads the region with the rows in force and switches to it. */
  readonly activate: () => Promise<ActivationResult>;
  readonly onRefresh: (state: FeedState) => void;
  readonly onPublish: (result: ActivationResult) => void;
  readonly onFault: (error: unknown) => void;
}

/** Refreshes feeds until it is stopped, and serves what they bring. */
export function serveFeeds(options: ServeFeedsOptions): FeedSchedule {
  const { feeds, region, activate, onRefresh, onPublish, onFault } = options;
  return startFeedSchedule({
    feeds: feeds.feeds,
    refresh: async (feed, signal) =>
      refreshFeed({
        feed,
        folder: feeds.folder,
        base: await readFeedBase(await region()),
        client: feeds.clientOf(feed),
        nowMs: () => Date.now(),
        signal,
      }),
    async publish() {
      const result = await activate();
      onPublish(result);
      return result.outcome !== "refused";
    },
    onRefresh,
    onFault,
    random: () => Math.random(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  });
}
