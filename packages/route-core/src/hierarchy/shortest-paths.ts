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
    this.#unpacker = weights.keepPaths ? new PathUnpacker(weights, metric) : undefined;
  }

  /** Cost of the cheapest path between two graph nodes; INF = there is none below INF. */
  distance(from: number, to: number): number {
    const { rank } = this.#hierarchy;
    this.#clear();
    addEnd(this.#forward, rank[from]!, 0);
    addEnd(this.#backward, rank[to]!, 0);
    return this.#run();
  }

  /** As {@link distance}, from the best of several starts to the best of several ends. */
  distanceBetween(starts: readonly HierarchyEnd[], ends: readonly HierarchyEnd[]): number {
    const { rank } = this.#hierarchy;
    this.#clear();
    for (const { node, costs } of starts) addEnd(this.#forward, rank[node]!, costs[this.#metric]!);
    for (const { node, costs } of ends) addEnd(this.#backward, rank[node]!, costs[this.#metric]!);
    this.#forward.ancestors.sort();
    this.#backward.ancestors.sort();
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

  #clear(): void {
    clearClimb(this.#forward);
    clearClimb(this.#backward);
  }

  /** Both lists of ancestors side by side; from their first common one on they are the same. */
  #run(): number {
    const { distance: from, below: fromBelow } = this.#forward;
    const { distance: until, below: untilBelow } = this.#backward;
    const { ranks: upRanks, count: upCount } = this.#forward.ancestors;
    const { ranks: downRanks, count: downCount } = this.#backward.ancestors;
    const { first: firstUp, arcs: upArcs } = this.#weights.up;
    const { first: firstDown, arcs: downArcs } = this.#weights.down;
    const stride = this.#weights.metricCount + 1;
    const costAt = 1 + this.#metric;
    let best = INF;
    let top = NONE;
    for (let i = 0, j = 0; i < upCount || j < downCount;) {
      const up = i < upCount ? upRanks[i]! : INF;
      const down = j < downCount ? downRanks[j]! : INF;
      if (up === down && from[up]! + until[up]! < best) {
        best = from[up]! + until[up]!;
        top = up;
      }
      // Both loops stand here in full: calls would cost as much as what they do.
      if (up <= down) {
        i++;
        const sum = from[up]!;
        const end = sum < best ? firstUp[up + 1]! * stride : 0;
        for (let at = firstUp[up]! * stride; at < end; at += stride) {
          const above = upArcs[at]!;
          const reached = sum + upArcs[at + costAt]!;
          if (reached >= from[above]!) continue;
          from[above] = reached;
          fromBelow[above] = up;
        }
      }
      if (down <= up) {
        j++;
        const sum = until[down]!;
        const end = sum < best ? firstDown[down + 1]! * stride : 0;
        for (let at = firstDown[down]! * stride; at < end; at += stride) {
          const above = downArcs[at]!;
          const reached = sum + downArcs[at + costAt]!;
          if (reached >= until[above]!) continue;
          until[above] = reached;
          untilBelow[above] = down;
        }
      }
    }
    this.#top = top;
    return best;
  }
}

/** One side of a query. */
interface Climb {
  readonly ancestors: Ancestors;
  /** Per rank; INF outside of a query. */
  readonly distance: Int32Array;
  /** Per rank with a distance: the rank it was reached from, or NONE at an end. */
  readonly below: Int32Array;
}

function createClimb(hierarchy: Hierarchy): Climb {
  return {
    ancestors: new Ancestors(hierarchy),
    distance: new Int32Array(hierarchy.nodeCount).fill(INF),
    below: new Int32Array(hierarchy.nodeCount),
  };
}

function addEnd({ ancestors, distance, below }: Climb, rank: number, cost: number): void {
  ancestors.add(rank);
  if (cost >= distance[rank]!) return;
  distance[rank] = cost;
  below[rank] = NONE;
}

function clearClimb({ ancestors, distance }: Climb): void {
  for (let k = 0; k < ancestors.count; k++) distance[ancestors.ranks[k]!] = INF;
  ancestors.clear();
}
