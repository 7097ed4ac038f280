import type { FrontPair, Yardstick } from "@gradeway/peers";

import type { Timing } from "../timed.ts";
import type { FrontSolver } from "./front-solver.ts";

/** What is tried of a pair whose exact front takes too long. */
const EPSILONS = [0.001, 0.01, 0.05];
/** Pairs solved once before the clock counts, by which the code is compiled. */
const WARM_UP_PAIRS = 20;

/** One pair of the table, solved by us and by the yardstick in turn. */
export interface ExactPair {
  readonly pair: FrontPair;
  readonly status: string;
  readonly size: number;
  readonly timing: Timing;
  readonly pops: number;
  /** Three costs per route; empty where the search did not finish. */
  readonly costs: Int32Array;
  /** The least epsilon that is proven: 0 where the front is exact, null where none was finished. */
  readonly epsilon: number | null;
  /** Processor time of the yardstick, its bounds included; null where it did not solve the pair. */
  readonly yardstickS: number | null;
  readonly yardstickSize: number | null;
}

/** Solves pair after pair, in turn with the yardstick, so that a busy moment hits both. */
export async function solveExactly(
  solve: FrontSolver,
  yardstick: Pick<Yardstick, "solve"> | undefined,
  pairs: readonly FrontPair[],
  limitS: number,
  progress: (text: string) => void,
): Promise<ExactPair[]> {
  for (const { source, target } of pairs.slice(0, WARM_UP_PAIRS)) {
    solve(source - 1, target - 1, 0, limitS * 1000);
  }
  const solved: ExactPair[] = [];
  for (const pair of pairs) {
    progress(`exact: ${pair.source} -> ${pair.target}`);
    const answer = await yardstick?.solve({ ...pair, limitS });
    const { timing, result } = solve(pair.source - 1, pair.target - 1, 0, limitS * 1000);
    const isExact = result.status === "complete";
    solved.push({
      pair,
      status: result.status,
      size: result.paths.length,
      timing,
      pops: result.pops,
      costs: isExact ? result.costs : new Int32Array(0),
      epsilon: isExact ? 0 : provenEpsilon(solve, pair, limitS),
      yardstickS: answer?.outcome === "exact" ? answer.totalS : null,
      yardstickSize: answer?.outcome === "exact" ? answer.size : null,
    });
  }
  return solved;
}

function provenEpsilon(solve: FrontSolver, pair: FrontPair, limitS: number): number | null {
  const isFinished = (epsilon: number): boolean =>
    solve(pair.source - 1, pair.target - 1, epsilon, limitS * 1000).result.status === "complete";
  return EPSILONS.find(isFinished) ?? null;
}

/** Sums over the pairs that are compared with the yardstick. */
export interface ExactTotals {
  readonly pairs: number;
  /** Pairs that were not solved exactly. */
  readonly unsolved: number;
  readonly cpuS: number;
  readonly wallS: number;
  /** NaN where the yardstick is missing or has not solved every pair. */
  readonly yardstickS: number;
}

/** Sums up pairs that all have to be solved. */
export function totalsOf(solved: readonly ExactPair[]): ExactTotals {
  const sum = (of: (one: ExactPair) => number): number =>
    solved.reduce((total, one) => total + of(one), 0);
  return {
    pairs: solved.length,
    unsolved: solved.filter(({ epsilon }) => epsilon !== 0).length,
    cpuS: sum(({ timing }) => timing.cpuMs) / 1000,
    wallS: sum(({ timing }) => timing.wallMs) / 1000,
    yardstickS: sum(({ yardstickS }) => yardstickS ?? Number.NaN),
  };
}

/** Solved pairs whose front has another size than the table says, or than the yardstick found. */
export function differingSizes(solved: readonly ExactPair[]): string[] {
  return solved.flatMap(({ pair, epsilon, size, yardstickSize }) => {
    const trip = `${pair.source} -> ${pair.target}`;
    const faults: string[] = [];
    if (epsilon === 0 && size !== pair.frontSize) {
      faults.push(`${trip}: ${size} vectors, the table says ${pair.frontSize}`);
    }
    if (epsilon === 0 && yardstickSize !== null && size !== yardstickSize) {
      faults.push(`${trip}: ${size} vectors, the yardstick found ${yardstickSize}`);
    }
    return faults;
  });
}
