import type { Hierarchy } from "./hierarchy.ts";

/**
 * A node x with one of its upper neighbours, y, and all those that rank above y, z: the arcs from x to
 * z are `toY + 1 .. end - 1`, and the arc from y to z is `arcToUpper[upper[arc from x to z]]`.
 */
export type TriangleRow = (toY: number, end: number, x: number, arcToUpper: Int32Array) => void;

/**
 * Visits every triangle of a hierarchy once, in rows. All rows of a node y come together: `upwards`
 * from the lowest y, so that the arcs below y are done when those above are touched; else from the
 * highest.
 */
export function eachTriangleRow(hierarchy: Hierarchy, upwards: boolean, visit: TriangleRow): void {
  const { nodeCount, firstUp, upper, lower, firstDown, downArcs } = hierarchy;
  const arcToUpper = new Int32Array(nodeCount);
  for (let step = 0; step < nodeCount; step++) {
    const y = upwards ? step : nodeCount - 1 - step;
    const endBelow = firstDown[y + 1]!;
    if (firstDown[y] === endBelow) continue;
    for (let arc = firstUp[y]!, end = firstUp[y + 1]!; arc < end; arc++) {
      arcToUpper[upper[arc]!] = arc;
    }
    for (let k = firstDown[y]!; k < endBelow; k++) {
      const toY = downArcs[k]!;
      const x = lower[toY]!;
      const end = firstUp[x + 1]!;
      if (toY + 1 < end) visit(toY, end, x, arcToUpper);
    }
  }
}
