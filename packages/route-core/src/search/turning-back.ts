import { arcCost, findOutArc, type SearchGraph } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";
import { arcOfState, type TurnStates } from "./turn-states.ts";

/**
 * Cuts out where a merged label has turned back on the road: `a, a ^ 1` in the middle of a route leads
 * to where it stood before `a`, for nothing. Only unconstrained labels do that, and then whatever
 * follows may as well follow what came before (see arc-flags.ts). At the ends of a route the start in
 * the other direction, the end before the arc, or a direct route takes the place of both.
 *
 * @param steps 2 * state, + 1 where the label that came by it was constrained, in driving order
 * @returns arcs in driving order
 */
export function withoutTurningBack(
  states: TurnStates,
  query: SearchQuery,
  steps: Int32Array,
): Int32Array {
  const known = steps.map((step) => arcOfState(states, step >> 1) * 2 + (step & 1));
  if (!turnsBack(known)) return known.map(arcOf);
  const kept: number[] = [];
  for (const [k, step] of known.entries()) {
    if (kept.length === 0 || !isTurn(kept.at(-1)!, step)) kept.push(step);
    else if (k === known.length - 1) return ended(query, kept);
    else if (kept.length > 1) kept.pop();
    else kept[0] = step;
  }
  return Int32Array.from(kept, arcOf);
}

function turnsBack(steps: Int32Array): boolean {
  for (let k = 1; k < steps.length; k++) if (isTurn(steps[k - 1]!, steps[k]!)) return true;
  return false;
}

function isTurn(before: number, step: number): boolean {
  return (before & 1) === 0 && before >> 1 === ((step >> 1) ^ 1);
}

function arcOf(step: number): number {
  return step >> 1;
}

/** The route ends on its last arc instead of driving past the destination. */
function ended({ starts, ends, direct }: SearchQuery, kept: readonly number[]): Int32Array {
  if (kept.length > 1) return Int32Array.from(kept, arcOf);
  const arc = arcOf(kept[0]!);
  const start = starts.find(({ arcId }) => arcId === arc)!;
  const end = ends.find(({ arcId, node }) => arcId === (arc ^ 1) && node === start.node)!;
  const within = direct.find(({ costs }) =>
    costs.every((cost, k) => cost <= start.costs[k]! + end.costs[k]!),
  );
  return Int32Array.of(within!.arcId);
}

/** What a route costs, arc by arc. */
export function costsOfRoute(graph: SearchGraph, query: SearchQuery, arcs: Int32Array): number[] {
  if (arcs.length === 1) return [...query.direct.find(({ arcId }) => arcId === arcs[0])!.costs];
  const start = query.starts.find(({ arcId }) => arcId === arcs[0])!;
  const sum = [...start.costs];
  let { node } = start;
  for (const arc of arcs.subarray(1, -1)) {
    const at = findOutArc(graph, node, arc);
    for (let k = 0; k < sum.length; k++) sum[k]! += arcCost(graph, at, k);
    node = graph.outArcs[at]!;
  }
  const last = arcs.at(-1);
  const end = query.ends.find((one) => one.arcId === last && one.node === node)!;
  return sum.map((cost, k) => cost + end.costs[k]!);
}
