import { DisjointPaths } from "./disjoint-paths.ts";
import { ExtremeNodes } from "./extreme-nodes.ts";
import { type FlowField, SINK, SOURCE } from "./flow-field.ts";
import {
  createVertexCut,
  IN_CUT,
  NEAR_SINK,
  NEAR_SOURCE,
  readSinkCut,
  readSourceCut,
  type VertexCut,
} from "./vertex-cut.ts";

/** Share of a part's nodes that is source, and that is sink, of a flow. */
const TERMINAL_SHARE = 0.25;

/** Lines of sight: west to east, south to north, and the two between. */
const DIRECTIONS: readonly (readonly [number, number])[] = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
];

/**
 * Parts a connected graph by few nodes into two sides of similar size.
 *
 * Inertial flow (A. Schild, C. Sommer, SEA 2015), on nodes instead of edges: for each of four directions
 * the quarters of the nodes at either end become sources and sinks of a flow, whose smallest cuts,
 * nearest to the sources and nearest to the sinks, are candidates. The best one is refined: the nodes of
 * each side that are farthest from it, by hops, become the terminals of another flow, which is no longer
 * bound to a straight front. A cut is better the fewer nodes it has per node of the smaller side (and one
 * more, so that a graph which resists every cut still loses some nodes).
 */
export class Bisection {
  /** The answer, until the next `run`. */
  readonly best: VertexCut;
  readonly #field: FlowField;
  readonly #paths: DisjointPaths;
  readonly #extremes: ExtremeNodes;
  readonly #candidate: VertexCut;
  readonly #keys: Float64Array;
  readonly #distance: Int32Array;
  readonly #queue: Int32Array;
  #ratio = Infinity;

  constructor(field: FlowField) {
    const maxNodes = field.starts.length;
    this.#field = field;
    this.best = createVertexCut(maxNodes);
    this.#candidate = createVertexCut(maxNodes);
    this.#paths = new DisjointPaths(field);
    this.#extremes = new ExtremeNodes(maxNodes);
    this.#keys = new Float64Array(maxNodes);
    this.#distance = new Int32Array(maxNodes);
    this.#queue = new Int32Array(maxNodes);
  }

  /**
   * Cuts the graph in the field.
   * @param x,y positions of its nodes
   */
  run(x: Float64Array, y: Float64Array): void {
    const { nodeCount, terminal } = this.#field;
    const keys = this.#keys;
    const count = this.#terminalCount();
    this.#ratio = Infinity;
    for (const [east, north] of DIRECTIONS) {
      for (let node = 0; node < nodeCount; node++) keys[node] = x[node]! * east + y[node]! * north;
      this.#extremes.mark(keys, nodeCount, count, terminal, SOURCE, SINK);
      this.#flow();
    }
    while (this.best.smallerSide > 0 && this.#refine());
  }

  #terminalCount(): number {
    return Math.max(1, Math.floor(this.#field.nodeCount * TERMINAL_SHARE));
  }

  /** Flows between the terminals; true when that gave a better cut. */
  #flow(): boolean {
    const before = this.#ratio;
    const size = this.#paths.run(this.#sizeToBeat());
    if (size < 0) return false;
    readSourceCut(this.#field, this.#candidate);
    this.#takeIfBetter();
    readSinkCut(this.#field, this.#candidate);
    this.#takeIfBetter();
    return this.#ratio < before;
  }

  /** The largest cut that could still be better, were it perfectly balanced. */
  #sizeToBeat(): number {
    const { nodeCount } = this.#field;
    return this.#ratio === Infinity
      ? nodeCount
      : Math.ceil((this.#ratio * (nodeCount + 2)) / (2 + this.#ratio));
  }

  #takeIfBetter(): void {
    const { cutSize, smallerSide, side } = this.#candidate;
    const ratio = cutSize / (smallerSide + 1);
    if (!(ratio < this.#ratio)) return;
    this.#ratio = ratio;
    this.best.side.set(side.subarray(0, this.#field.nodeCount));
    this.best.cutSize = cutSize;
    this.best.smallerSide = smallerSide;
  }

  #refine(): boolean {
    const { nodeCount, first, heads, terminal } = this.#field;
    const { side } = this.best;
    const distance = this.#distance;
    const queue = this.#queue;
    let size = 0;
    for (let node = 0; node < nodeCount; node++) {
      terminal[node] = 0;
      distance[node] = -1;
      if (side[node] !== IN_CUT) continue;
      distance[node] = 0;
      queue[size++] = node;
    }
    for (let at = 0; at < size; at++) {
      const node = queue[at]!;
      for (let k = first[node]!, end = first[node + 1]!; k < end; k++) {
        const head = heads[k]!;
        if (distance[head] !== -1) continue;
        distance[head] = distance[node]! + 1;
        queue[size++] = head;
      }
    }
    let sources = this.#terminalCount();
    let sinks = sources;
    for (let at = size - 1; at >= 0; at--) {
      const node = queue[at]!;
      if (side[node] === NEAR_SOURCE && sources-- > 0) terminal[node] = SOURCE;
      else if (side[node] === NEAR_SINK && sinks-- > 0) terminal[node] = SINK;
    }
    return this.#flow();
  }
}
