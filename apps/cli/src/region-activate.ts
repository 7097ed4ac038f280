import { activateVersion, addVersion } from "@gradeway/model-assets";
import { defineCommand } from "citty";

import { invalidArgument, refuseUnknown } from "./command-arguments.ts";
import { openStore } from "./open-store.ts";
import { checkArgs, checkOptions } from "./trust-arguments.ts";

const args = {
  home: {
    type: "string",
    required: true,
    valueHint: "DIR",
    description: "Region home: versions of a region, one of them active",
  },
  region: {
    type: "string",
    valueHint: "DIR|URL",
    description: "Region to copy into the home first: a directory, https:// or s3://",
  },
  version: { type: "string", description: "Version that the home already has" },
  ...checkArgs,
  json: { type: "boolean", default: false, description: "Print what is active as JSON" },
} as const;

/** `gradeway region activate` */
export const regionActivate = defineCommand({
  meta: {
    name: "gradeway region activate",
    description: "Check a version of a region and put it into use; running servers follow",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const { home, region, version } = given;
    if ((region === undefined) === (version === undefined)) {
      throw invalidArgument("region", "name either a region to copy or a version of the home");
    }
    const options = await checkOptions(given);
    const added =
      region === undefined
        ? { version: version!, isNew: false }
        : await addVersion(home, await openStore("region", region, process.env), options);
    const pointer = await activateVersion(home, added.version, options);
    if (given.json) console.log(JSON.stringify({ ...pointer, isNew: added.isNew }));
    else {
      const before = pointer.previous === null ? "" : `, before that ${pointer.previous}`;
      console.log(`${home}: ${pointer.active} is active${before}`);
    }
  },
});
