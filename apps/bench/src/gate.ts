import { readFile } from "node:fs/promises";

import { type GateResult, verdictJson, verdictOf, verdictText } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { refuseUnknown } from "./command-arguments.ts";
import { GATE_PATHS, shownPath, VERDICT_FILE } from "./output-paths.ts";
import { reportFiles, writeDocument } from "./write-report.ts";

const args = {} as const;

/** `bench gate`: sums up what `score` and `benchmark` have left. */
export const gate = defineCommand({
  meta: { name: "bench gate", description: "Print the verdict of score and benchmark" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const reports = [GATE_PATHS.score, GATE_PATHS.benchmark];
    const results: GateResult[] = [];
    for (const directory of reports) results.push(...(await resultsIn(directory)));
    const verdict = verdictOf(results);
    await writeDocument(VERDICT_FILE, verdictJson(verdict, {}));
    console.log(verdictText(verdict));
    for (const directory of reports) {
      console.log(`report: ${shownPath(reportFiles(directory).markdown)}`);
    }
    process.exitCode = verdict.exitCode;
  },
});

/** Written by this program; only its presence and outline are checked. */
async function resultsIn(directory: string): Promise<readonly GateResult[]> {
  const file = reportFiles(directory).json;
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Error(`There is no ${shownPath(file)}.`, { cause: error });
  });
  const report = JSON.parse(text) as { readonly results?: readonly GateResult[] };
  if (!Array.isArray(report.results)) throw new Error(`${shownPath(file)} is no report.`);
  return report.results as readonly GateResult[];
}
