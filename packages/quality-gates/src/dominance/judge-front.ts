import type { CostVector } from "@gradeway/route-core/search";

import { drivePath } from "./drive-path.ts";
import type { ClaimedRoute, Trial } from "./trial.ts";

/** Why a claimed route is no legal route of its claimed costs, or undefined when it is. */
export function unrealRoute(trial: Trial, routes: readonly ClaimedRoute[]): string | undefined {
  for (const { path, costs } of routes) {
    const driven = drivePath(trial, path);
    if (typeof driven === "string") return `route ${path.join(" ")}: ${driven}`;
    if (textOf(driven) !== textOf(costs)) {
      return `route ${path.join(" ")} costs ${textOf(driven)}, not ${textOf(costs)}`;
    }
  }
  return undefined;
}

/** How an exact front differs from the true one as a set, or undefined when it does not. */
export function wrongExactFront(
  truth: readonly CostVector[],
  routes: readonly ClaimedRoute[],
): string | undefined {
  const wanted = new Set(truth.map(textOf));
  const found = new Set(routes.map(({ costs }) => textOf(costs)));
  const missing = [...wanted].filter((vector) => !found.has(vector));
  if (missing.length > 0) return `${missing.join(" ")} missing from a front of ${wanted.size}`;
  const surplus = [...found].filter((vector) => !wanted.has(vector));
  if (surplus.length > 0) return `${surplus.join(" ")} is on no front`;
  const repeated = routes.length - found.size;
  return repeated > 0 ? `${repeated} cost vectors given twice` : undefined;
}

/**
 * Which point of the true front nothing found comes within `percent` of, or undefined. Compared on
 * integers, so that the bound is the exact one.
 */
export function uncoveredPoint(
  truth: readonly CostVector[],
  found: readonly CostVector[],
  percent: number,
): string | undefined {
  const missed = truth.find(
    (point) =>
      !found.some((costs) => costs.every((c, k) => 100 * c <= (100 + percent) * point[k]!)),
  );
  return missed === undefined ? undefined : `no route within ${percent} % of ${textOf(missed)}`;
}

/** Costs as `(time, money, co2e)`. */
export function textOf(costs: CostVector): string {
  return `(${costs.join(", ")})`;
}
