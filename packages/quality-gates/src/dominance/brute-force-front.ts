import type { CostVector } from "@gradeway/route-core/search";

import { addCosts, legalExits, memoryOf } from "./movement-rules.ts";
import type { Trial } from "./trial.ts";

/**
 * The Pareto front of a trial by enumeration: every legal walk that takes no arc twice (where paths are
 * forbidden: in the same part of one), depth first. Costs are never negative, so no walk that does can be
 * better. No bounds, no pruning, no order, and nothing of the search's code.
 *
 * @returns undefined when there are more than `maxSteps` steps to take
 */
export function bruteForceFront(trial: Trial, maxSteps: number): readonly CostVector[] | undefined {
  let front: CostVector[] = [];
  let steps = 0;
  const used = new Set<string>();
  const arrive = (costs: CostVector): void => {
    if (front.some((other) => noWorse(other, costs))) return;
    front = [...front.filter((other) => !noWorse(costs, other)), costs];
  };
  const driven: number[] = [];
  const walk = (node: number, costs: CostVector): void => {
    for (const exit of legalExits(trial, node, driven)) {
      if (++steps > maxSteps) return;
      const sum = addCosts(costs, exit.costs);
      if (exit.isEnd) {
        arrive(sum);
        continue;
      }
      driven.push(exit.arcId);
      const memory = memoryOf(trial.network, driven);
      if (!used.has(memory)) {
        used.add(memory);
        walk(exit.head, sum);
        used.delete(memory);
      }
      driven.pop();
    }
  };
  for (const { costs } of trial.query.direct) arrive(costs);
  for (const { node, arcId, costs } of trial.query.starts) {
    used.clear();
    driven.splice(0, driven.length, arcId);
    used.add(`${arcId}`);
    walk(node, costs);
  }
  return steps > maxSteps ? undefined : front;
}

/** At most as much in every objective. */
function noWorse(a: CostVector, b: CostVector): boolean {
  return a[0] <= b[0] && a[1] <= b[1] && a[2] <= b[2];
}
