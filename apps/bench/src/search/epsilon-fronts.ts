import { coverageFactor } from "@gradeway/pareto";

import { type Distribution, distributionOf } from "../distribution.ts";
import type { FrontSolver } from "./front-solver.ts";

/** Numbers are doubles, and a route may lie just on the limit. */
const ROUNDING = 1e-9;

/** A trip between two nodes, with its exact front where that is known: three costs per route. */
export interface CheckedTrip {
  readonly source: number;
  readonly target: number;
  readonly exactCosts: Int32Array | undefined;
}

/** Fronts of one epsilon over many trips. */
export interface EpsilonFronts {
  readonly title: string;
  readonly epsilon: number;
  readonly cpuMs: Distribution;
  readonly wallMs: Distribution;
  readonly meanSize: number;
  /** Trips whose search did not finish. */
  readonly unfinished: number;
  /** Trips compared with their exact front. */
  readonly checked: number;
  /** Of these, the ones whose front leaves some exact route without one within epsilon. */
  readonly violations: number;
  /** The factor that covers all exact routes checked. */
  readonly worstFactor: number;
}

/** Measures fronts of one epsilon, after a run that does not count, and checks what they cover. */
export function measureEpsilon(
  solve: FrontSolver,
  title: string,
  epsilon: number,
  trips: readonly CheckedTrip[],
  limitMs: number,
): EpsilonFronts {
  for (const { source, target } of trips) solve(source, target, epsilon, limitMs);
  const cpuMs: number[] = [];
  const wallMs: number[] = [];
  const factors: number[] = [];
  let size = 0;
  let unfinished = 0;
  for (const { source, target, exactCosts } of trips) {
    const { timing, result } = solve(source, target, epsilon, limitMs);
    if (result.status !== "complete") {
      unfinished++;
      continue;
    }
    cpuMs.push(timing.cpuMs);
    wallMs.push(timing.wallMs);
    size += result.paths.length;
    if (exactCosts !== undefined) factors.push(factorOf(exactCosts, result.costs));
  }
  return {
    title,
    epsilon,
    cpuMs: distributionOf(cpuMs),
    wallMs: distributionOf(wallMs),
    meanSize: size / cpuMs.length,
    unfinished,
    checked: factors.length,
    violations: factors.filter((factor) => factor > 1 + epsilon + ROUNDING).length,
    worstFactor: Math.max(1, ...factors),
  };
}

/** Whether fronts of three costs per route cover exact ones within epsilon. */
export function coversWithin(exact: Int32Array, found: Int32Array, epsilon: number): boolean {
  return factorOf(exact, found) <= 1 + epsilon + ROUNDING;
}

function factorOf(exact: Int32Array, found: Int32Array): number {
  return coverageFactor({ dimensions: 3, values: exact }, { dimensions: 3, values: found });
}
