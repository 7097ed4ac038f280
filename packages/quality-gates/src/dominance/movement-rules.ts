import type { CostVector } from "@gradeway/route-core/search";

import type { Trial } from "./trial.ts";

/** A way on from a node: a whole arc, or (`isEnd`) the part of one up to the destination. */
export interface Exit {
  readonly arcId: number;
  readonly head: number;
  readonly costs: CostVector;
  readonly isEnd: boolean;
}

/**
 * What a truck that arrived at `node` by `arrival` may do next (-1: it begins at the node itself).
 * Written from the rules, not from the search: no banned turn, no closed arc, and no turning round
 * unless there is nothing else.
 */
export function legalExits({ network, query }: Trial, node: number, arrival: number): Exit[] {
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
  if (arrival < 0) return exits;
  const onward = exits.filter(({ arcId }) => arcId !== (arrival ^ 1));
  return onward.length > 0 ? onward : exits;
}

/** Sum of two cost vectors. */
export function addCosts(a: CostVector, b: CostVector): CostVector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}
