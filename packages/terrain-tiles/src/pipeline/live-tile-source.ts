import { ReasonError } from "@gradeway/reason-codes";

import type { DiskTileCache, DiskTileCacheStats } from "../cache/disk-tile-cache.ts";
import type { TileGrid } from "../decode/decode-geotiff.ts";
import { decodeTile, type DecodeTile } from "../decode/decode-tile.ts";
import type { CircuitState } from "../resilience/circuit-breaker.ts";
import type { FetchObserver } from "../resilience/retrying.ts";
import { createSingleFlight, type SingleFlight } from "../single-flight.ts";
import { formatTileId, type TileId } from "../tile-id.ts";
import { type GetTileOptions, type TileSource, UNKNOWN_ATTRIBUTION } from "../tile-source.ts";
import type { StoredTile, TileStore } from "../tile-store.ts";
import { TILE_SIZE_PX } from "../web-mercator.ts";
import { createFallbackTiles } from "./fallback-tiles.ts";
import { createLocalTiles } from "./local-tiles.ts";
import { createMemoryTiles, type KeptTile } from "./memory-tiles.ts";
import { createRemoteFlights } from "./remote-flights.ts";
import type { RemoteTileSource } from "./remote-tile-source.ts";
import { createTerrainRequest, type TerrainRequest, type TileTier } from "./terrain-request.ts";
import { tileKey } from "./tile-key.ts";

/** Options of {@link createLiveTileSource}. */
export interface LiveTileSourceOptions {
  /** The live source; without it, every tile that is not at hand is `terrain_dem_url_missing`. */
  readonly remote?: RemoteTileSource | undefined;
  /** Tiles on disk; without it, tiles are kept in memory only. */
  readonly disk?: DiskTileCache | undefined;
  /** What may answer when the live source cannot; its use is flagged. */
  readonly fallback?: TileSource | undefined;
  /** Whether a tile that is too old may be used when it cannot be fetched again. Default false. */
  readonly allowStale?: boolean;
  /** Age in milliseconds after which a tile is fetched again; 0: at every request. */
  readonly maxAgeMs: number;
  /**
   * Bytes of tiles to keep in memory, about 1.2 MiB each, and a quarter as much for the
   * fallback. Default 256 MiB.
   */
  readonly maxMemoryBytes?: number | undefined;
  /** How long the word of the live source that there is no tile is believed. Default one hour. */
  readonly absenceMs?: number | undefined;
  /** Turns bytes into heights, and so validates them. Default: on the calling thread. */
  readonly decode?: DecodeTile | undefined;
  /** Clock in milliseconds since 1970. */
  readonly now: () => number;
}

/** Options of one read of a {@link LiveTileSource}. */
export interface LiveGetTileOptions extends GetTileOptions {
  /** The request that the read belongs to. Without it, only the memory is bounded. */
  readonly request?: TerrainRequest;
}

/** What a {@link LiveTileSource} holds. */
export interface LiveTileSourceStats {
  readonly memory: { readonly tiles: number; readonly bytes: number };
  readonly disk: DiskTileCacheStats | undefined;
  /** Reads and writes of the disk that failed; none of them failed a request. */
  readonly diskFailures: number;
  /** State of the circuit of the live source; `undefined` where there is none to open. */
  readonly circuit: CircuitState | undefined;
}

/** Tiles from memory, disk, the live source and the signed snapshot, in this order. */
export interface LiveTileSource extends TileSource {
  getTile(id: TileId, options?: LiveGetTileOptions): Promise<Uint8Array | undefined>;
  /** Like {@link getTile}, but decoded; the grid is shared and must not be written to. */
  getGrid(id: TileId, options?: LiveGetTileOptions): Promise<StoredTile>;
  /** The tiles of one zoom level as a sampler wants them, on account of a request. */
  storeFor(request: TerrainRequest, zoom: number): TileStore;
  stats(): LiveTileSourceStats;
}

