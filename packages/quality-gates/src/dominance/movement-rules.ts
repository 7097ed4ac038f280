import type { CostVector } from "@gradeway/route-core/search";

import type { Trial, TrialNetwork } from "./trial.ts";

/** A way on from a node: a whole arc, or (`isEnd`) the part of one up to the destination. */
export interface Exit {
  readonly arcId: number;
  readonly head: number;
  readonly costs: CostVector;
  readonly isEnd: boolean;
}

/**
 * What a truck at `node` may do next, by the arcs that it has driven, the last of them to there.
 * Written from the rules, not from the search: no banned turn, no closed arc, no turning round unless
 * there is nothing else, and no last arc of a forbidden path.
 */
export function legalExits(
  { network, query }: Trial,
  node: number,
  driven: readonly number[],
): Exit[] {
  const arrival = driven.at(-1) ?? -1;
  const isBanned = (arcId: number): boolean =>
    network.bans.some(([arcIn, arcOut]) => arcIn === arrival && arcOut === arcId);
  const exits: Exit[] = [];
  for (const [arcId, arc] of network.arcs.entries()) {
    if (arc === undefined || arc.tail !== node || isBanned(arcId)) continue;
    if (arc.restricted && !query.openArcs.includes(arcId)) continue;
    exits.push({ arcId, head: arc.head, costs: arc.costs, isEnd: false });
  }
  for (const { arcId, costs, node: at } of query.ends) {
    if (at === node && !isBanned(arcId)) exits.push({ arcId, head: -1, costs, isEnd: true });
  }
  const onward = exits.filter(({ arcId }) => arrival < 0 || arcId !== (arrival ^ 1));
  const open = onward.length > 0 ? onward : exits;
  return open.filter(({ arcId }) => !endsForbiddenPath(network, driven, arcId));
}

function endsForbiddenPath(
  { paths }: TrialNetwork,
  driven: readonly number[],
  arcId: number,
): boolean {
  return paths.some(
    (path) =>
      path.at(-1) === arcId &&
      path.slice(0, -1).every((arc, k) => driven[driven.length + 1 - path.length + k] === arc),
  );
}

/** As many of the last arcs of a walk as begin a forbidden path; the last one where none do. */
export function memoryOf({ paths }: TrialNetwork, walk: readonly number[]): string {
  const begun = paths.flatMap((path) =>
    path.slice(0, -1).flatMap((_, k) => {
      const last = walk.slice(-1 - k);
      return last.length === k + 1 && last.every((arc, at) => arc === path[at]) ? [last] : [];
    }),
  );
  const longest = begun.reduce((most, one) => (one.length > most.length ? one : most), []);
  return (longest.length > 0 ? longest : walk.slice(-1)).join();
}

/** Sum of two cost vectors. */
export function addCosts(a: CostVector, b: CostVector): CostVector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}
