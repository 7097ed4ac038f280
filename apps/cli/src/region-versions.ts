import { listVersions, type RegionVersion } from "@gradeway/model-assets";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { textTable } from "./text-table.ts";

const args = {
  home: { type: "string", required: true, valueHint: "DIR", description: "Region home" },
  json: { type: "boolean", default: false, description: "Print the versions as JSON" },
} as const;

/** `gradeway region versions` */
export const regionVersions = defineCommand({
  meta: { name: "gradeway region versions", description: "List the versions of a region home" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const versions = await listVersions(given.home);
    if (given.json) console.log(JSON.stringify(versions.map(toJson), undefined, 2));
    else if (versions.length === 0) console.log(`${given.home} has no versions`);
    else console.log(textTable([["version", "", "MB", "added", ""], ...versions.map(row)], RIGHT));
  },
});

const RIGHT: ReadonlySet<number> = new Set([2]);

function toJson({ fault, addedAtMs, ...version }: RegionVersion): object {
  const addedAt = new Date(addedAtMs).toISOString();
  return { ...version, addedAt, ...(fault === undefined ? {} : { fault: fault.toJSON() }) };
}

function row({ version, isActive, isPrevious, bytes, addedAtMs, fault }: RegionVersion): string[] {
  const use = isActive ? "active" : isPrevious ? "previous" : "";
  const added = new Date(addedAtMs).toISOString().slice(0, 16).replace("T", " ");
  return [version, use, (bytes / 1e6).toFixed(1), added, fault?.reasonCode ?? ""];
}
