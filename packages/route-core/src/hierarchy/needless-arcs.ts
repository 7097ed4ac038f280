import { type Hierarchy, INF } from "./hierarchy.ts";
import type { HierarchyWeights, WeightedArcs } from "./hierarchy-weights.ts";

/** Per arc of a hierarchy, 1 = has a cost below INF in some metric. */
export interface OpenArcs {
  readonly up: Uint8Array;
  readonly down: Uint8Array;
}

/**
 * Perfect customisation: sets to INF, metric by metric, the costs of basic weights that are higher than
 * those of some other path between the same two ends. No shortest path needs them. From the top down,
 * the arc from a node to an upper neighbour is compared with the ways over its other upper neighbours.
 *
 * Arcs on a tie stay, so that all the parts remain of which a remaining arc was put together.
 *
 * @returns the arcs that are left
 */
export function closeNeedlessArcs(hierarchy: Hierarchy, weights: HierarchyWeights): OpenArcs {
  const { nodeCount, arcCount, firstUp, lower, firstDown, downArcs } = hierarchy;
  const { metricCount, up, down } = weights;
  const stride = metricCount + 1;
  /** Bit k: the k-th cost was beaten; what stands in its place is the better one. */
  const beaten = { up: new Uint8Array(arcCount), down: new Uint8Array(arcCount) };
  /** Per rank z above y: where the arc between the two is. */
  const placeOf = new Int32Array(nodeCount);
  for (let y = nodeCount - 1; y >= 0; y--) {
    const endBelow = firstDown[y + 1]!;
    if (firstDown[y] === endBelow) continue;
    for (let at = firstUp[y]! * stride, end = firstUp[y + 1]! * stride; at < end; at += stride) {
      placeOf[up.arcs[at]!] = at;
    }
    for (let below = firstDown[y]!; below < endBelow; below++) {
      const toY = downArcs[below]!;
      const end = firstUp[lower[toY]! + 1]!;
      if (toY + 1 === end) continue;
      for (let k = 1; k < stride; k++) {
        compareRow(up.arcs, down.arcs, beaten, placeOf, toY, end, stride, k);
      }
    }
  }
  return {
    up: closeBeaten(up, beaten.up, metricCount),
    down: closeBeaten(down, beaten.down, metricCount),
  };
}

/**
 * The arcs from x to y and to each z above y against the ways over the other of the two, there and back.
 *
 * @param toY arc from x to y; those to z are `toY + 1 .. end - 1`
 */
function compareRow(
  up: Int32Array,
  down: Int32Array,
  beaten: OpenArcs,
  placeOf: Int32Array,
  toY: number,
  end: number,
  stride: number,
  k: number,
): void {
  const bit = 1 << k;
  const atY = toY * stride + k;
  let untilY = up[atY]!;
  let fromY = down[atY]!;
  let atZ = atY + stride;
  for (let toZ = toY + 1; toZ < end; toZ++, atZ += stride) {
    const between = placeOf[up[atZ - k]!]! + k;
    const yToZ = up[between]!;
    const zToY = down[between]!;
    const untilZ = up[atZ]!;
    const fromZ = down[atZ]!;
    if (untilY + yToZ < untilZ) {
      up[atZ] = untilY + yToZ;
      beaten.up[toZ]! |= bit;
    } else if (untilZ + zToY < untilY) untilY = untilZ + zToY;
    if (zToY + fromY < fromZ) {
      down[atZ] = zToY + fromY;
      beaten.down[toZ]! |= bit;
    } else if (yToZ + fromZ < fromY) fromY = yToZ + fromZ;
  }
  if (untilY < up[atY]!) {
    up[atY] = untilY;
    beaten.up[toY]! |= bit;
  }
  if (fromY < down[atY]!) {
    down[atY] = fromY;
    beaten.down[toY]! |= bit;
  }
}

/** Closes what was beaten, and makes of the bits what {@link OpenArcs} says. */
function closeBeaten({ arcs }: WeightedArcs, beaten: Uint8Array, metricCount: number): Uint8Array {
  const stride = metricCount + 1;
  for (let arc = 0; arc < beaten.length; arc++) {
    const bits = beaten[arc]!;
    let isOpen = 0;
    for (let k = 1; k < stride; k++) {
      const at = arc * stride + k;
      if (((bits >> k) & 1) === 1) arcs[at] = INF;
      else if (arcs[at] !== INF) isOpen = 1;
    }
    beaten[arc] = isOpen;
  }
  return beaten;
}
