/** Values of `terminal`. */
export const SOURCE = 1;
export const SINK = 2;

/** In `next` and `previous`: no flow passes the node; or it ends, or begins, here. */
export const NO_FLOW = -1;
export const FLOW_END = -2;

/** In `level`: not reached. */
export const UNSEEN = -1;

/**
 * A graph with sources and sinks, and the node-disjoint paths found between them so far. Every node
 * has a way in and a way out with room for one path between the two, terminals included.
 *
 * States: `2 * node` = at the way in, `2 * node + 1` = at the way out.
 */
export interface FlowField {
  nodeCount: number;
  /** Compressed rows of the graph; may be longer than `nodeCount` needs. */
  readonly first: Int32Array;
  readonly heads: Int32Array;
  /** 0, SOURCE or SINK per node. */
  readonly terminal: Uint8Array;
  /** The sources that have a neighbour which is none: no path needs to begin elsewhere. */
  readonly starts: Int32Array;
  startCount: number;
  readonly isStart: Uint8Array;
  /** Node the flow through a node goes to. */
  readonly next: Int32Array;
  /** Node the flow through a node comes from. */
  readonly previous: Int32Array;
  /** Per state, by the last breadth-first search. */
  readonly level: Int32Array;
  readonly queue: Int32Array;
}

/** Scratch for graphs of up to so many nodes and neighbours. */
export function createFlowField(maxNodes: number, maxNeighbours: number): FlowField {
  return {
    nodeCount: 0,
    first: new Int32Array(maxNodes + 1),
    heads: new Int32Array(maxNeighbours),
    terminal: new Uint8Array(maxNodes),
    starts: new Int32Array(maxNodes),
    startCount: 0,
    isStart: new Uint8Array(maxNodes),
    next: new Int32Array(maxNodes),
    previous: new Int32Array(maxNodes),
    level: new Int32Array(2 * maxNodes),
    queue: new Int32Array(2 * maxNodes),
  };
}

/** Takes all flow out and finds where paths may begin, once `terminal` is set. */
export function beginFlow(field: FlowField): void {
  const { nodeCount, first, heads, terminal, starts, isStart } = field;
  field.next.fill(NO_FLOW, 0, nodeCount);
  field.previous.fill(NO_FLOW, 0, nodeCount);
  let count = 0;
  for (let node = 0; node < nodeCount; node++) {
    isStart[node] = 0;
    if (terminal[node] !== SOURCE) continue;
    for (let at = first[node]!, end = first[node + 1]!; at < end; at++) {
      if (terminal[heads[at]!] === SOURCE) continue;
      isStart[node] = 1;
      starts[count++] = node;
      break;
    }
  }
  field.startCount = count;
}
