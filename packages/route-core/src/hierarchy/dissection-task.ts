import type { UndirectedGraph } from "./undirected-graph.ts";

/**
 * A part of a graph that can be ordered on its own. Nodes 0 .. nodeCount - 1 are to be ordered;
 * neighbours with larger ids are nodes around the part that are ordered later.
 */
export interface DissectionTask {
  readonly nodeCount: number;
  /** Larger than any id that occurs. */
  readonly idCount: number;
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
  return { nodeCount, idCount: nodeCount, firstNeighbour, neighbours, x, y };
}

/** The task of ordering some nodes of another; ids are places in `nodes`. */
export function partOfTask(task: DissectionTask, nodes: Int32Array): DissectionTask {
  const firstNeighbour = new Int32Array(nodes.length + 1);
  /** One more than the id here, per id of the whole task. */
  const nextId = new Int32Array(task.idCount);
  for (let id = 0; id < nodes.length; id++) {
    const node = nodes[id]!;
    const degree = task.firstNeighbour[node + 1]! - task.firstNeighbour[node]!;
    firstNeighbour[id + 1] = firstNeighbour[id]! + degree;
    nextId[node] = id + 1;
  }
  const neighbours = new Int32Array(firstNeighbour[nodes.length]!);
  let idCount = nodes.length;
  let at = 0;
  for (const node of nodes) {
    for (let k = task.firstNeighbour[node]!; k < task.firstNeighbour[node + 1]!; k++) {
      const neighbour = task.neighbours[k]!;
      if (nextId[neighbour] === 0) nextId[neighbour] = ++idCount;
      neighbours[at++] = nextId[neighbour]! - 1;
    }
  }
  return {
    nodeCount: nodes.length,
    idCount,
    firstNeighbour,
    neighbours,
    x: Int32Array.from(nodes, (node) => task.x[node]!),
    y: Int32Array.from(nodes, (node) => task.y[node]!),
  };
}
