import { budgetGate, type BudgetGateOptions, type Gate } from "@gradeway/quality-gates";

import { percentileOf } from "../distribution.ts";
import type { DeadlineResult } from "./run-deadline.ts";

/** From the deadline to the answer, beyond what the machine alone is late. */
const OVERRUN_BUDGET_MS = 10;
/** From the cancelling to the thread being free, beyond what the machine alone is late. */
const FREED_BUDGET_MS = 10;
/** The request after a cancelled one, in times of a warm one. */
const NEXT_BUDGET = 1.5;
/** Fewer requests than this have no 99th percentile. */
const LEAST_SAMPLE = 100;

const subsystem = "deadline";

/** Judges a measurement; a sample too small to say anything cannot be judged. */
export function deadlineGates(result: DeadlineResult): Gate[] {
  const { cancelled } = result;
  const { plain, anytime } = result.threadMs;
  return [
    threadGate("refused", plain),
    threadGate("anytime", anytime),
    lateGate(result, {
      id: "deadline-refused",
      title: "P99 overrun of a refusal",
      rationale: "A caller that names a deadline has something else to do after it.",
      budget: OVERRUN_BUDGET_MS,
      sample: result.plain.overrunMs,
    }),
    lateGate(result, {
      id: "deadline-anytime",
      title: "P99 overrun of an anytime answer",
      rationale: "The answer is written out within the deadline, too.",
      budget: OVERRUN_BUDGET_MS,
      sample: result.anytime.overrunMs,
    }),
    lateGate(result, {
      id: "cancel-freed",
      title: "P99 time until a cancelled request has freed its thread",
      rationale: "A client that left must not keep others waiting.",
      budget: FREED_BUDGET_MS,
      sample: cancelled.freedMs,
    }),
    budgetGate({
      id: "cancel-next",
      subsystem,
      title: "median of the request after a cancelled one",
      rationale: "Scratch memory that a cancelled search left behind must not slow others down.",
      budget: NEXT_BUDGET,
      unit: "times a warm one",
      measure: async () => ({ observed: nextRatio(result), facts: {} }),
    }),
  ];
}

/** Planning time after a cancelled request, in times of the same request warm: medians. */
export function nextRatio({ cancelled: { nextMs, warmMs } }: DeadlineResult): number {
  return percentileOf(nextMs, 0.5) / percentileOf(warmMs, 0.5);
}

/** By processor time, which other work on the machine does not change. */
function threadGate(kind: string, sample: readonly number[]): Gate {
  return budgetGate({
    id: `deadline-${kind}-thread`,
    subsystem,
    title: `P99 overrun by processor time, ${kind}`,
    rationale: "What the code itself is late: looks at the clock must be close enough.",
    budget: OVERRUN_BUDGET_MS,
    unit: "ms",
    measure: async () => ({
      observed: Math.max(0, p99(sample)),
      facts: { requests: sample.length },
    }),
  });
}

interface LateGate extends Pick<BudgetGateOptions, "id" | "title" | "rationale" | "budget"> {
  readonly sample: readonly number[];
}

/** A thread that only waits is late as well where others use the machine: that much is taken off. */
function lateGate({ machineMs }: DeadlineResult, { sample, ...gate }: LateGate): Gate {
  return budgetGate({
    ...gate,
    subsystem,
    unit: "ms",
    async measure() {
      const machine = Math.max(0, p99(machineMs));
      const p99Ms = p99(sample);
      return {
        observed: Math.max(0, p99Ms - machine),
        facts: { p99Ms, machineP99Ms: machine, requests: sample.length },
      };
    },
  });
}

/** NaN, which no gate passes, of a sample that is too small. */
function p99(sample: readonly number[]): number {
  return sample.length < LEAST_SAMPLE ? Number.NaN : percentileOf(sample, 0.99);
}
