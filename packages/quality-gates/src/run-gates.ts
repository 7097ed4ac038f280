import { isReasonError } from "@gradeway/reason-codes";

import { type AbsentGate, type Gate, LEAST_SCORE, type Measurement } from "./gate.ts";
import { type GateResult, type Verdict, verdictOf } from "./verdict.ts";

/** What running gates needs from outside. */
export interface RunGatesOptions {
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
  /** Called before each gate. */
  readonly progress?: (gate: Gate) => void;
  /** What is listed without being measured. */
  readonly absent?: readonly AbsentGate[];
}

/**
 * Measures every gate, one after another, whatever the ones before came to. A gate that throws or
 * answers with something that is no score could not be measured; it never counts as passed.
 */
export async function runGates(
  gates: readonly Gate[],
  { now, progress, absent = [] }: RunGatesOptions,
): Promise<Verdict> {
  requireDistinctIds([...gates, ...absent]);
  const results: GateResult[] = [];
  for (const gate of gates) {
    progress?.(gate);
    const startedAtMs = now();
    const outcome = await measured(gate);
    const { id, subsystem, title, rationale, threshold } = gate;
    const durationMs = now() - startedAtMs;
    results.push({ id, subsystem, title, rationale, threshold, ...outcome, durationMs });
  }
  return verdictOf([...results, ...absent.map(absentResult)]);
}

function absentResult(gate: AbsentGate): GateResult {
  const nothing = { threshold: LEAST_SCORE, score: null, facts: {}, failures: [], durationMs: 0 };
  return { ...gate, ...nothing, rationale: gate.reason };
}

type Outcome = Pick<GateResult, "status" | "score" | "facts" | "failures" | "reason">;

async function measured(gate: Gate): Promise<Outcome> {
  let measurement: Measurement;
  try {
    measurement = await gate.measure();
  } catch (error) {
    return notMeasured(reasonText(error));
  }
  const { score, facts, failures } = measurement;
  if (!(score >= 0 && score <= 100)) return notMeasured(`The score ${score} is not in 0..100.`);
  const status = score >= gate.threshold ? "pass" : "fail";
  return { status, score, facts, failures, reason: null };
}

function notMeasured(reason: string): Outcome {
  return { status: "not_measured", score: null, facts: {}, failures: [], reason };
}

/** One line about an error, with its reason code where it has one. */
export function reasonText(error: unknown): string {
  if (isReasonError(error)) return `${error.reasonCode}: ${error.message}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function requireDistinctIds(gates: readonly Pick<Gate, "id">[]): void {
  const ids = new Set<string>();
  for (const { id } of gates) {
    if (ids.has(id)) throw new RangeError(`two gates have the id ${id}`);
    ids.add(id);
  }
}
