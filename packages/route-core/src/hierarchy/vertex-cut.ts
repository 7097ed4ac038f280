import { FLOW_END, type FlowField, NO_FLOW, SINK, SOURCE, UNSEEN } from "./flow-field.ts";

/** Values of `VertexCut.side`. */
export const IN_CUT = 0;
export const NEAR_SOURCE = 1;
export const NEAR_SINK = 2;

/** A set of nodes that parts a graph in two. */
export interface VertexCut {
  /** IN_CUT, NEAR_SOURCE or NEAR_SINK per node. */
  readonly side: Uint8Array;
  cutSize: number;
  /** Nodes on the smaller of the two sides. */
  smallerSide: number;
}

/** Scratch for graphs of up to so many nodes. */
export function createVertexCut(maxNodes: number): VertexCut {
  return { side: new Uint8Array(maxNodes), cutSize: 0, smallerSide: 0 };
}

/**
 * The smallest cut nearest to the sources: behind everything a further path could still reach. Read it
 * right after the flow, whose last levels it uses.
 */
export function readSourceCut(field: FlowField, cut: VertexCut): void {
  const { nodeCount, terminal, isStart, level } = field;
  for (let node = 0; node < nodeCount; node++) {
    const isInReached = level[2 * node] !== UNSEEN;
    const isOutReached = level[2 * node + 1] !== UNSEEN;
    let side = NEAR_SINK;
    if (isOutReached) side = terminal[node] === SINK ? IN_CUT : NEAR_SOURCE;
    else if (isInReached) side = IN_CUT;
    else if (terminal[node] === SOURCE) side = isStart[node] === 1 ? IN_CUT : NEAR_SOURCE;
    cut.side[node] = side;
  }
  measure(cut, nodeCount);
}

/** The smallest cut nearest to the sinks. Overwrites the levels of the flow. */
export function readSinkCut(field: FlowField, cut: VertexCut): void {
  const { nodeCount, terminal, level } = field;
  markWhatReachesSinks(field);
  for (let node = 0; node < nodeCount; node++) {
    const isInMarked = level[2 * node] !== UNSEEN;
    const isOutMarked = level[2 * node + 1] !== UNSEEN;
    let side = NEAR_SOURCE;
    if (isInMarked) side = terminal[node] === SOURCE ? IN_CUT : NEAR_SINK;
    else if (isOutMarked || terminal[node] === SINK) side = IN_CUT;
    cut.side[node] = side;
  }
  measure(cut, nodeCount);
}

function markWhatReachesSinks(field: FlowField): void {
  const { nodeCount, first, heads, terminal, level, next, queue } = field;
  level.fill(UNSEEN, 0, 2 * nodeCount);
  let size = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (terminal[node] !== SINK || next[node] === FLOW_END) continue;
    level[2 * node + 1] = 0;
    queue[size++] = 2 * node + 1;
  }
  for (let at = 0; at < size; at++) {
    const state = queue[at]!;
    const node = state >> 1;
    const to = next[node]!;
    const isOut = (state & 1) === 1;
    // Where the one residual arc comes from that is none of the graph's.
    let before = isOut ? 2 * to : state + 1;
    if (to === NO_FLOW) before = isOut ? state - 1 : -1;
    if (before >= 0 && level[before] === UNSEEN) {
      level[before] = 0;
      queue[size++] = before;
    }
    if (isOut || terminal[node] === SOURCE) continue;
    for (let k = first[node]!, end = first[node + 1]!; k < end; k++) {
      const head = heads[k]!;
      if (next[head] === node || level[2 * head + 1] !== UNSEEN) continue;
      level[2 * head + 1] = 0;
      queue[size++] = 2 * head + 1;
    }
  }
}

function measure(cut: VertexCut, nodeCount: number): void {
  const { side } = cut;
  let nearSource = 0;
  let nearSink = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (side[node] === NEAR_SOURCE) nearSource++;
    else if (side[node] === NEAR_SINK) nearSink++;
  }
  cut.cutSize = nodeCount - nearSource - nearSink;
  cut.smallerSide = Math.min(nearSource, nearSink);
}
