import type { DecodeTile } from "./decode/decode-tile.ts";
import type { ElevationSampler } from "./elevation-port.ts";
import { assertPositive, createStoreSampler, type StoreSamplerOptions } from "./store-sampler.ts";
import { assertZoom } from "./tile-id.ts";
import type { TileSource } from "./tile-source.ts";
import { createTileStore } from "./tile-store.ts";

/** Options of {@link createElevationSampler}. */
export interface ElevationSamplerOptions extends StoreSamplerOptions {
  /** Decoded tiles to keep between calls, 1 MiB each. Default 64. */
  readonly maxTilesInMemory?: number;
  /** Turns bytes into heights. Default: on the calling thread; see {@link createTileDecodePool}. */
  readonly decode?: DecodeTile | undefined;
}

/**
 * Creates a sampler over the tiles of a source.
 *
 * @example
 * ```ts
 * import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";
 *
 * const sampler = createElevationSampler(await openTileSource("./tiles"));
 * const heightM = new Float64Array(1);
 * const summary = await sampler.sample(new Float64Array([1.5218, 42.5075]), heightM);
 * console.log(heightM[0], summary.missingTiles);
 * ```
 *
 * @throws {RangeError} when an option is not a whole number in its range
 */
export function createElevationSampler(
  source: TileSource,
  options: ElevationSamplerOptions = {},
): ElevationSampler {
  const { zoom = 11, maxTilesInMemory = 64, concurrency = 8, decode } = options;
  assertZoom(zoom);
  assertPositive("maxTilesInMemory", maxTilesInMemory);
  const store = createTileStore(source, zoom, maxTilesInMemory, decode);
  return createStoreSampler(store, source.info, { zoom, concurrency });
}