const HOUR_MS = 3_600_000;
const MEBIBYTE = 1024 * 1024;

/**
 * Composes the tiers of live terrain. Concurrent requests share reads, but not their books: see
 * {@link createTerrainRequest}.
 *
 * A read fails with the reason of the live source: `terrain_fetch_failed`, `terrain_circuit_open`,
 * `terrain_host_not_allowed`, `terrain_tile_corrupt`, `terrain_dem_url_missing` or
 * `terrain_tile_budget_exceeded`; a request does not ask again for a tile that failed in it. When
 * threads decode, `terrain_decoder_overloaded` too.
 */
export function createLiveTileSource(options: LiveTileSourceOptions): LiveTileSource {
  const { remote, disk, maxAgeMs, now, decode = decodeTile } = options;
  const { allowStale = false, maxMemoryBytes = 256 * MEBIBYTE, absenceMs = HOUR_MS } = options;
  const memoryOptions = { maxBytes: maxMemoryBytes, absenceMs, now };
  const memory = createMemoryTiles(memoryOptions);
  const local = createLocalTiles(memory, disk, decode, now);
  const fallback =
    options.fallback === undefined
      ? undefined
      : createFallbackTiles(
          options.fallback,
          createMemoryTiles({ ...memoryOptions, maxBytes: Math.ceil(maxMemoryBytes / 4) }),
          decode,
        );
  const flights = createRemoteFlights(fetchTile, now);
  /** What stood in for the live source stays in place until its request ends. */
  const standIns = new WeakMap<TerrainRequest, Map<string, KeptTile>>();
  /** Parts of a request that want the same tile in the same moment share one entry in its books. */
  const within = new WeakMap<TerrainRequest, SingleFlight<KeptTile | undefined>>();
  const voidGrid: TileGrid = new Float32Array(TILE_SIZE_PX * TILE_SIZE_PX).fill(Number.NaN);

  async function fetchTile(
    id: TileId,
    signal: AbortSignal,
    observer: FetchObserver,
  ): Promise<KeptTile | undefined> {
    if (remote === undefined) throw urlMissing();
    const bytes = await remote.getTile(id, { signal, observer });
    if (bytes === undefined) {
      await local.forget(id);
      return undefined;
    }
    return local.keep(id, await decode(bytes, id, { signal, mayTake: remote.givesOwnBytes }));
  }

  const isFresh = ({ fetchedAtMs }: KeptTile): boolean => now() - fetchedAtMs < maxAgeMs;

  /** Asks the live source, unless the request already knows that this fails. */
  async function askRemote(
    id: TileId,
    request: TerrainRequest,
    signal: AbortSignal | undefined,
  ): Promise<KeptTile | undefined> {
    const { ledger } = request;
    const tile = formatTileId(id);
    const earlier = ledger.failure(tile);
    if (earlier !== undefined) throw earlier;
    try {
      if (remote === undefined) throw urlMissing();
      ledger.charge(tile);
      const fetched = await flights.join(id, request, signal);
      ledger.count("bytesFetched", fetched?.bytes.length ?? 0);
      return fetched;
    } catch (error) {
      if (error instanceof ReasonError) ledger.fail(tile, error);
      throw error;
    } finally {
      ledger.circuit(remote?.circuitState?.());
    }
  }

  /** Asks the snapshot. What is wrong with it is noted, but the request fails for the live source. */
  async function askFallback(
    id: TileId,
    request: TerrainRequest,
    signal: AbortSignal | undefined,
  ): Promise<KeptTile | undefined> {
    try {
      return await fallback?.find(id, signal);
    } catch (error) {
      if (!(error instanceof ReasonError)) throw error;
      request.ledger.failFallback(formatTileId(id), error);
      return undefined;
    }
  }

  async function load(
    id: TileId,
    request: TerrainRequest,
    signal: AbortSignal | undefined,
  ): Promise<KeptTile | undefined> {
    signal?.throwIfAborted();
    const { ledger } = request;
    const tile = formatTileId(id);
    const use = (found: KeptTile | undefined, tier: TileTier, isStale = false): typeof found => {
      ledger.use({ tile, tier, sha256: found?.sha256, isStale });
      return found;
    };
    const absent = (): undefined => {
      if (ledger.used(tile) === undefined) ledger.count("negativeHits");
      use(undefined, "memory");
    };

    const standIn = (kept: KeptTile, tier: TileTier, isStale: boolean): typeof kept => {
      standIns.set(request, (standIns.get(request) ?? new Map<string, KeptTile>()).set(tile, kept));
      use(kept, tier, isStale);
      return kept;
    };
    // Within a request a tile stays what it was, even when it grows too old or comes back.
    const isUsable = (kept: KeptTile): boolean =>
      isFresh(kept) || ledger.used(tile)?.sha256 === kept.sha256;

    const standing = standIns.get(request)?.get(tile);
    if (standing !== undefined) return standing;
    if (memory.isAbsent(id)) return absent();
    let found = await local.find(id, signal);
    // Another request may have fetched it, or learned that there is none, in the meantime.
    if (memory.isAbsent(id)) return absent();
    const newer = memory.get(id);
    if (newer !== undefined && newer !== found?.tile) found = { tier: "memory", tile: newer };
    if (found !== undefined && isUsable(found.tile)) {
      // What the request itself is just fetching is in memory a little before it is on disk.
      return use(found.tile, ledger.isCharged(tile) ? "remote" : found.tier);
    }
    try {
      return use(await askRemote(id, request, signal), "remote");
    } catch (error) {
      if (!(error instanceof ReasonError)) throw error;
      const mayBeStale = request.allowStale ?? allowStale;
      if (found !== undefined && mayBeStale) return standIn(found.tile, found.tier, true);
      const signed = await askFallback(id, request, signal);
      if (signed !== undefined) return standIn(signed, "fallback", false);
      throw error;
    }
  }

  const requestOf = (read: LiveGetTileOptions): TerrainRequest =>
    read.request ?? createTerrainRequest({ budgetTiles: Number.POSITIVE_INFINITY });

  function loadFor(
    id: TileId,
    request: TerrainRequest,
    readSignal: AbortSignal | undefined,
  ): Promise<KeptTile | undefined> {
    const signals = [readSignal, request.signal].filter((signal) => signal !== undefined);
    const reads = within.get(request) ?? createSingleFlight<KeptTile | undefined>();
    within.set(request, reads);
    return reads.run(
      tileKey(id),
      (signal) => load(id, request, signal),
      signals.length > 1 ? AbortSignal.any(signals) : signals[0],
    );
  }

  async function getGrid(id: TileId, read: LiveGetTileOptions = {}): Promise<StoredTile> {
    const request = requestOf(read);
    const tile = await loadFor(id, request, read.signal);
    const name = formatTileId(id);
    const used = request.ledger.used(name);
    const standIn =
      used?.tier === "fallback" ? "snapshot" : used?.isStale === true ? "stale" : undefined;
    return { name, grid: tile?.grid ?? voidGrid, sha256: tile?.sha256, standIn };
  }

  return {
    info: remote?.info ?? { name: "cached tiles", attribution: UNKNOWN_ATTRIBUTION },
    async getTile(id, read = {}) {
      return (await loadFor(id, requestOf(read), read.signal))?.bytes;
    },
    getGrid,
    storeFor: (request, zoom) => ({
      load: (x, y, signal) =>
        getGrid({ z: zoom, x, y }, { request, ...(signal === undefined ? {} : { signal }) }),
    }),
    stats: () => ({
      memory: memory.stats(),
      disk: disk?.stats(),
      diskFailures: local.diskFailures(),
      circuit: remote?.circuitState?.(),
    }),
  };
}

function urlMissing(): ReasonError {
  return new ReasonError(
    "terrain_dem_url_missing",
    "The elevation tile is not at hand, and no live source is configured.",
    {},
  );
}
