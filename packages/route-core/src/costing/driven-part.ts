/**
 * Tells whether driving part of an edge comes to a place on it; one at the starting point lies behind. In
 * driving order a place between two parts belongs to the one that it ends.
 *
 * @param back - whether the edge is driven towards its tail
 */
export function comesTo(atM: number, back: boolean, fromM: number, toM: number): boolean {
  return back ? atM >= fromM && atM < toM : atM > fromM && atM <= toM;
}
