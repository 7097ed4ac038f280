import { textTable } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { refuseUnknown } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { inTurn } from "../gate/benchmark-turn.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS, shownPath } from "../output-paths.ts";
import { createProgressLine } from "../progress-line.ts";
import { jsonText, writeDocument } from "../write-report.ts";
import { readBaseline, regressionGates, writeBaseline } from "./baseline.ts";
import { BASELINE_PAIRS, BASELINE_SEED, measureRegion } from "./measure-region.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  update: { type: "boolean", default: false, description: "Commit to what is measured now" },
  json: { type: "string", valueHint: "FILE", description: "Write the measurement here" },
} as const;

/** `bench baseline`: shows a baseline beside a measurement; the only command that moves one. */
export const baselineCommand = defineCommand({
  meta: {
    name: "bench baseline",
    description: "Measure against the calibration kernel, and move a baseline with --update",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const line = createProgressLine(process.stderr, monotonicMs);
    const waiting = (pid: number): void => line.update(`waiting for the benchmark of ${pid}`);
    const measured = await inTurn({ waiting }, () =>
      measureRegion(given.region ?? GATE_PATHS.region, (text) => line.update(text)),
    );
    line.clear();
    const { commit, ...environment } = await describeEnvironment();
    const { region, kernelMs, tripsSha256, series } = measured;
    const trips = { seed: BASELINE_SEED, pairs: BASELINE_PAIRS, tripsSha256 };
    const now = { region: region.name, ...trips, commit, series };
    const { gates, absent } = regressionGates(measured, await readBaseline(region.name));
    const rows = [];
    for (const gate of gates) {
      const { facts } = await gate.measure();
      const figures = [facts["baseline"], facts["kernels"], facts["observed"]];
      rows.push([gate.title, ...figures.map((figure) => Number(figure).toFixed(3))]);
    }
    console.log(`one run of the kernel: ${kernelMs.toFixed(3)} ms of processor time`);
    console.log(
      rows.length === 0
        ? absent.map(({ reason }) => reason).join("\n")
        : textTable([["", "baseline", "now", "times"], ...rows], new Set([1, 2, 3])),
    );
    if (given.json !== undefined) {
      await writeDocument(given.json, jsonText({ ...now, kernelMs, environment }));
    }
    if (given.update) console.log(`written: ${shownPath(await writeBaseline(now))}`);
  },
});
