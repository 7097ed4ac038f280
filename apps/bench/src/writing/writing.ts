import { type Gate, textTable } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { regionText } from "../benchmark-text.ts";
import { parseCount, refuseUnknown } from "../command-arguments.ts";
import { percentileOf } from "../distribution.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { withProgress } from "../progress-line.ts";
import { reportRun } from "../report-run.ts";
import {
  runWriting,
  type WritingResult,
  type WritingRun,
  type WritingTimes,
} from "./run-writing.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  pairs: { type: "string", default: "200", description: "Random trips per operation" },
  seed: { type: "string", default: "20260212", description: "Seed of the trips" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
} as const;

/** `bench writing` */
export const writing = defineCommand({
  meta: {
    name: "bench writing",
    description: "Tell what planning an answer takes from what writing it takes, both ways",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const run = await withProgress((progress) =>
      runWriting({
        directory: given.region ?? GATE_PATHS.region,
        pairs: parseCount("pairs", given.pairs, 1),
        seed: parseCount("seed", given.seed, 0),
        now: monotonicMs,
        progress,
      }),
    );
    await reportRun({
      gates: [sameBytesGate(run.operations)],
      text: writingText(run),
      context: run,
      json: given.json,
      enforce: true,
    });
  },
});

/** Judges that both ways gave the same bytes. */
export function sameBytesGate(operations: readonly WritingResult[]): Gate {
  const answered = operations.reduce((sum, { times }) => sum + times.length, 0);
  const differing = operations.flatMap((operation) => operation.differing);
  return {
    id: "same-bytes",
    subsystem: "writing",
    title: "the same bytes both ways",
    rationale: "A faster way to write an answer must not be seen in the answer.",
    threshold: 100,
    async measure() {
      if (answered === 0) throw new RangeError("no trip has a route");
      return {
        score: (100 * (answered - differing.length)) / answered,
        facts: { answered },
        failures: differing,
      };
    },
  };
}

const ROWS: readonly (readonly [title: string, key: keyof WritingTimes])[] = [
  ["searched and evaluated", "plan"],
  ["the same with lines and heights as arrays", "planData"],
  ["... copied from thread to thread", "copy"],
  ["... written by JSON.stringify", "stringify"],
  ["planned and written at once", "planWritten"],
];

/** A measurement as tables. */
function writingText({ region, seed, operations }: WritingRun): string {
  const figures = (sample: readonly number[], digits: number): string[] =>
    [0.5, 0.95, 1].map((share) => percentileOf(sample, share).toFixed(digits));
  const tables = operations.map(({ title, times, bytes }) => {
    const kB = bytes.map((length) => length / 1000);
    const rows = ROWS.map(([row, key]) => [
      row,
      ...figures(
        times.map((of) => of[key]),
        2,
      ),
    ]);
    const head = [`${title}, ${times.length} answers`, "P50 ms", "P95 ms", "max ms"];
    return textTable([head, ...rows, ["kB", ...figures(kB, 0)]], new Set([1, 2, 3]));
  });
  return [regionText(region), `one thread, warm, seed ${seed}`, ...tables].join("\n\n");
}
