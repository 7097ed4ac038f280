import { interpolate, type TileQuad } from "./bilinear.ts";
import type { ElevationSampler, ElevationSummary } from "./elevation-port.ts";
import {
  groupByTile,
  NEEDS_EAST,
  NEEDS_SOUTH,
  NEEDS_SOUTH_EAST,
  type PointGroup,
} from "./point-groups.ts";
import { createScratchPool, type SamplingScratch } from "./sampling-scratch.ts";
import { assertZoom } from "./tile-id.ts";
import type { TileSourceInfo } from "./tile-source.ts";
import type { StoredTile, TileStore } from "./tile-store.ts";
import { createUsedTiles, type UsedTiles } from "./used-tiles.ts";
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

  async function loadQuad(
    store: TileStore,
    group: PointGroup,
    used: UsedTiles,
    signal: AbortSignal,
  ): Promise<TileQuad> {
    const { tileX, tileY, neighbours } = group;
    const eastX = (tileX + 1) % tilesAcross;
    const load = async (x: number, y: number): Promise<StoredTile> => {
      const tile = await store.load(x, y, signal);
      used.add(tile);
      return tile;
    };
    // One after the other, so that `concurrency` is the number of reads and not a quarter of it.
    const here = (await load(tileX, tileY)).grid;
    const east = neighbours & NEEDS_EAST ? (await load(eastX, tileY)).grid : here;
    const south = neighbours & NEEDS_SOUTH ? (await load(tileX, tileY + 1)).grid : here;
    const southEast = neighbours & NEEDS_SOUTH_EAST ? (await load(eastX, tileY + 1)).grid : here;
    return { here, east, south, southEast };
  }

  async function sampleInto(
    store: TileStore,
    scratch: SamplingScratch,
    lonLat: Float64Array,
    outM: Float64Array,
    count: number,
    callerSignal: AbortSignal | undefined,
  ): Promise<ElevationSummary> {
    callerSignal?.throwIfAborted();
    const { groups, offMap } = groupByTile(lonLat, count, zoom, outM, scratch);
    const used = createUsedTiles();
    const failure = new AbortController();
    const signal =
      callerSignal === undefined ? failure.signal : AbortSignal.any([callerSignal, failure.signal]);
    const remaining = groups.values();
    let voids = offMap;
    const work = async (): Promise<void> => {
      // The workers share the iterator, so each group is taken once.
      for (const group of remaining) {
        signal.throwIfAborted();
        const quad = await loadQuad(store, group, used, signal);
        voids += interpolate(quad, scratch, group.start, group.end, lonLat, worldPx, outM);
      }
    };
    const workers = Array.from({ length: Math.min(concurrency, groups.length) }, work);
    try {
      await Promise.all(workers);
    } catch (error) {
      // Nobody may write to `outM` any more when the caller learns of the failure.
      failure.abort(error);
      await Promise.allSettled(workers);
      throw error;
    }
    return { sampled: count, voids, ...used.summary() };
  }

  return (store, info) => ({
    source: {
      name: `${info.name} z${zoom}`,
      resolutionM: pixelSizeM(zoom),
      attribution: info.attribution,
    },
    async sample(lonLat, outM, sampleOptions = {}) {
      const count = lonLat.length / 2;
      if (!Number.isInteger(count)) throw new RangeError("lonLat must hold two numbers per point.");
      if (outM.length < count) throw new RangeError(`outM must have room for ${count} heights.`);
      const scratch = scratches.take();
      try {
        return await sampleInto(store, scratch, lonLat, outM, count, sampleOptions.signal);
      } catch (error) {
        outM.fill(Number.NaN, 0, count);
        throw error;
      } finally {
        scratches.give(scratch);
      }
    },
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
