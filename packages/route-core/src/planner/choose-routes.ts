import { chooseSubset, kneeIndex, type Overlap } from "@gradeway/pareto";

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

/** How many routes are shown, and how much alike they may be. */
export interface ChoiceLimits {
  readonly maxRoutes: number;
  /** Routes other than the best ones and the knee overlap no shown one by more than this. */
  readonly maxOverlapRatio: number;
  /** Share of their way that two routes of the front have in common. */
  readonly overlap: Overlap;
  /** Stops a choice that takes long by throwing. */
  readonly poll?: (() => void) | undefined;
}

/**
 * Chooses the routes of a front that are shown: all of them if they are few and may be alike, else the
 * best of each objective, the knee, and what then adds most hypervolume.
 *
 * @param front - search costs per point, in the order of OBJECTIVES
 */
export function chooseRoutes(
  front: readonly (readonly [number, number, number])[],
  objectives: readonly Objective[],
  limits: ChoiceLimits,
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
  return { shown: shownOf(costs, knee, limits), tags, knee };
}

function shownOf(
  costs: readonly (readonly number[])[],
  knee: number,
  { maxRoutes, maxOverlapRatio, overlap, poll }: ChoiceLimits,
): number[] {
  if (maxRoutes >= costs.length && maxOverlapRatio >= 1) return [...costs.keys()];
  const shown = chooseSubset(costs, {
    count: Math.min(maxRoutes, costs.length),
    // How much of their way routes share takes long to find out, and any share is allowed up to 1.
    ...(maxOverlapRatio < 1 ? { overlap, maxOverlap: maxOverlapRatio } : {}),
    ...(poll === undefined ? {} : { poll }),
  });
  // The recommended route is always among those shown.
  if (!shown.includes(knee)) shown[shown.length - 1] = knee;
  return shown.sort((a, b) => a - b);
}
