import { GrowableArray } from "../growable-array.ts";
import { Ancestors } from "./ancestors.ts";
import { type Hierarchy, INF, NONE } from "./hierarchy.ts";
import type { HierarchyWeights } from "./hierarchy-weights.ts";
import type { HierarchyEnd } from "./lazy-potentials.ts";
import { PathUnpacker } from "./path-unpacker.ts";

/**
 * Shortest paths in one metric, without a queue: the ancestors of either end in the elimination tree
 * are relaxed from the lowest to the highest, and the path turns where the two sums are least.
 *
 * Owns its scratch, and touches of it only what belongs to the ancestors of the ends.
 */
export class ShortestPaths {
  readonly #hierarchy: Hierarchy;
  readonly #weights: HierarchyWeights;
  readonly #metric: number;
  readonly #forward: Climb;
  readonly #backward: Climb;
  readonly #ancestors: Ancestors;
  readonly #unpacker: PathUnpacker | undefined;
  /** Where the last path turns from up to down. */
  #top = NONE;

  /** @throws RangeError when the weights have no such metric */
  constructor(hierarchy: Hierarchy, weights: HierarchyWeights, metric = 0) {
    if (!(Number.isInteger(metric) && metric >= 0 && metric < weights.metricCount)) {
      throw new RangeError(`metric ${metric} of ${weights.metricCount}`);
    }
    this.#hierarchy = hierarchy;
    this.#weights = weights;
    this.#metric = metric;
    this.#forward = createClimb(hierarchy);
    this.#backward = createClimb(hierarchy);
    this.#ancestors = new Ancestors(hierarchy);
    this.#unpacker = weights.keepPaths ? new PathUnpacker(weights, metric) : undefined;
  }

  /** Cost of the cheapest path between two graph nodes; INF = there is none below INF. */
  distance(from: number, to: number): number {
    const { rank, parent } = this.#hierarchy;
    beginAt(this.#forward, rank[from]!, parent);
    beginAt(this.#backward, rank[to]!, parent);
    return this.#run();
  }

  /** As {@link distance}, from the best of several starts to the best of several ends. */
  distanceBetween(starts: readonly HierarchyEnd[], ends: readonly HierarchyEnd[]): number {
    this.#beginAtSeveral(this.#forward, starts);
    this.#beginAtSeveral(this.#backward, ends);
    return this.#run();
  }

  /**
   * The path whose cost was returned last, as arc ids of the graph in driving order; empty when it has
   * no arc or when there was no path.
   *
   * @throws RangeError when the weights were customised without paths
   */
  path(): Int32Array {
    const unpacker = this.#unpacker;
    if (unpacker === undefined) throw new RangeError("these weights were made without paths");
    const arcIds = new GrowableArray((n) => new Int32Array(n));
    if (this.#top === NONE) return arcIds.toArray();
    const climbed: number[] = [this.#top];
    const { below } = this.#forward;
    for (let at = this.#top; below[at] !== NONE; at = below[at]!) climbed.push(below[at]!);
    for (let k = climbed.length - 1; k > 0; k--) {
      unpacker.unpack(climbed[k]!, climbed[k - 1]!, true, arcIds);
    }
    const next = this.#backward.below;
    for (let at = this.#top; next[at] !== NONE; at = next[at]!) {
      unpacker.unpack(next[at]!, at, false, arcIds);
    }
    return arcIds.toArray();
  }

  /** Links the ancestors of all ends into one way up. */
  #beginAtSeveral(climb: Climb, ends: readonly HierarchyEnd[]): void {
    const { rank } = this.#hierarchy;
    const ancestors = this.#ancestors;
    ancestors.clear();
    for (const { node } of ends) ancestors.add(rank[node]!);
    ancestors.sort();
    clear(climb);
    const { ranks, count } = ancestors;
    const { distance, below, links } = climb;
    for (let k = 0; k < count; k++) links[ranks[k]!] = k + 1 < count ? ranks[k + 1]! : NONE;
    climb.lowest = count > 0 ? ranks[0]! : NONE;
    climb.next = links;
    for (const { node, costs } of ends) {
      const at = rank[node]!;
      if (costs[this.#metric]! >= distance[at]!) continue;
      distance[at] = costs[this.#metric]!;
      below[at] = NONE;
    }
  }

  /** Both ways up side by side, always the lower of the two ranks first. */
  #run(): number {
    const { distance: from, below: fromBelow, next: nextUp } = this.#forward;
    const { distance: until, below: untilBelow, next: nextDown } = this.#backward;
    const { first: firstUp, arcs: upArcs } = this.#weights.up;
    const { first: firstDown, arcs: downArcs } = this.#weights.down;
    const stride = this.#weights.metricCount + 1;
    const costAt = 1 + this.#metric;
    let best = INF;
    let top = NONE;
    let nextFrom = this.#forward.lowest;
    let nextUntil = this.#backward.lowest;
    while (nextFrom !== NONE || nextUntil !== NONE) {
      const up = nextFrom;
      const down = nextUntil;
      if (up === down && from[up]! + until[up]! < best) {
        best = from[up]! + until[up]!;
        top = up;
      }
      // Both loops stand here in full: calls would cost as much as what they do.
      if (up !== NONE && (down === NONE || up <= down)) {
        const sum = from[up]!;
        const end = firstUp[up + 1]! * stride;
        for (let at = sum < best ? firstUp[up]! * stride : end; at < end; at += stride) {
          const above = upArcs[at]!;
          const reached = sum + upArcs[at + costAt]!;
          if (reached < from[above]!) {
            from[above] = reached;
            fromBelow[above] = up;
          }
        }
        nextFrom = nextUp[up]!;
      }
      if (down !== NONE && (up === NONE || down <= up)) {
        const sum = until[down]!;
        const end = firstDown[down + 1]! * stride;
        for (let at = sum < best ? firstDown[down]! * stride : end; at < end; at += stride) {
          const above = downArcs[at]!;
          const reached = sum + downArcs[at + costAt]!;
          if (reached < until[above]!) {
            until[above] = reached;
            untilBelow[above] = down;
          }
        }
        nextUntil = nextDown[down]!;
      }
    }
    this.#top = top;
    return best;
  }
}

/** One side of a query. */
interface Climb {
  /** Per rank; INF outside of the way up. */
  readonly distance: Int32Array;
  /** Per rank with a distance: the rank it was reached from, or NONE at an end. */
  readonly below: Int32Array;
  /** The way up of the last query begins here, or NONE; */
  lowest: number;
  /** and goes on to `next[rank]`: the parents, or `links` when there are several ends. */
  next: Int32Array;
  readonly links: Int32Array;
}

function createClimb({ nodeCount, parent }: Hierarchy): Climb {
  return {
    distance: new Int32Array(nodeCount).fill(INF),
    below: new Int32Array(nodeCount),
    lowest: NONE,
    next: parent,
    links: new Int32Array(nodeCount),
  };
}

function beginAt(climb: Climb, rank: number, parent: Int32Array): void {
  clear(climb);
  climb.lowest = rank;
  climb.next = parent;
  climb.distance[rank] = 0;
  climb.below[rank] = NONE;
}

/** Takes back what the query before has left. */
function clear({ distance, lowest, next }: Climb): void {
  for (let at = lowest; at !== NONE; at = next[at]!) distance[at] = INF;
}
