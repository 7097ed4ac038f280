import { defineCommand } from "citty";

import { refuseUnknown } from "../command-arguments.ts";
import { reportRun } from "../report-run.ts";
import { runVecto } from "./run-vecto.ts";
import { tierErrors } from "./vecto-errors.ts";
import { vectoGates } from "./vecto-gates.ts";
import { casesText, summaryText } from "./vecto-text.ts";

const args = {
  cases: { type: "string", required: true, valueHint: "FILE", description: "Runs of VECTO" },
  cycles: { type: "string", required: true, valueHint: "DIR", description: "Their cycles" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a budget is exceeded" },
} as const;

/** `bench vecto` */
export const vecto = defineCommand({
  meta: {
    name: "bench vecto",
    description: "Fuel and time of both tiers against runs of the EU's truck simulator",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const results = await runVecto(given.cases, given.cycles);
    const errors = {
      evaluation: tierErrors(results, "evaluation"),
      search: tierErrors(results, "search"),
    };
    await reportRun({
      gates: vectoGates(results),
      text: [casesText(results), summaryText(results)].join("\n\n"),
      context: { errors, cases: results },
      json: given.json,
      enforce: given.enforce,
    });
  },
});
