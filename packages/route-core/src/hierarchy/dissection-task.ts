import type { UndirectedGraph } from "./undirected-graph.ts";

/**
 * A part of a graph that can be ordered on its own. Nodes 0 .. nodeCount - 1 are to be ordered;
 * neighbours with larger ids are nodes around the part that are ordered later.
 */
export interface DissectionTask {
  readonly nodeCount: number;
  readonly firstNeighbour: Int32Array;
  readonly neighbours: Int32Array;
  readonly x: Int32Array;
  readonly y: Int32Array;
}

/** A task's nodes in order, and which stretches of them are still to be ordered. */
export interface DissectionStep {
  /** Lowest rank first. */
  readonly order: Int32Array;
  /** Pairs of begin and end: stretches of `order` that hold one part each, in no order yet. */
  readonly openParts: Int32Array;
}

/** The whole of a graph as a task. */
export function wholeGraphTask(
  graph: UndirectedGraph,
  x: Int32Array,
  y: Int32Array,
): DissectionTask {
  const { nodeCount, firstNeighbour, neighbours } = graph;
  return { nodeCount, firstNeighbour, neighbours, x, y };
}

/** The task of ordering some nodes of another; ids are places in `nodes`. */
export function partOfTask(task: DissectionTask, nodes: Int32Array): DissectionTask {
  const idOf = new Map<number, number>();
  for (const [id, node] of nodes.entries()) idOf.set(node, id);
  const firstNeighbour = new Int32Array(nodes.length + 1);
  for (const [id, node] of nodes.entries()) {
    const degree = task.firstNeighbour[node + 1]! - task.firstNeighbour[node]!;
    firstNeighbour[id + 1] = firstNeighbour[id]! + degree;
  }
  const neighbours = new Int32Array(firstNeighbour[nodes.length]!);
  for (const [id, node] of nodes.entries()) {
    let at = firstNeighbour[id]!;
    for (let k = task.firstNeighbour[node]!; k < task.firstNeighbour[node + 1]!; k++) {
      const neighbour = task.neighbours[k]!;
      let known = idOf.get(neighbour);
      if (known === undefined) idOf.set(neighbour, (known = idOf.size));
      neighbours[at++] = known;
    }
  }
  return {
    nodeCount: nodes.length,
    firstNeighbour,
    neighbours,
    x: Int32Array.from(nodes, (node) => task.x[node]!),
    y: Int32Array.from(nodes, (node) => task.y[node]!),
  };
}
