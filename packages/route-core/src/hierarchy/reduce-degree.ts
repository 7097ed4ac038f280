import { EliminationGraph } from "./elimination-graph.ts";
import type { UndirectedGraph } from "./undirected-graph.ts";

/** Nodes with at most so many neighbours are ordered first, before any cut is sought. */
const LARGEST_DEGREE = 3;

/** Rounds in which only dead ends go: a node of a long one would else have all the rest above it. */
const DEAD_END_ROUNDS = 8;

/** What is left of a graph when its simple parts are ordered. */
export interface ReducedGraph {
  /** Eliminated nodes, lowest rank first. */
  readonly eliminated: Int32Array;
  /** Nodes that are left, ascending; `core` numbers them by their place here. */
  readonly nodes: Int32Array;
  readonly core: UndirectedGraph;
}

/**
 * Eliminates dead ends, then chains, then junctions of three, over and over: at most three hierarchy arcs
 * a node. A third of a road network is left, and no smallest cut of nodes becomes larger.
 *
 * Within a round no two neighbours go, so that a long chain is halved again and again: taken from an
 * end it would make an elimination tree as deep as the chain is long.
 */
export function reduceDegree(graph: UndirectedGraph): ReducedGraph {
  const { nodeCount } = graph;
  const left = new EliminationGraph(graph);
  const { degree } = left;
  const eliminated = new Int32Array(nodeCount);
  const isOut = new Uint8Array(nodeCount);
  let count = 0;
  /** Round in which a neighbour of the node went; round for which the node is already a candidate. */
  const touched = new Int32Array(nodeCount).fill(-1);
  const listed = new Int32Array(nodeCount).fill(-1);
  let candidates = new Int32Array(nodeCount);
  let nextCandidates = new Int32Array(nodeCount);
  let round = 0;
  for (let largest = 1; largest <= LARGEST_DEGREE; largest++) {
    let size = 0;
    for (let node = 0; node < nodeCount; node++) {
      if (isOut[node] === 0 && degree[node]! <= largest) candidates[size++] = node;
    }
    const endRound = largest === 1 ? DEAD_END_ROUNDS : Infinity;
    while (size > 0 && round < endRound) {
      let nextSize = 0;
      const list = (node: number): void => {
        if (listed[node] === round) return;
        listed[node] = round;
        nextCandidates[nextSize++] = node;
      };
      for (let k = 0; k < size; k++) {
        const node = candidates[k]!;
        if (isOut[node] === 1 || degree[node]! > largest) continue;
        if (touched[node] === round) {
          list(node);
          continue;
        }
        left.eliminate(node);
        isOut[node] = 1;
        eliminated[count++] = node;
        for (let j = 0; j < degree[node]!; j++) {
          const neighbour = left.neighbour(node, j);
          touched[neighbour] = round;
          if (degree[neighbour]! <= largest) list(neighbour);
        }
      }
      [candidates, nextCandidates] = [nextCandidates, candidates];
      size = nextSize;
      round++;
    }
  }
  return { eliminated: eliminated.slice(0, count), ...coreOf(left, isOut, nodeCount - count) };
}

function coreOf(left: EliminationGraph, isOut: Uint8Array, nodeCount: number) {
  const nodes = new Int32Array(nodeCount);
  const coreId = new Int32Array(isOut.length).fill(-1);
  const firstNeighbour = new Int32Array(nodeCount + 1);
  let count = 0;
  for (let node = 0; node < isOut.length; node++) {
    if (isOut[node] === 1) continue;
    firstNeighbour[count + 1] = firstNeighbour[count]! + left.degree[node]!;
    coreId[node] = count;
    nodes[count++] = node;
  }
  const neighbours = new Int32Array(firstNeighbour[nodeCount]!);
  for (let core = 0; core < nodeCount; core++) {
    const begin = firstNeighbour[core]!;
    const degree = firstNeighbour[core + 1]! - begin;
    for (let k = 0; k < degree; k++) {
      neighbours[begin + k] = coreId[left.neighbour(nodes[core]!, k)]!;
    }
  }
  return { nodes, core: { nodeCount, firstNeighbour, neighbours } };
}
