import { rollBack } from "@gradeway/model-assets";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { checkArgs, checkOptions } from "./trust-arguments.ts";

const args = {
  home: { type: "string", required: true, valueHint: "DIR", description: "Region home" },
  ...checkArgs,
  json: { type: "boolean", default: false, description: "Print what is active as JSON" },
} as const;

/** `gradeway region rollback` */
export const regionRollback = defineCommand({
  meta: {
    name: "gradeway region rollback",
    description: "Put the version back into use that was active before",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const pointer = await rollBack(given.home, await checkOptions(given));
    if (given.json) console.log(JSON.stringify(pointer));
    else console.log(`${given.home}: back to ${pointer.active}, from ${pointer.previous}`);
  },
});
