import {
  chooseSubset,
  createParetoArchive,
  type FlatCosts,
  hypervolume,
  paretoFilter,
} from "@gradeway/pareto";

import { type Distribution, distributionOf } from "./distribution.ts";
import { cube, plane, rowsOf } from "./pareto-sets.ts";

/** Fronts as large as a search hands on to the choice of routes. */
const FRONT_POINTS = 1_000;
const CHOSEN = 10;
/** The hypervolume of a set and of its front differ by rounding only. */
const ROUNDING = 1e-9;

/** One operation of the pareto package on one set. */
export interface ParetoOperation {
  readonly id: string;
  readonly title: string;
  readonly objectives: number;
  readonly points: number;
  /** Vectors on the front, or chosen. */
  readonly kept: number;
  readonly ms: Distribution;
  /** What is wrong with the result; empty if nothing is. */
  readonly failures: readonly string[];
}

interface Work {
  readonly id: string;
  readonly title: string;
  readonly costs: FlatCosts;
  run(): readonly number[] | number;
  check(result: readonly number[] | number): { kept: number; failure?: string };
}

/**
 * Runs each operation `runs` times and checks its result. Sets are of two kinds: uniform in a cube,
 * where few vectors are on the front, and on a plane, where all are.
 */
export function measurePareto(
  points: number,
  runs: number,
  seed: number,
  now: () => number,
  progress: (title: string) => void,
): ParetoOperation[] {
  return paretoWork(points, seed).map((work) => {
    progress(work.title);
    const ms: number[] = [];
    const failures = new Set<string>();
    let kept = 0;
    for (let run = 0; run < runs; run++) {
      const startedAtMs = now();
      const result = work.run();
      ms.push(now() - startedAtMs);
      const checked = work.check(result);
      kept = checked.kept;
      if (checked.failure !== undefined) failures.add(checked.failure);
    }
    const { id, title, costs } = work;
    const { dimensions: objectives, values } = costs;
    const size = { objectives, points: values.length / objectives, kept };
    return { id, title, ...size, ms: distributionOf(ms), failures: [...failures] };
  });
}

function paretoWork(points: number, seed: number): Work[] {
  const work: Work[] = [];
  for (const objectives of [2, 3]) {
    for (const kind of ["cube", "plane"] as const) {
      const costs =
        kind === "cube" ? cube(points, objectives, seed) : plane(points, objectives, seed);
      work.push(filterWork(kind, costs), volumeWork(kind, costs));
    }
  }
  work.push(filterWork("cube", cube(points, 4, seed)));
  const front = plane(FRONT_POINTS, 3, seed);
  return [
    ...work,
    archiveWork(front),
    chooseWork("hypervolume", front),
    chooseWork("regret", front),
  ];
}

function filterWork(kind: "cube" | "plane", costs: FlatCosts): Work {
  const { dimensions, values } = costs;
  return {
    id: `filter-${dimensions}-${kind}`,
    title: `filter, ${kind}`,
    costs,
    run: () => paretoFilter(costs),
    check(result) {
      const front = result as readonly number[];
      const isWhole =
        kind === "plane"
          ? new Set(front).size === values.length / dimensions
          : isFrontOf(front, costs);
      return { kept: front.length, ...(isWhole ? {} : { failure: "this is not the front" }) };
    },
  };
}

function volumeWork(kind: "cube" | "plane", costs: FlatCosts): Work {
  const { dimensions } = costs;
  const reference = Array.from({ length: dimensions }, () => 1.1);
  const front = paretoFilter(costs);
  const expected = hypervolume(rowsOf(costs, front), reference);
  return {
    id: `hypervolume-${dimensions}-${kind}`,
    title: `hypervolume, ${kind}`,
    costs,
    run: () => hypervolume(costs, reference),
    check(result) {
      const isSame = Math.abs((result as number) / expected - 1) < ROUNDING;
      return { kept: front.length, ...(isSame ? {} : { failure: "not that of its front" }) };
    },
  };
}

function archiveWork(costs: FlatCosts): Work {
  const { dimensions, values } = costs;
  return {
    id: "archive",
    title: "archive, one by one",
    costs,
    run() {
      const archive = createParetoArchive(dimensions);
      for (let at = 0; at < values.length; at += dimensions) {
        archive.insert(values, at / dimensions, at);
      }
      return archive.tags();
    },
    check(result) {
      const kept = (result as readonly number[]).length;
      return {
        kept,
        ...(kept === FRONT_POINTS ? {} : { failure: "a vector of the front is gone" }),
      };
    },
  };
}

function chooseWork(by: "hypervolume" | "regret", costs: FlatCosts): Work {
  return {
    id: `choose-${by}`,
    title: `choose ${CHOSEN} by ${by}`,
    costs,
    run: () => chooseSubset(costs, { count: CHOSEN, by }),
    check(result) {
      const kept = new Set(result as readonly number[]).size;
      return { kept, ...(kept === CHOSEN ? {} : { failure: `chose ${kept}` }) };
    },
  };
}

/** Whether a set has a front: no member dominates another, and some member is no worse than any. */
function isFrontOf(front: readonly number[], { dimensions, values }: FlatCosts): boolean {
  const isNoWorse = (a: number, b: number): boolean => {
    let k = 0;
    while (k < dimensions && values[a * dimensions + k]! <= values[b * dimensions + k]!) k++;
    return k === dimensions;
  };
  for (const a of front) for (const b of front) if (a !== b && isNoWorse(a, b)) return false;
  for (let index = 0; index < values.length / dimensions; index++) {
    if (!front.some((member) => isNoWorse(member, index))) return false;
  }
  return true;
}
