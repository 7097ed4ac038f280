import { diffRegions, openRegion } from "@gradeway/model-assets";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { describeDiff } from "./describe-diff.ts";
import { openStore } from "./open-store.ts";

const args = {
  before: { type: "positional", required: true, description: "The older region" },
  after: { type: "positional", required: true, description: "The newer region" },
  json: { type: "boolean", default: false, description: "Print all differences as JSON" },
} as const;

/** `gradeway region diff A B` */
export const regionDiff = defineCommand({
  meta: {
    name: "gradeway region diff",
    description: "Tell what changed between two regions: roads, limits, turns, tolls, figures",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    // One after the other: two graphs are in memory anyway, but not twice.
    const before = await openRegion(await openStore("before", given.before, process.env));
    const after = await openRegion(await openStore("after", given.after, process.env));
    const diff = diffRegions(before, after);
    console.log(given.json ? JSON.stringify(diff, undefined, 2) : describeDiff(diff));
  },
});
