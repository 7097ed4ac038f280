import { kneeIndex, spreadSubset } from "@gradeway/pareto";

import { OBJECTIVES, type Objective, type RouteTag } from "./plan-types.ts";

const TAG_OF: Readonly<Record<Objective, RouteTag>> = {
  time: "fastest",
  money: "cheapest",
  co2e: "cleanest",
};

/** Which front points become routes, and what marks them. */
export interface RouteChoice {
  /** Ascending indices into the front. */
  readonly shown: readonly number[];
  readonly tags: readonly (readonly RouteTag[])[];
  readonly knee: number;
}

/**
 * Chooses the routes of a front that are shown: all of them, or `maxRoutes` that represent it.
 *
 * @param front - search costs per point, in the order of OBJECTIVES
 */
export function chooseRoutes(
  front: readonly (readonly [number, number, number])[],
  objectives: readonly Objective[],
  maxRoutes: number,
): RouteChoice {
  const used = OBJECTIVES.flatMap((objective, k) => (objectives.includes(objective) ? [k] : []));
  const costs = front.map((vector) => used.map((k) => vector[k]!));
  const knee = kneeIndex(costs);
  const tags: RouteTag[][] = front.map(() => []);
  for (const [position, k] of used.entries()) {
    let best = 0;
    for (const [index, vector] of costs.entries()) {
      if (vector[position]! < costs[best]![position]!) best = index;
    }
    tags[best]!.push(TAG_OF[OBJECTIVES[k]!]);
  }
  tags[knee]!.push("knee");
  const shown = spreadSubset(costs, maxRoutes);
  // The recommended route is always among those shown.
  if (!shown.includes(knee)) {
    shown[shown.length - 1] = knee;
    shown.sort((a, b) => a - b);
  }
  return { shown, tags, knee };
}
