import type { AbsentGate, Gate } from "./gate.ts";

/** Gates, and what is listed beside them. */
export interface GateList {
  readonly gates: readonly Gate[];
  readonly absent: readonly AbsentGate[];
}

/**
 * The gates of one subsystem.
 *
 * @throws {RangeError} when there is no such subsystem, naming those that there are
 */
export function selectSubsystem({ gates, absent }: GateList, subsystem: string): GateList {
  const isWanted = (gate: { readonly subsystem: string }): boolean => gate.subsystem === subsystem;
  const chosen = { gates: gates.filter(isWanted), absent: absent.filter(isWanted) };
  if (chosen.gates.length + chosen.absent.length > 0) return chosen;
  const known = [...new Set([...gates, ...absent].map((gate) => gate.subsystem))];
  throw new RangeError(`there is no subsystem ${subsystem}; there are ${known.join(", ")}`);
}
