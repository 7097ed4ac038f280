import { textTable } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { refuseUnknown } from "../command-arguments.ts";
import { inTurn } from "../gate/benchmark-turn.ts";
import { runTurboGate } from "../gate/turbo-gate.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { createProgressLine } from "../progress-line.ts";
import { type Fault, FAULTS } from "./faults.ts";
import { type FaultVerdict, provokeFault } from "./provoke-fault.ts";

const args = {
  "faults-only": {
    type: "boolean",
    default: false,
    description: "Without the gate itself before; needs the built sample region",
  },
} as const;

/** `bench selftest`: the gate is green, and red with each fault for the right reason. */
export const selftest = defineCommand({
  meta: {
    name: "pnpm gate:selftest",
    description: "Break one thing after another and see that the gate notices",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    if (!given["faults-only"]) {
      const code = await runTurboGate({});
      if (code !== 0) {
        console.error("The gate is not green to begin with.");
        process.exitCode = code;
        return;
      }
    }
    const line = createProgressLine(process.stderr, monotonicMs);
    const waiting = (pid: number): void => line.update(`waiting for the benchmark of ${pid}`);
    const rows = await inTurn({ waiting }, async () => {
      const all: FaultRow[] = [];
      for (const fault of FAULTS) {
        line.update(fault.name);
        all.push(rowOf(fault, await provokeFault(fault, GATE_PATHS.region)));
      }
      return all;
    });
    line.clear();
    const cells = rows.map(({ name, gate, exitCode, isCaught, words }) => [
      name,
      isCaught ? gate : `NOT ${gate}`,
      String(exitCode),
      words,
    ]);
    console.log(textTable([["fault", "caught by", "exit code", "first words"], ...cells]));
    const missed = rows.filter(({ isCaught }) => !isCaught);
    console.log(`\n${rows.length - missed.length} of ${rows.length} faults caught`);
    process.exitCode = missed.length === 0 ? 0 : 1;
  },
});

interface FaultRow {
  readonly name: string;
  readonly gate: string;
  readonly exitCode: number;
  readonly isCaught: boolean;
  readonly words: string;
}

const SHOWN_CHARACTERS = 70;

/** Caught means: that gate failed, for that reason, and the exit code says that a gate failed. */
export function rowOf(fault: Fault, { exitCode, results }: FaultVerdict): FaultRow {
  const result = results.find(({ id }) => id === fault.gate);
  const words = result?.failures.find((failure) => fault.reason.test(failure));
  const isCaught = exitCode === 1 && result?.status === "fail" && words !== undefined;
  const shown = words ?? result?.failures[0] ?? result?.reason ?? "nothing";
  return {
    name: fault.name,
    gate: fault.gate,
    exitCode,
    isCaught,
    words: shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS)}…` : shown,
  };
}
