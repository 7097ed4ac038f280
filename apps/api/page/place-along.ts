import type { LonLat, PlannedRoute } from "@gradeway/route-core";

/** The place on a route's line at a distance from its start; undefined without a line. */
export function placeAlong(route: PlannedRoute, distanceM: number): LonLat | undefined {
  if (typeof route.geometry !== "object" || route.geometry === null) {
    return undefined;
  }
  const { coordinates } = route.geometry;
  const lengths = coordinates.slice(1).map((to, index) => flatLength(coordinates[index] ?? to, to));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  // Lengths on a flat map only weigh the pieces against one another; the road's length is known.
  let left = total * Math.min(1, Math.max(0, distanceM / route.distanceM));
  for (const [index, length] of lengths.entries()) {
    const [from, to] = [coordinates[index], coordinates[index + 1]];
    if (from !== undefined && to !== undefined && left <= length) {
      const share = length === 0 ? 0 : left / length;
      return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    }
    left -= length;
  }
  return coordinates.at(-1);
}

function flatLength([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const shrink = Math.cos(((latA + latB) * Math.PI) / 360);
  return Math.hypot((lonB - lonA) * shrink, latB - latA);
}
