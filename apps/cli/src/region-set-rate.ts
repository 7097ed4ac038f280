import { setRate } from "@gradeway/model-assets";
import { defineCommand } from "citty";

import { parseNumber, refuseUnknown } from "./command-arguments.ts";

const args = {
  region: { type: "string", required: true, valueHint: "DIR", description: "Region directory" },
  id: {
    type: "string",
    required: true,
    description: "Row, for example fuel.diesel, or toll.ad-envalira",
  },
  value: { type: "string", required: true, valueHint: "NUMBER", description: "New figure" },
  source: { type: "string", description: "Where the figure comes from" },
  json: { type: "boolean", default: false, description: "Print the rows as JSON" },
} as const;

/** `gradeway region set-rate` */
export const regionSetRate = defineCommand({
  meta: {
    name: "gradeway region set-rate",
    description: "Replace one price, toll or factor of a region",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const { before, after } = await setRate(given.region, {
      id: given.id,
      value: parseNumber("value", given.value),
      source: given.source ?? "set by hand",
    });
    if (given.json) {
      console.log(JSON.stringify({ before, after }));
      return;
    }
    const values = [...new Set(before.map((row) => row.value))].sort((a, b) => a - b);
    console.log(`${after.id}: ${values.join(", ")} -> ${after.value} ${after.unit}`);
  },
});
