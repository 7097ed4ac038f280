import type { FullWeights } from "./full-weights.ts";
import { type Hierarchy, INF } from "./hierarchy.ts";
import { eachTriangleRow } from "./triangle-rows.ts";

/**
 * Perfect customisation: sets to INF, metric by metric, the arcs that cost more than some other path
 * between their ends. No shortest path needs them. From the top down, the arc from a node to an upper
 * neighbour is compared with the ways over its other upper neighbours.
 *
 * Arcs on a tie stay, so that all the parts remain of which a remaining arc was put together.
 */
export function closeNeedlessArcs(hierarchy: Hierarchy, weights: FullWeights): void {
  const { arcCount, upper } = hierarchy;
  const { metricCount, up, down } = weights;
  /** Bit k: beaten in metric k; the cost is then that of the better path. */
  const beaten = { up: new Uint8Array(arcCount), down: new Uint8Array(arcCount) };
  eachTriangleRow(hierarchy, false, (toY, end, _x, arcToUpper) => {
    for (let metric = 0; metric < metricCount; metric++) {
      compareRow(weights, beaten, upper, toY, end, arcToUpper, metric);
    }
  });
  for (let arc = 0; arc < arcCount; arc++) {
    for (let metric = 0; metric < metricCount; metric++) {
      const at = arc * metricCount + metric;
      if (((beaten.up[arc]! >> metric) & 1) === 1) up[at] = INF;
      if (((beaten.down[arc]! >> metric) & 1) === 1) down[at] = INF;
    }
  }
}

function compareRow(
  { metricCount, up, down }: FullWeights,
  beaten: { readonly up: Uint8Array; readonly down: Uint8Array },
  upper: Int32Array,
  toY: number,
  end: number,
  arcToUpper: Int32Array,
  metric: number,
): void {
  const bit = 1 << metric;
  const atY = toY * metricCount + metric;
  let untilY = up[atY]!;
  let fromY = down[atY]!;
  let atZ = atY + metricCount;
  for (let toZ = toY + 1; toZ < end; toZ++, atZ += metricCount) {
    const between = arcToUpper[upper[toZ]!]! * metricCount + metric;
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
