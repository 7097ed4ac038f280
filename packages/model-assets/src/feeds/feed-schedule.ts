import type { FeedDefinition } from "./feed-definition.ts";
import type { FeedState } from "./feed-state.ts";

/** Share of the interval by which a refresh comes later, at most, so that replicas spread out. */
const JITTER_RATIO = 0.1;

/** What a schedule needs. */
export interface FeedScheduleOptions {
  readonly feeds: readonly FeedDefinition[];
  readonly refresh: (feed: FeedDefinition, signal: AbortSignal) => Promise<FeedState>;
  /**
   * Puts the rows in force into use.
   *
   * @returns whether that went well; it is tried again after the next refresh otherwise
   */
  readonly publish: () => Promise<boolean>;
  /** Learns of every refresh. */
  readonly onRefresh?: (state: FeedState) => void;
  /** Learns of what should not happen, such as a disk that cannot be read. */
  readonly onFault: (error: unknown) => void;
  /** A random number from 0 up to 1. */
  readonly random: () => number;
  /** Calls back once after a time in milliseconds; the returned function calls it off. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** A running schedule. */
export interface FeedSchedule {
  /** Ends it; requests that are under way are broken off. */
  stop(): Promise<void>;
}

/** Refreshes each feed at once and then again and again, one refresh of a feed at a time. */
export function startFeedSchedule(options: FeedScheduleOptions): FeedSchedule {
  const { feeds, refresh, publish, onRefresh, onFault, random, after } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = new Set<Promise<void>>();
  const waiting = new Set<() => void>();
  let isPublished = true;

  async function refreshOnce(feed: FeedDefinition): Promise<void> {
    try {
      const state = await refresh(feed, signal);
      onRefresh?.(state);
      if (state.lastAttempt.outcome === "updated") isPublished = false;
      if (isPublished || signal.aborted) return;
      // Set first: rows that come while these are published have to be published, too.
      isPublished = true;
      if (!(await publish())) isPublished = false;
    } catch (error) {
      if (!signal.aborted) onFault(error);
    }
  }

  function run(feed: FeedDefinition): void {
    const refreshed = refreshOnce(feed).finally(() => {
      running.delete(refreshed);
      if (signal.aborted) return;
      const delayMs = feed.refreshEveryS * 1000 * (1 + JITTER_RATIO * random());
      const callOff = after(delayMs, () => {
        waiting.delete(callOff);
        run(feed);
      });
      waiting.add(callOff);
    });
    running.add(refreshed);
  }

  for (const feed of feeds) run(feed);
  return {
    async stop() {
      stopping.abort();
      for (const callOff of waiting) callOff();
      waiting.clear();
      await Promise.all(running);
    },
  };
}
