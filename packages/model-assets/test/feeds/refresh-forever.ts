import { join } from "node:path";

import { createSafeFetch } from "@gradeway/terrain-tiles";
import { startLoopbackFileServer } from "@gradeway/test-kit";

import { createHttpClient, FEEDS_FOLDER, readFeedBase, refreshFeed } from "../../src/index.ts";
import { definitionOf, dieselRow, json, parseFeed, TODAY } from "./feed-fixture.ts";

/** Refreshes the feed of a region with one of two prices in turn, until it is killed. */
const region = process.argv[2]!;
const files = new Map<string, Uint8Array>();
const server = await startLoopbackFileServer({ files });
const fetch = createSafeFetch({ allowedHosts: [server.host], allowLoopback: "named" });
const options = {
  feed: parseFeed(definitionOf(server.host)),
  folder: join(region, FEEDS_FOLDER),
  base: await readFeedBase(region),
  client: createHttpClient({ fetch }),
  nowMs: () => TODAY,
};
for (let round = 0; round < 10_000; round++) {
  files.set("/diesel.json", json([dieselRow(round % 2 === 0 ? 1.31 : 1.32)]));
  const { lastAttempt } = await refreshFeed(options);
  process.stdout.write(`${lastAttempt.outcome}\n`);
}
