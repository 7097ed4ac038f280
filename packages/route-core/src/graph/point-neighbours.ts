import type { LinkedPoints } from "./network-points.ts";

/** Neighbours of one point after another; entries beyond `count` are left from points before. */
export interface NeighbourList {
  count: number;
  readonly point: number[];
  readonly metres: number[];
}

/** A list to be filled by {@link listNeighbours}. */
export function createNeighbourList(): NeighbourList {
  return { count: 0, point: [], metres: [] };
}

/**
 * Lists the points next to a point. A road that leads from a point back to it gives it twice.
 *
 * @param out - overwritten
 */
export function listNeighbours(points: LinkedPoints, point: number, out: NeighbourList): void {
  const { nodeCount, edgeTail, edgeHead, firstInner, stepM, firstEnd, ends } = points;
  if (point >= nodeCount) {
    const edge = edgeOfInner(firstInner, point);
    const isFirst = point === firstInner[edge];
    const isLast = point + 1 === firstInner[edge + 1];
    out.count = 2;
    out.point[0] = isFirst ? edgeTail[edge]! : point - 1;
    out.point[1] = isLast ? edgeHead[edge]! : point + 1;
    out.metres[0] = out.metres[1] = stepM[edge]!;
    return;
  }
  const first = firstEnd[point]!;
  out.count = firstEnd[point + 1]! - first;
  for (let k = 0; k < out.count; k++) {
    const end = ends[first + k]!;
    out.point[k] = besideEnd(points, end);
    out.metres[k] = stepM[end >> 1]!;
  }
}

/** The point next to an end of an edge (2e or 2e + 1, as in `ends`), on that edge. */
export function besideEnd({ edgeTail, edgeHead, firstInner }: LinkedPoints, end: number): number {
  const edge = end >> 1;
  const first = firstInner[edge]!;
  const beyond = firstInner[edge + 1]!;
  if ((end & 1) === 0) return first < beyond ? first : edgeHead[edge]!;
  return first < beyond ? beyond - 1 : edgeTail[edge]!;
}

/** The edge with an inner point: the last one that begins at or before it. */
function edgeOfInner(firstInner: Int32Array, point: number): number {
  let low = 0;
  let high = firstInner.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (firstInner[middle]! <= point) low = middle;
    else high = middle;
  }
  return low;
}
