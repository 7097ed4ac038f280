import { type ArrayTaker, newArrays } from "../array-taker.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { findStrongComponents, type StrongComponents } from "../graph/strong-components.ts";
import { ARC_ID, IN_STRIDE, type SearchGraph } from "../search/search-graph.ts";

/** Numbers of a network beside its arrays. */
const NETWORK_FACTS = 2;
const MAIN = 0;
const COMPONENTS = 1;

/** The network of open roads of one vehicle, split into parts that reach themselves. */
export interface OpenNetwork extends StrongComponents {
  /** Number of the largest component. */
  readonly main: number;
  /**
   * 1 for the nodes of the largest component of their island: what hangs together by any road, open
   * or not. From such a node open roads lead everywhere on the island that they lead to at all.
   */
  readonly isTrunk: Uint8Array;
}

/**
 * Finds the strong components of a search graph without its access-only arcs.
 *
 * @param arrays - where the network goes, or where it is already
 */
export function openNetwork(searchGraph: SearchGraph, arrays: ArrayTaker = newArrays): OpenNetwork {
  const { nodeCount } = searchGraph;
  const facts = arrays.int32(NETWORK_FACTS);
  const nodeComponent = arrays.int32(nodeCount);
  const isTrunk = arrays.uint8(nodeCount);
  const found = arrays.isFilled ? undefined : openComponents(searchGraph);
  if (found !== undefined) {
    facts[MAIN] = largestOf(found);
    facts[COMPONENTS] = found.componentNodes.length;
    nodeComponent.set(found.nodeComponent);
    markTrunk(searchGraph, found, isTrunk);
  }
  const componentNodes = arrays.int32(facts[COMPONENTS]!);
  if (found !== undefined) componentNodes.set(found.componentNodes);
  return { nodeComponent, componentNodes, main: facts[MAIN]!, isTrunk };
}

function openComponents(searchGraph: SearchGraph): StrongComponents {
  const { nodeCount, restricted, firstOut, outArcs, arcStride } = searchGraph;
  const openFirst = new Int32Array(nodeCount + 1);
  const heads = new Int32Array(firstOut[nodeCount]!);
  let count = 0;
  for (let node = 0; node < nodeCount; node++) {
    for (let at = firstOut[node]!; at < firstOut[node + 1]!; at++) {
      if (restricted[outArcs[at * arcStride + ARC_ID]!] === 1) continue;
      heads[count++] = outArcs[at * arcStride]!;
    }
    openFirst[node + 1] = count;
  }
  return findStrongComponents(nodeCount, openFirst, heads);
}

function largestOf({ componentNodes }: StrongComponents): number {
  let largest = 0;
  for (let one = 1; one < componentNodes.length; one++) {
    if (componentNodes[one]! > componentNodes[largest]!) largest = one;
  }
  return largest;
}

function markTrunk(
  { nodeCount, firstOut, outArcs, arcStride }: SearchGraph,
  { nodeComponent, componentNodes }: StrongComponents,
  isTrunk: Uint8Array,
): void {
  const parent = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) parent[node] = node;
  const islandOf = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  for (let node = 0; node < nodeCount; node++) {
    for (let at = firstOut[node]!; at < firstOut[node + 1]!; at++) {
      parent[islandOf(outArcs[at * arcStride]!)] = islandOf(node);
    }
  }
  const trunkOf = new Int32Array(nodeCount).fill(-1);
  for (let node = 0; node < nodeCount; node++) {
    const island = islandOf(node);
    const component = nodeComponent[node]!;
    // A node on its own has no open road to and fro.
    const atLeast = trunkOf[island]! < 0 ? 1 : componentNodes[trunkOf[island]!]!;
    if (componentNodes[component]! > atLeast) trunkOf[island] = component;
  }
  for (let node = 0; node < nodeCount; node++) {
    if (trunkOf[islandOf(node)] === nodeComponent[node]) isTrunk[node] = 1;
  }
}

/**
 * Access-only arcs that a trip may use to reach the place at one of its ends: those that lead from
 * the open network to the end's edge, and those around a place that open roads alone do not reach.
 * Destination roads are never through roads, so an end on the open network opens none, and those of
 * other places that meet the open network at the same crossing stay closed.
 */
export function pocketArcs(
  graph: RoutingGraph,
  searchGraph: SearchGraph,
  network: OpenNetwork,
  edge: number,
): readonly number[] {
  const { restricted, firstOut, outArcs, arcStride, firstIn, inArcs } = searchGraph;
  const tail = graph.edgeTail[edge]!;
  const head = graph.edgeHead[edge]!;
  const isTrunk = (node: number): boolean => network.isTrunk[node] === 1;
  const isRestricted = restricted[2 * edge] === 1 || restricted[2 * edge + 1] === 1;
  if (!isRestricted && isTrunk(tail) && isTrunk(head)) return [];
  const open = new Set<number>([2 * edge, 2 * edge + 1]);
  const seen = new Set<number>([tail, head]);
  const queue = [...seen];
  const visit = (arc: number, other: number): void => {
    if (restricted[arc] === 1) open.add(arc);
    if (seen.has(other)) return;
    seen.add(other);
    queue.push(other);
  };
  while (queue.length > 0) {
    const node = queue.pop()!;
    if (isTrunk(node)) continue;
    for (let k = firstOut[node]!; k < firstOut[node + 1]!; k++) {
      visit(outArcs[k * arcStride + ARC_ID]!, outArcs[k * arcStride]!);
    }
    for (let k = firstIn[node]!; k < firstIn[node + 1]!; k++) {
      visit(outArcs[inArcs[k * IN_STRIDE + 1]! + ARC_ID]!, inArcs[k * IN_STRIDE]!);
    }
  }
  return [...open].filter((arc) => restricted[arc] === 1);
}
