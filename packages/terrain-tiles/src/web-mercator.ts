import { assertZoom, type TileId } from "./tile-id.ts";

/** Width and height of a tile in pixels. */
export const TILE_SIZE_PX = 512;

/** Latitude in degrees at which the square web Mercator world ends. */
export const MAX_LATITUDE = 85.05112877980659;

/** Length of the equator in metres on the sphere of EPSG:3857; the world is this wide and high. */
export const WORLD_SIZE_M = 2 * Math.PI * 6_378_137;

/** Width and height of the world in pixels at a zoom level. */
export function worldSizePx(zoom: number): number {
  return TILE_SIZE_PX * 2 ** zoom;
}

/** Ground size of a pixel in metres at the equator; it shrinks with the cosine of the latitude. */
export function pixelSizeM(zoom: number): number {
  return WORLD_SIZE_M / worldSizePx(zoom);
}

/** Distance in pixels from the western edge of the world to a longitude in degrees. */
export function lonToPixelX(lon: number, worldPx: number): number {
  return (lon / 360 + 0.5) * worldPx;
}

/** Distance in pixels from the northern edge of the world to a latitude in degrees. */
export function latToPixelY(lat: number, worldPx: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * worldPx;
}

/** Longitude in degrees of a distance in pixels from the western edge of the world. */
export function pixelXToLon(pixelX: number, worldPx: number): number {
  return (pixelX / worldPx - 0.5) * 360;
}

/** Latitude in degrees of a distance in pixels from the northern edge of the world. */
export function pixelYToLat(pixelY: number, worldPx: number): number {
  const mercatorY = (0.5 - pixelY / worldPx) * 2 * Math.PI;
  return (Math.atan(Math.sinh(mercatorY)) * 180) / Math.PI;
}

/** Tells whether a point in degrees lies on the square web Mercator world. */
export function isOnMap(lon: number, lat: number): boolean {
  // Written so that NaN fails.
  return lon >= -180 && lon <= 180 && lat >= -MAX_LATITUDE && lat <= MAX_LATITUDE;
}

/**
 * Finds the tile that a point in degrees lies in; `undefined` when the point is not on the map.
 *
 * @throws {RangeError} when the zoom level is not an integer from 0 to 20
 */
export function tileAt(lon: number, lat: number, zoom: number): TileId | undefined {
  assertZoom(zoom);
  if (!isOnMap(lon, lat)) return undefined;
  const tiles = 2 ** zoom;
  const x = Math.floor(lonToPixelX(lon, tiles));
  const y = Math.floor(latToPixelY(lat, tiles));
  // The eastern and southern edges of the world belong to the last tile; rounding may step over.
  return { z: zoom, x: Math.min(x, tiles - 1), y: Math.min(Math.max(y, 0), tiles - 1) };
}
