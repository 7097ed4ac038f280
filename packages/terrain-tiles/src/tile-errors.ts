import { ReasonError } from "@gradeway/reason-codes";

/**
 * Builds the error for bytes that are not the heights they should be.
 *
 * @param tile - name of the tile, block or file
 */
export function corruptError(
  tile: string,
  problem: string,
  cause?: unknown,
): ReasonError<"terrain_tile_corrupt"> {
  return new ReasonError(
    "terrain_tile_corrupt",
    `The elevation tile ${tile} cannot be used: ${problem}`,
    { tile, problem },
    { cause },
  );
}
