import { arcCost, findOutArc, type SearchGraph } from "./search-graph.ts";
import type { SearchQuery } from "./search-query.ts";

/**
 * Cuts out where a merged label has turned back on the road: `a, a ^ 1` in the middle of a route leads
 * to where it stood before `a`, for nothing. Only unconstrained labels do that, and then whatever
 * follows may as well follow what came before (see arc-flags.ts). At the ends of a route the start in
 * the other direction, the end before the arc, or a direct route takes the place of both.
 *
 * @param steps 2 * arc, + 1 where the label that came by it was constrained, in driving order
 * @returns arcs in driving order
 */
export function withoutTurningBack(query: SearchQuery, steps: Int32Array): Int32Array {
  const kept: number[] = [];
  for (const [k, step] of steps.entries()) {
    const before = kept.at(-1);
    const isBack = before !== undefined && (before & 1) === 0 && before >> 1 === ((step >> 1) ^ 1);
    if (!isBack) kept.push(step);
    else if (k === steps.length - 1) return ended(query, kept);
    else if (kept.length > 1) kept.pop();
    else kept[0] = step;
  }
  return Int32Array.from(kept, (step) => step >> 1);
}

/** The route ends on its last arc instead of driving past the destination. */
function ended({ starts, ends, direct }: SearchQuery, kept: readonly number[]): Int32Array {
  if (kept.length > 1) return Int32Array.from(kept, (step) => step >> 1);
  const arc = kept[0]! >> 1;
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
