import { availableParallelism } from "node:os";

import { type Gate, textTable } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { regionText } from "../benchmark-text.ts";
import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { percentileOf } from "../distribution.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
import type { Timing } from "../timed.ts";
import { failedPairsGate } from "./batch-gates.ts";
import { countsText } from "./batch-text.ts";
import { epsilonOf } from "./epsilon-argument.ts";
import { runScaling, type ScalingRound, type ScalingRun } from "./run-scaling.ts";

/** The design's target: so many times as fast on two threads as on one. */
const TARGET_RATIO = 1.8;

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  "pair-count": { type: "string", default: "100", description: "Pairs of a batch" },
  seed: { type: "string", default: "20260212", description: "Seed of the pairs" },
  threads: { type: "string", description: "Threads of the faster side; default one per processor" },
  rounds: { type: "string", default: "10", description: "Batches of each side" },
  epsilon: { type: "string", default: "0.01", description: "Of each front; 0 = exact" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
} as const;

/** `bench batch-scaling` */
export const batchScaling = defineCommand({
  meta: {
    name: "bench batch-scaling",
    description: "Compare a batch on one planning thread with the same batch on several",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const threads = given.threads ?? String(availableParallelism());
    const run = await withProgress((progress) =>
      runScaling({
        directory: given.region ?? GATE_PATHS.region,
        pairCount: parseCount("pair-count", given["pair-count"], 1),
        seed: parseCount("seed", given.seed, 0),
        threads: parseCount("threads", threads, 2),
        rounds: parseCount("rounds", given.rounds, 1),
        epsilon: epsilonOf(given.epsilon),
        progress,
      }),
    );
    const { outcomes, ...figures } = run;
    await reportRun({
      gates: [failedPairsGate(outcomes), sameAnswersGate(run)],
      text: scalingText(run),
      context: figures,
      json: given.json,
      enforce: true,
    });
  },
});

/** Judges that all batches had the same answers. */
export function sameAnswersGate({ isSame, rounds }: Pick<ScalingRun, "isSame" | "rounds">): Gate {
  return {
    id: "batch-same",
    subsystem: "batch",
    title: "same answers on every side",
    rationale: "How many threads plan must not be seen in what they answer.",
    threshold: 100,
    measure: () =>
      Promise.resolve({
        score: isSame ? 100 : 0,
        facts: { rounds: rounds.length },
        failures: isSame ? [] : ["answers differ from batch to batch"],
      }),
  };
}

type Side = keyof ScalingRound;
const BATCHES: readonly Side[] = ["one", "many"];
const MACHINE: readonly Side[] = ["machineOne", "machineMany"];

/** A measurement as tables. */
function scalingText({ region, rounds, threads, outcomes, ...run }: ScalingRun): string {
  const figures = (kind: keyof Timing, share: number, sides: readonly Side[]): number[] =>
    sides.map((side) =>
      percentileOf(
        rounds.map((round) => round[side][kind]),
        share,
      ),
    );
  // The fastest batch of a side is the one that others on the machine disturbed least.
  const rows: readonly (readonly [title: string, figures: readonly number[]])[] = [
    ["fastest of each side", figures("wallMs", 0, BATCHES)],
    ["median of each side", figures("wallMs", 0.5, BATCHES)],
    ["processor time, median", figures("cpuMs", 0.5, BATCHES)],
    ["fixed work beside it, fastest", figures("wallMs", 0, MACHINE)],
    ["fixed work beside it, median", figures("wallMs", 0.5, MACHINE)],
  ];
  const shown = rows.map(([title, [one, many]]) => [
    title,
    `${one!.toFixed(0)} ms`,
    `${many!.toFixed(0)} ms`,
    (one! / many!).toFixed(2),
  ]);
  return [
    regionText(region),
    `${rounds.length} rounds of one batch of ${run.pairCount} pairs on each side, in process, warm; ` +
      `seed ${run.seed}; epsilon ${run.epsilon}`,
    countsText(outcomes),
    textTable(
      [["", "1 thread", `${threads} threads`, "one by the other"], ...shown],
      new Set([1, 2, 3]),
    ),
    `target on 2 threads with nothing else to do: ${TARGET_RATIO} times as fast`,
  ].join("\n\n");
}
