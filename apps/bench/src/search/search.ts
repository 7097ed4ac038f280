import { readFile } from "node:fs/promises";
import path from "node:path";

import { type FrontPair, parseFrontPairs, type YardstickFronts } from "@gradeway/peers";
import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "../command-arguments.ts";
import { readDimacsNetwork } from "../hierarchy/dimacs-network.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
import { dimacsGates, isWrong } from "./dimacs-gates.ts";
import { dimacsText } from "./dimacs-text.ts";
import { openYardstick } from "./open-yardstick.ts";
import { regionGates } from "./region-gates.ts";
import { regionText } from "./region-text.ts";
import { runDimacs } from "./run-dimacs.ts";
import { runRegion } from "./run-region.ts";

const args = {
  dimacs: { type: "string", valueHint: "DIR", description: "DIMACS graph with published fronts" },
  fronts: {
    type: "string",
    valueHint: "FILE",
    description: "Table of front sizes; three-objective-fronts.csv of the graph when left out",
  },
  limit: { type: "string", description: "Pairs of the table, from the first on" },
  compiler: { type: "string", default: "g++", description: "C++ compiler of the yardstick" },
  yardstick: {
    type: "string",
    default: "array",
    description: "Its fronts: array, as in the paper, or staircase, a faster variant of ours",
  },
  region: {
    type: "string",
    valueHint: "DIR[,DIR]",
    description: "Region, costed for the default truck; several show how times grow",
  },
  pairs: { type: "string", default: "200", description: "Random pairs in a region" },
  deadline: { type: "string", default: "10000", description: "Of a search in a region, ms" },
  seed: { type: "string", default: "20260212", description: "Seed of pairs and invented costs" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a budget is exceeded" },
} as const;

/** `bench search` */
export const searchCommand = defineCommand({
  meta: { name: "bench search", description: "Measure exact fronts and fronts within an epsilon" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const seed = parseCount("seed", given.seed, 0);
    const { dimacs, region } = given;
    const measured = await withProgress(async (progress): Promise<Measured> => {
      if (dimacs !== undefined && region === undefined) {
        const fronts = parseFronts(given.yardstick);
        const pairs = await readPairs(dimacs, given);
        const yardstick = { compiler: given.compiler, fronts };
        return measureDimacs(dimacs, pairs, yardstick, seed, progress);
      }
      if (region !== undefined && dimacs === undefined) {
        const result = await runRegion({
          directories: region.split(","),
          pairs: parseCount("pairs", given.pairs, 1),
          deadlineMs: parseCount("deadline", given.deadline, 1),
          seed,
          progress,
        });
        const { text, gates } = { text: regionText(result), gates: regionGates(result) };
        return { text, gates, report: { ...result }, isWrong: result.differences > 0 };
      }
      throw new ArgumentError("give either --dimacs or --region");
    });
    await reportRun({
      gates: measured.gates,
      text: measured.text,
      context: measured.report,
      json: given.json,
      enforce: given.enforce,
      // A wrong front is a failure in any case.
      hasFailed: measured.isWrong,
    });
  },
});

interface Measured {
  readonly text: string;
  readonly gates: ReturnType<typeof dimacsGates>;
  readonly report: Readonly<Record<string, unknown>>;
  readonly isWrong: boolean;
}

async function measureDimacs(
  directory: string,
  pairs: readonly FrontPair[],
  { compiler, fronts }: { readonly compiler: string; readonly fronts: YardstickFronts },
  seed: number,
  progress: (text: string) => void,
): Promise<Measured> {
  const network = await readDimacsNetwork(directory);
  const { yardstick, missing } = await openYardstick(directory, compiler, fronts);
  try {
    const result = await runDimacs({ network, pairs, yardstick, missing, seed, progress });
    const exact = result.exact.map(({ costs: _, ...one }) => one);
    const gates = dimacsGates(result);
    const report = { yardstick: fronts, ...result, exact };
    return { text: dimacsText(result), gates, report, isWrong: isWrong(result) };
  } finally {
    await yardstick?.close();
  }
}

function parseFronts(text: string): YardstickFronts {
  if (text === "staircase" || text === "array") return text;
  throw new ArgumentError(`--yardstick: staircase or array, not ${JSON.stringify(text)}`);
}

async function readPairs(
  directory: string,
  given: { readonly fronts?: string | undefined; readonly limit?: string | undefined },
): Promise<FrontPair[]> {
  const file = given.fronts ?? path.join(directory, "three-objective-fronts.csv");
  const text = await readFile(file, "utf8").catch(() => {
    throw new ArgumentError(`--fronts: ${file} cannot be read`);
  });
  const limit = given.limit === undefined ? Infinity : parseCount("limit", given.limit, 1);
  try {
    const pairs = parseFrontPairs(text).slice(0, limit);
    if (pairs.length > 0) return pairs;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ArgumentError(`--fronts: ${error.message}`);
  }
  throw new ArgumentError("--fronts: there is no pair");
}
