import { join } from "node:path";

import { FEEDS_FOLDER, feedStatus } from "@gradeway/model-assets";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { describeFeeds } from "./describe-feeds.ts";

const args = {
  region: {
    type: "string",
    required: true,
    valueHint: "DIR",
    description: "Region directory or region home",
  },
  json: { type: "boolean", default: false, description: "Print the state of the feeds as JSON" },
} as const;

/** `gradeway feeds status` */
export const feedsStatus = defineCommand({
  meta: { name: "gradeway feeds status", description: "Show what feeds brought, and when" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const status = await feedStatus(join(given.region, FEEDS_FOLDER), Date.now());
    console.log(given.json ? JSON.stringify(status, undefined, 2) : describeFeeds(status));
  },
});
