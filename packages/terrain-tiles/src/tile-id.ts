/** Address of one tile in the usual web map scheme: x grows eastward, y grows southward. */
export interface TileId {
  /** Zoom level; the world is `2 ** z` tiles wide and high. */
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** Highest zoom level that is accepted; pixel columns then still fit a 32-bit integer. */
export const MAX_ZOOM = 20;

/** Formats a tile id as "z/x/y", the form used in messages, hashes and file names. */
export function formatTileId(id: TileId): string {
  return `${id.z}/${id.x}/${id.y}`;
}

/**
 * Reads a tile id of the form "z/x/y".
 *
 * @throws {RangeError} when the text has another form or names a tile outside the world
 */
export function parseTileId(text: string): TileId {
  const match = /^(\d{1,2})\/(\d{1,7})\/(\d{1,7})$/.exec(text);
  const id = { z: Number(match?.[1]), x: Number(match?.[2]), y: Number(match?.[3]) };
  if (match === null || id.z > MAX_ZOOM || id.x >= 2 ** id.z || id.y >= 2 ** id.z) {
    throw new RangeError(`"${text}" is not a tile id of the form z/x/y.`);
  }
  return id;
}

/**
 * Checks a zoom level that came from outside.
 *
 * @throws {RangeError} when it is not an integer from 0 to {@link MAX_ZOOM}
 */
export function assertZoom(zoom: number): void {
  if (!Number.isInteger(zoom) || zoom < 0 || zoom > MAX_ZOOM) {
    throw new RangeError(`The zoom level must be an integer from 0 to ${MAX_ZOOM}, not ${zoom}.`);
  }
}
