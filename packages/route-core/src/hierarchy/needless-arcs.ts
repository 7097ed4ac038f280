import { type Hierarchy, INF } from "./hierarchy.ts";
import type { HierarchyWeights } from "./hierarchy-weights.ts";

/**
 * Perfect customisation: sets to INF, metric by metric, the costs of basic weights that are higher than
 * those of some other path between the same two ends. No shortest path needs them. From the top down,
 * the arc from a node to an upper neighbour is compared with the ways over its other upper neighbours.
 *
 * Arcs on a tie stay, so that all the parts remain of which a remaining arc was put together.
 */
export function closeNeedlessArcs(hierarchy: Hierarchy, weights: HierarchyWeights): void {
  const { metricCount } = weights;
  const stride = metricCount + 1;
  const beaten = compareWithOtherWays(hierarchy, weights);
  for (const [{ arcs }, beatenIn] of [
    [weights.up, beaten.up],
    [weights.down, beaten.down],
  ] as const) {
    for (let arc = 0; arc < hierarchy.arcCount; arc++) {
      for (let k = 1; k < stride; k++) {
        if (((beatenIn[arc]! >> k) & 1) === 1) arcs[arc * stride + k] = INF;
      }
    }
  }
}

/** Leaves the lesser costs in the arcs; bit k of an arc's number is set where the k-th was beaten. */
function compareWithOtherWays(
  hierarchy: Hierarchy,
  weights: HierarchyWeights,
): { readonly up: Uint8Array; readonly down: Uint8Array } {
  const { nodeCount, arcCount, firstUp, lower, firstDown, downArcs } = hierarchy;
  const stride = weights.metricCount + 1;
  const up = weights.up.arcs;
  const down = weights.down.arcs;
  const upBeaten = new Uint8Array(arcCount);
  const downBeaten = new Uint8Array(arcCount);
  const placeOf = new Int32Array(nodeCount);
  for (let y = nodeCount - 1; y >= 0; y--) {
    const endBelow = firstDown[y + 1]!;
    let below = firstDown[y]!;
    if (below === endBelow) continue;
    for (let at = firstUp[y]! * stride, end = firstUp[y + 1]! * stride; at < end; at += stride) {
      placeOf[up[at]!] = at;
    }
    for (; below < endBelow; below++) {
      const arcToY = downArcs[below]!;
      const toY = arcToY * stride;
      const end = firstUp[lower[arcToY]! + 1]!;
      for (let arcToZ = arcToY + 1; arcToZ < end; arcToZ++) {
        const toZ = arcToZ * stride;
        const place = placeOf[up[toZ]!]!;
        for (let k = 1; k < stride; k++) {
          const yToZ = up[place + k]!;
          const zToY = down[place + k]!;
          if (up[toY + k]! + yToZ < up[toZ + k]!) {
            up[toZ + k] = up[toY + k]! + yToZ;
            upBeaten[arcToZ]! |= 1 << k;
          } else if (up[toZ + k]! + zToY < up[toY + k]!) {
            up[toY + k] = up[toZ + k]! + zToY;
            upBeaten[arcToY]! |= 1 << k;
          }
          if (zToY + down[toY + k]! < down[toZ + k]!) {
            down[toZ + k] = zToY + down[toY + k]!;
            downBeaten[arcToZ]! |= 1 << k;
          } else if (yToZ + down[toZ + k]! < down[toY + k]!) {
            down[toY + k] = yToZ + down[toZ + k]!;
            downBeaten[arcToY]! |= 1 << k;
          }
        }
      }
    }
  }
  return { up: upBeaten, down: downBeaten };
}
