import { pruneVersions } from "@gradeway/model-assets";
import { defineCommand } from "citty";

import { invalidArgument, parseNumber, refuseUnknown } from "./command-arguments.ts";

const DAY_MS = 86_400_000;

const args = {
  home: { type: "string", required: true, valueHint: "DIR", description: "Region home" },
  keep: { type: "string", valueHint: "NUMBER", description: "Most versions to keep" },
  "max-age-days": { type: "string", valueHint: "DAYS", description: "Oldest version to keep" },
  "max-mb": { type: "string", valueHint: "MB", description: "Size of all versions together" },
  json: { type: "boolean", default: false, description: "Print what was removed as JSON" },
} as const;

/** `gradeway region prune` */
export const regionPrune = defineCommand({
  meta: {
    name: "gradeway region prune",
    description: "Remove old versions, never the active and the previous one",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const limit = (name: "keep" | "max-age-days" | "max-mb"): number | undefined => {
      const text = given[name];
      if (text === undefined) return undefined;
      const value = parseNumber(name, text);
      if (value >= 0) return value;
      throw invalidArgument(name, `expected a number that is not negative, got ${text}`);
    };
    const [maxVersions, days, mb] = [limit("keep"), limit("max-age-days"), limit("max-mb")];
    if (maxVersions === undefined && days === undefined && mb === undefined) {
      throw invalidArgument("keep", "name at least one limit");
    }
    const pruned = await pruneVersions(
      given.home,
      {
        ...(maxVersions === undefined ? {} : { maxVersions }),
        ...(days === undefined ? {} : { maxAgeMs: days * DAY_MS }),
        ...(mb === undefined ? {} : { maxBytes: mb * 1e6 }),
      },
      Date.now(),
    );
    if (given.json) console.log(JSON.stringify(pruned));
    else {
      for (const version of pruned.removed) console.log(`removed ${version}`);
      console.log(`${pruned.removed.length} versions and ${pruned.leftovers} leftovers removed`);
    }
  },
});
