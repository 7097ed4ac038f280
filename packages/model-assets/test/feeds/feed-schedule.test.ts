import { expect, it } from "vitest";

import { type FeedScheduleOptions, type FeedState, startFeedSchedule } from "../../src/index.ts";
import { definitionOf, parseFeed } from "./feed-fixture.ts";

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A schedule whose time stands still until the test moves it. */
function start(outcomes: string[], publishes: boolean[] = []) {
  const feed = parseFeed(
    definitionOf("prices.example.org", { url: "https://prices.example.org/" }),
  );
  const waiting: { delayMs: number; run: () => void }[] = [];
  const seen = { refreshes: 0, atOnce: 0, most: 0, published: 0, faults: [] as unknown[] };
  let hold: Promise<void> | undefined;
  const options: FeedScheduleOptions = {
    feeds: [feed],
    async refresh(_, signal) {
      seen.refreshes += 1;
      seen.most = Math.max(seen.most, ++seen.atOnce);
      await hold;
      seen.atOnce -= 1;
      signal.throwIfAborted();
      const outcome = outcomes.shift() ?? "unchanged";
      if (outcome === "fault") throw new Error("the disk is gone");
      return { lastAttempt: { outcome } } as FeedState;
    },
    publish: () => Promise.resolve((seen.published += 1) > 0 && (publishes.shift() ?? true)),
    onFault: (error) => void seen.faults.push(error),
    random: () => 0.5,
    after(delayMs, run) {
      const entry = { delayMs, run };
      waiting.push(entry);
      return () => void waiting.splice(waiting.indexOf(entry), 1);
    },
  };
  return {
    seen,
    waiting,
    schedule: startFeedSchedule(options),
    holdNext: (until: Promise<void>): void => {
      hold = until;
    },
    next: async (): Promise<void> => {
      waiting.shift()!.run();
      await settle();
    },
  };
}

it("refreshes at once and then after the interval with some delay", async () => {
  const { seen, waiting, schedule, next } = start(["updated", "unchanged", "refused"]);
  await settle();
  expect(waiting.map(({ delayMs }) => delayMs)).toEqual([3600 * 1000 * 1.05]);
  await next();
  await next();
  expect(seen).toMatchObject({ refreshes: 3, most: 1, published: 1, faults: [] });
  await schedule.stop();
  expect(waiting).toEqual([]);
});

it("publishes again what could not be published, and goes on after a fault", async () => {
  const { seen, schedule, next } = start(["updated", "fault", "unchanged", "unchanged"], [false]);
  await settle();
  await next();
  expect(seen.faults).toHaveLength(1);
  await next();
  await next();
  expect(seen).toMatchObject({ refreshes: 4, published: 2 });
  await schedule.stop();
});

it("stops only when what is under way has ended, and starts nothing more", async () => {
  const { seen, waiting, schedule, holdNext, next } = start(["unchanged", "updated"]);
  await settle();
  const { promise, resolve } = Promise.withResolvers<void>();
  holdNext(promise);
  await next();
  let isStopped = false;
  const stopped = schedule.stop().then(() => (isStopped = true));
  await settle();
  expect(isStopped).toBe(false);
  resolve();
  await stopped;
  expect(waiting).toEqual([]);
  expect(seen).toMatchObject({ refreshes: 2, published: 0, faults: [] });
});
