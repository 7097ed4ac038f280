export interface TileId {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** West, south, east, north in degrees. */
export type BoundingBox = readonly [west: number, south: number, east: number, north: number];

export const TILE_SIZE_PX = 512;
export const WORLD_HALF_WIDTH_M = Math.PI * 6_378_137;

/** Mercator metres per pixel; not ground metres. */
export function pixelSizeM(z: number): number {
  return (2 * WORLD_HALF_WIDTH_M) / (2 ** z * TILE_SIZE_PX);
}

export function tileOriginM({ z, x, y }: TileId): [eastM: number, northM: number] {
  const tileWidthM = (2 * WORLD_HALF_WIDTH_M) / 2 ** z;
  return [x * tileWidthM - WORLD_HALF_WIDTH_M, WORLD_HALF_WIDTH_M - y * tileWidthM];
}

/** Longitude of a column's centre; columns may run past the tile. */
export function pixelCentreLon(tile: TileId, column: number): number {
  const world = (tile.x + (column + 0.5) / TILE_SIZE_PX) / 2 ** tile.z;
  return world * 360 - 180;
}

/** Latitude of a row's centre; rows may run past the tile. */
export function pixelCentreLat(tile: TileId, row: number): number {
  const world = (tile.y + (row + 0.5) / TILE_SIZE_PX) / 2 ** tile.z;
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * world))) * 180) / Math.PI;
}

export function tileAt(lon: number, lat: number, z: number): TileId {
  const latRad = (lat * Math.PI) / 180;
  const worldX = (lon + 180) / 360;
  const worldY = (1 - Math.asinh(Math.tan(latRad)) / Math.PI) / 2;
  const count = 2 ** z;
  const clamp = (index: number): number => Math.min(Math.max(Math.floor(index), 0), count - 1);
  return { z, x: clamp(worldX * count), y: clamp(worldY * count) };
}

/** Tiles that touch the box, by column, then by row from the north. */
export function tilesCovering([west, south, east, north]: BoundingBox, z: number): TileId[] {
  const first = tileAt(west, north, z);
  const last = tileAt(east, south, z);
  const tiles: TileId[] = [];
  for (let x = first.x; x <= last.x; x += 1) {
    for (let y = first.y; y <= last.y; y += 1) tiles.push({ z, x, y });
  }
  return tiles;
}
