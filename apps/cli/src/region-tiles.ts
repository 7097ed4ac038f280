import type { RoutingGraph } from "@gradeway/route-core";
import { formatTileId, type TileId, tilesCovering } from "@gradeway/terrain-tiles";

/**
 * Tiles that the roads of a region need, from north to south and from west to east: those of every
 * piece of road, not of the box around all of them.
 */
export function tilesOfRoads(graph: RoutingGraph, zoom: number): TileId[] {
  const { firstPoint, pointLonE7, pointLatE7 } = graph;
  const found = new Map<string, TileId>();
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    for (let point = firstPoint[edge]!; point < firstPoint[edge + 1]! - 1; point++) {
      const [lonA, latA] = [pointLonE7[point]! / 1e7, pointLatE7[point]! / 1e7];
      const [lonB, latB] = [pointLonE7[point + 1]! / 1e7, pointLatE7[point + 1]! / 1e7];
      const [west, east] = [Math.min(lonA, lonB), Math.max(lonA, lonB)];
      const [south, north] = [Math.min(latA, latB), Math.max(latA, latB)];
      for (const id of tilesCovering([west, south, east, north], zoom)) {
        found.set(formatTileId(id), id);
      }
    }
  }
  return [...found.values()].toSorted((a, b) => a.y - b.y || a.x - b.x);
}
