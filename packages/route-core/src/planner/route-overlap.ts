import type { ArcPart } from "./arc-part.ts";

/**
 * How much of their way routes have in common: metres that both drive, in either direction, as a share
 * of the shorter one. What a route drives twice counts twice where both do.
 *
 * @param routes - parts of each route; the overlap is asked for by their indices
 */
export function createRouteOverlap(
  routes: readonly (readonly ArcPart[])[],
): (a: number, b: number) => number {
  const metresOf: (ReadonlyMap<number, number> | undefined)[] = [];
  const edgesOf = (index: number): ReadonlyMap<number, number> =>
    (metresOf[index] ??= metresByEdge(routes[index]!));
  return (a, b) => {
    const [few, many] = [edgesOf(a), edgesOf(b)].sort((one, other) => one.size - other.size);
    let shared = 0;
    for (const [edge, metres] of few!) shared += Math.min(metres, many!.get(edge) ?? 0);
    const shorter = Math.min(lengthOf(edgesOf(a)), lengthOf(edgesOf(b)));
    return shorter > 0 ? Math.min(1, shared / shorter) : 1;
  };
}

function metresByEdge(parts: readonly ArcPart[]): Map<number, number> {
  const metres = new Map<number, number>();
  for (const { arc, fromM, toM } of parts) {
    metres.set(arc >> 1, (metres.get(arc >> 1) ?? 0) + toM - fromM);
  }
  return metres;
}

function lengthOf(metres: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const length of metres.values()) sum += length;
  return sum;
}
