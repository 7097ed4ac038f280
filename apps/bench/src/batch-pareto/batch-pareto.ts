import { availableParallelism } from "node:os";

import { defineCommand } from "citty";

import { ArgumentError, parseCount, refuseUnknown } from "../command-arguments.ts";
import { distributionOf } from "../distribution.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
import { answeredMs, batchGates } from "./batch-gates.ts";
import { codeCounts } from "./batch-outcomes.ts";
import { batchText, throughputOf } from "./batch-text.ts";
import { epsilonOf } from "./epsilon-argument.ts";
import { type BatchMode, runBatch } from "./run-batch.ts";

const MODES: readonly BatchMode[] = ["inprocess-fake", "inprocess", "live"];

const args = {
  mode: {
    type: "string",
    default: "inprocess-fake",
    valueHint: MODES.join("|"),
    description: "What answers: models alone, the application in this process, or a server",
  },
  "pair-count": { type: "string", default: "100", description: "Pairs to plan" },
  seed: { type: "string", default: "20260212", description: "Seed of the pairs" },
  pairs: {
    type: "string",
    default: "region",
    valueHint: "region|reference",
    description: "Pairs on roads of the region, or those of the reference's generator",
  },
  region: {
    type: "string",
    valueHint: "DIR",
    description: "Region to serve; default the sample region. Live: where pairs are drawn",
  },
  "base-url": {
    type: "string",
    valueHint: "URL",
    description: "Server of live batches; default http://localhost:8080",
  },
  "backend-url": { type: "string", valueHint: "URL", description: "Same as --base-url" },
  concurrency: {
    type: "string",
    description: "In process: pairs at the same time; default one per processor",
  },
  epsilon: { type: "string", default: "0.01", description: "Of each front; 0 = exact" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a budget is exceeded" },
} as const;

/** `bench batch-pareto` */
export const batchPareto = defineCommand({
  meta: {
    name: "bench batch-pareto",
    description: "Plan a batch of fronts over POST /batch/pareto",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const mode = oneOf("mode", given.mode, MODES);
    const run = await withProgress((progress) =>
      runBatch({
        mode,
        directory: given.region ?? (mode === "live" ? undefined : GATE_PATHS.region),
        baseUrl: baseUrlOf(mode, given["base-url"], given["backend-url"]),
        pairCount: parseCount("pair-count", given["pair-count"], 1),
        pairSource: oneOf("pairs", given.pairs, ["region", "reference"]),
        seed: parseCount("seed", given.seed, 0),
        concurrency: concurrencyOf(mode, given.concurrency),
        epsilon: epsilonOf(given.epsilon),
        progress,
      }),
    );
    const { outcomes } = run;
    const summary = {
      latencyMs: distributionOf(answeredMs(outcomes)),
      pairsPerS: throughputOf(run),
      withoutRoute: codeCounts(outcomes, "noRoute"),
      errors: codeCounts(outcomes, "error"),
    };
    await reportRun({
      gates: batchGates(run),
      text: batchText(run),
      context: { ...summary, ...run },
      json: given.json,
      enforce: given.enforce,
      hasFailed: outcomes.some(({ status }) => status === "error"),
    });
  },
});

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text);
  if (found !== undefined) return found;
  throw new ArgumentError(
    `--${name}: expected ${allowed.join(" or ")}, got ${JSON.stringify(text)}`,
  );
}

function baseUrlOf(mode: BatchMode, base: string | undefined, backend: string | undefined): string {
  if (base !== undefined && backend !== undefined) {
    throw new ArgumentError("--backend-url: give it or --base-url, not both");
  }
  const text = base ?? backend;
  if (text !== undefined && mode !== "live") {
    throw new ArgumentError(`--base-url: a batch ${mode} asks no server`);
  }
  const url = text ?? "http://localhost:8080";
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? "")) return url;
  throw new ArgumentError(`--base-url: expected an http URL, got ${JSON.stringify(url)}`);
}

function concurrencyOf(mode: BatchMode, text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  if (mode === "live") {
    throw new ArgumentError("--concurrency: a server has its own BATCH_CONCURRENCY");
  }
  return parseCount("concurrency", text, 1);
}
