import type { CostVector } from "@gradeway/route-core/search";

import { addCosts, legalExits } from "./movement-rules.ts";
import type { Trial } from "./trial.ts";

/** Drives a path by the rules: its costs, or why it is no legal route. */
export function drivePath(trial: Trial, path: readonly number[]): CostVector | string {
  const { starts, direct } = trial.query;
  if (path.length === 1) {
    const whole = direct.find(({ arcId }) => arcId === path[0]);
    return whole?.costs ?? `there is no direct route on arc ${path[0]}`;
  }
  const start = starts.find(({ arcId }) => arcId === path[0]);
  if (start === undefined) return `no start lies on arc ${path[0]}`;
  let { node, costs } = start;
  for (let k = 1; k < path.length; k++) {
    const isLast = k === path.length - 1;
    const exit = legalExits(trial, node, path.slice(0, k)).find(
      ({ arcId, isEnd }) => arcId === path[k] && isEnd === isLast,
    );
    if (exit === undefined) return `arc ${path[k]} may not follow arc ${path[k - 1]}`;
    node = exit.head;
    costs = addCosts(costs, exit.costs);
  }
  return costs;
}
