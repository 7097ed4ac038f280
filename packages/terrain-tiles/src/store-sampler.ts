import { interpolate } from "./bilinear.ts";
import type { ElevationSampler } from "./elevation-port.ts";
import { groupByTile } from "./point-groups.ts";
import { sampleByGroups } from "./sample-groups.ts";
import { createScratchPool } from "./sampling-scratch.ts";
import { assertZoom } from "./tile-id.ts";
import type { TileSourceInfo } from "./tile-source.ts";
import { loadQuad } from "./tile-quad.ts";
import type { TileStore } from "./tile-store.ts";
import { pixelSizeM, worldSizePx } from "./web-mercator.ts";

/** Options of {@link createStoreSampler}. */
export interface StoreSamplerOptions {
  /** Zoom level of the tiles of the store; 11 is about 38 m per pixel at the equator. Default 11. */
  readonly zoom?: number;
  /** Tiles to read at the same time in one call. Default 8. */
  readonly concurrency?: number;
}

/** Gives samplers over stores; they share their room to work. */
export type SamplerOver = (store: TileStore, info: TileSourceInfo) => ElevationSampler;

/**
 * Creates a sampler over decoded tiles, wherever a store has them from.
 *
 * @throws {RangeError} when an option is not a whole number in its range
 */
export function createStoreSampler(
  store: TileStore,
  info: TileSourceInfo,
  options: StoreSamplerOptions = {},
): ElevationSampler {
  return createSamplerFactory(options)(store, info);
}

/**
 * Creates what {@link createStoreSampler} gives, once for many stores.
 *
 * @throws {RangeError} when an option is not a whole number in its range
 */
export function createSamplerFactory(options: StoreSamplerOptions = {}): SamplerOver {
  const { zoom = 11, concurrency = 8 } = options;
  assertZoom(zoom);
  assertPositive("concurrency", concurrency);
  const worldPx = worldSizePx(zoom);
  const tilesAcross = 2 ** zoom;
  const scratches = createScratchPool();

  return (store, info) => ({
    source: {
      name: `${info.name} z${zoom}`,
      resolutionM: pixelSizeM(zoom),
      attribution: info.attribution,
    },
    sample: sampleByGroups(
      (lonLat, count, outM, scratch) => {
        const { groups, offMap } = groupByTile(lonLat, count, zoom, outM, scratch);
        return {
          groups,
          outside: offMap,
          async sampleGroup(group, used, signal) {
            const quad = await loadQuad(store, group, tilesAcross, used, signal);
            return interpolate(quad, scratch, group.start, group.end, lonLat, worldPx, outM);
          },
        };
      },
      scratches,
      concurrency,
    ),
  });
}

/**
 * Checks a limit that came from outside.
 *
 * @throws {RangeError} when it is not a whole number of at least 1
 */
export function assertPositive(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`${name} must be a whole number of at least 1, not ${value}.`);
  }
}
