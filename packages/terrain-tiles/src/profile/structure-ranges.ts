/** A bridge or tunnel: distances in metres from the start of the line to its two portals. */
export type StructureRange = readonly [fromM: number, toM: number];

/**
 * Portals this close to another one or to an end of the line are the same place: elevation cannot
 * tell them apart, and the caller's lengths may differ from ours by rounding.
 */
const SAME_PLACE_M = 1;

/**
 * Sorts ranges and joins those that overlap or touch: a tunnel of several ways is one tunnel. A
 * range that begins before the line or ends behind it keeps that end, because its portal is not on
 * the line.
 *
 * @throws {RangeError} when a range is not a pair of finite numbers in ascending order
 */
export function mergeStructures(
  structures: readonly StructureRange[],
  lengthM: number,
): StructureRange[] {
  const merged: [number, number][] = [];
  const sorted = [...structures].sort((a, b) => a[0] - b[0]);
  for (const [fromM, toM] of sorted) {
    if (!Number.isFinite(fromM) || !Number.isFinite(toM) || fromM > toM) {
      throw new RangeError(`[${fromM}, ${toM}] is not a range of distances [from, to] in metres.`);
    }
    const last = merged.at(-1);
    if (last !== undefined && fromM <= last[1] + SAME_PLACE_M) last[1] = Math.max(last[1], toM);
    else merged.push([fromM, toM]);
  }
  return merged
    .filter(([fromM, toM]) => toM > 0 && fromM < lengthM)
    .map(([fromM, toM]) => [
      Math.abs(fromM) <= SAME_PLACE_M ? 0 : fromM,
      Math.abs(toM - lengthM) <= SAME_PLACE_M ? lengthM : toM,
    ]);
}

/**
 * Lets bridges and tunnels run straight between their portals, whatever the ground does there.
 * Where the height of a portal is unknown, or the portal is not on the line, the structure is void.
 *
 * @param onStructure - 1 for the points between two portals
 * @param heightM - heights per point, void = NaN; points between portals are overwritten
 */
export function straightenStructures(
  distanceM: Float64Array,
  onStructure: Uint8Array,
  heightM: Float64Array,
): void {
  const count = distanceM.length;
  let point = 0;
  while (point < count) {
    if (onStructure[point] === 0) {
      point++;
      continue;
    }
    const first = point;
    while (point < count && onStructure[point] === 1) point++;
    const hasPortals = first > 0 && point < count;
    const fromM = hasPortals ? distanceM[first - 1]! : 0;
    const runM = hasPortals ? distanceM[point]! - fromM : 1;
    const portalM = hasPortals ? heightM[first - 1]! : Number.NaN;
    const riseM = hasPortals ? heightM[point]! - portalM : Number.NaN;
    for (let inner = first; inner < point; inner++) {
      heightM[inner] = portalM + riseM * ((distanceM[inner]! - fromM) / runM);
    }
  }
}
