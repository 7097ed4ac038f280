import { type Gate, type GateResult, runGates } from "../src/index.ts";

/** What becomes of one gate. */
export async function judged(gate: Gate): Promise<GateResult> {
  return (await runGates([gate], { now: () => 0 })).results[0]!;
}
