import { createSeededRandom } from "@gradeway/test-kit";
import fc from "fast-check";

import { buildHierarchy } from "../../src/hierarchy/build-hierarchy.ts";
import type { Hierarchy } from "../../src/hierarchy/hierarchy.ts";
import { nestedDissection } from "../../src/hierarchy/nested-dissection.ts";
import type { NetworkShape } from "../../src/hierarchy/network-shape.ts";
import { INF } from "../../src/search/search-graph.ts";

/** A network with costs, `metricCount` per arc. */
export interface CostedGraph extends NetworkShape {
  readonly metricCount: number;
  readonly costs: Int32Array;
}

/** Any order will do for a hierarchy to be right; this one is also good. */
export function hierarchyOf(graph: NetworkShape): Hierarchy {
  return buildHierarchy(graph.nodeCount, graph.tails, graph.heads, nestedDissection(graph));
}

/** Parallel arcs, loops, one-ways, zero costs, ties, islands, arcs closed in one metric or in all. */
export function smallGraph(maxNodes = 24, maxCost = 4): fc.Arbitrary<CostedGraph> {
  return fc
    .record({
      nodeCount: fc.integer({ min: 1, max: maxNodes }),
      metricCount: fc.integer({ min: 1, max: 4 }),
    })
    .chain(({ nodeCount, metricCount }) => {
      const node = fc.integer({ min: 0, max: nodeCount - 1 });
      const cost = fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 0, max: maxCost }) },
        { weight: 1, arbitrary: fc.constant(INF) },
      );
      const arc = fc.record({
        tail: node,
        head: node,
        costs: fc.array(cost, { minLength: metricCount, maxLength: metricCount }),
      });
      const place = fc.integer({ min: -5, max: 5 });
      return fc
        .record({
          arcs: fc.array(arc, { maxLength: 4 * nodeCount, size: "max" }),
          x: fc.array(place, { minLength: nodeCount, maxLength: nodeCount }),
          y: fc.array(place, { minLength: nodeCount, maxLength: nodeCount }),
        })
        .map(({ arcs, x, y }) => ({
          nodeCount,
          metricCount,
          tails: Int32Array.from(arcs, ({ tail }) => tail),
          heads: Int32Array.from(arcs, ({ head }) => head),
          costs: Int32Array.from(arcs.flatMap((one) => one.costs)),
          x: Int32Array.from(x),
          y: Int32Array.from(y),
        }));
    });
}

/**
 * A town: a grid of streets with some diagonals and gaps, most open both ways, with small costs. Large
 * enough for cuts, and with too many streets a junction to be taken apart without.
 */
export function town(side: number, seed: number, metricCount = 3): CostedGraph {
  const random = createSeededRandom(seed);
  const tails: number[] = [];
  const heads: number[] = [];
  const costs: number[] = [];
  const addArc = (tail: number, head: number): void => {
    tails.push(tail);
    heads.push(head);
    for (let k = 0; k < metricCount; k++) costs.push(random.integer(0, 9));
  };
  const street = (from: number, to: number): void => {
    addArc(from, to);
    if (random.chance(0.9)) addArc(to, from);
  };
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const here = row * side + column;
      if (column + 1 < side && random.chance(0.95)) street(here, here + 1);
      if (row + 1 < side && random.chance(0.95)) street(here, here + side);
      if (column + 1 < side && row + 1 < side && random.chance(0.5)) street(here, here + side + 1);
    }
  }
  const node = (at: number): number => Math.floor(at / side);
  return {
    nodeCount: side * side,
    metricCount,
    tails: Int32Array.from(tails),
    heads: Int32Array.from(heads),
    costs: Int32Array.from(costs),
    x: Int32Array.from(
      { length: side * side },
      (_, at) => (at % side) * 100 + random.integer(0, 60),
    ),
    y: Int32Array.from({ length: side * side }, (_, at) => node(at) * 100 + random.integer(0, 60)),
  };
}

/**
 * Distances from (or to) several ends in one metric, by relaxing all arcs until nothing changes: no
 * queue, no order, nothing in common with a hierarchy. Plain numbers, so nothing overflows.
 */
export function bellmanFord(
  graph: CostedGraph,
  metric: number,
  ends: readonly { readonly node: number; readonly costs: ArrayLike<number> }[],
  reversed = false,
): number[] {
  const distance = Array.from({ length: graph.nodeCount }, () => Infinity);
  for (const { node, costs } of ends) distance[node] = Math.min(distance[node]!, costs[metric]!);
  const [from, to] = reversed ? [graph.heads, graph.tails] : [graph.tails, graph.heads];
  for (let changed = true; changed;) {
    changed = false;
    for (let arc = 0; arc < from.length; arc++) {
      const cost = graph.costs[arc * graph.metricCount + metric]!;
      if (cost >= INF) continue;
      const reached = distance[from[arc]!]! + cost;
      if (reached >= distance[to[arc]!]!) continue;
      distance[to[arc]!] = reached;
      changed = true;
    }
  }
  return distance;
}

/** As the hierarchy writes it: INF for no path, INF - 1 for what cannot be counted. */
export function asCounted(distance: number): number {
  return distance === Infinity ? INF : Math.min(distance, INF - 1);
}

/** A node as an end without costs of its own. */
export function endAt(node: number, metricCount: number): { node: number; costs: number[] } {
  return { node, costs: Array.from({ length: metricCount }, () => 0) };
}
