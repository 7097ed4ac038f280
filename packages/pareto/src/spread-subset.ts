import type { CostVector } from "./costs.ts";
import { kneeIndex } from "./knee.ts";
import { normalize } from "./normalize.ts";

/**
 * Chooses `count` vectors of a front that represent it: the best of every objective, the knee, and
 * then always the vector farthest from those chosen (normalised Euclidean distance). Returns
 * ascending indices; all of them when there are no more than `count`.
 */
export function spreadSubset(costs: readonly CostVector[], count: number): number[] {
  if (costs.length <= count) return costs.map((_, index) => index);
  const points = normalize(costs);
  const chosen = new Set<number>();
  const choose = (index: number): void => {
    if (chosen.size < count) chosen.add(index);
  };
  const dimensions = costs[0]!.length;
  for (let k = 0; k < dimensions; k++) choose(argMin(costs, (vector) => vector[k]!));
  choose(kneeIndex(costs));
  const distance = points.map(() => Infinity);
  const measured = new Set<number>();
  while (chosen.size < count) {
    for (const index of chosen) {
      if (measured.has(index)) continue;
      measured.add(index);
      for (const [other, point] of points.entries()) {
        distance[other] = Math.min(distance[other]!, euclidean(point, points[index]!));
      }
    }
    let farthest = -1;
    for (const [index, value] of distance.entries()) {
      if (!chosen.has(index) && (farthest < 0 || value > distance[farthest]!)) farthest = index;
    }
    choose(farthest);
  }
  return [...chosen].sort((a, b) => a - b);
}

function argMin(costs: readonly CostVector[], value: (vector: CostVector) => number): number {
  let best = 0;
  for (const [index, vector] of costs.entries()) {
    if (value(vector) < value(costs[best]!)) best = index;
  }
  return best;
}

function euclidean(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, k) => value - b[k]!));
}
