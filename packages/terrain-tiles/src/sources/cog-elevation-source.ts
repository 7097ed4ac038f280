import { decodeBlock, type DecodeBlock } from "../decode/decode-block.ts";
import type { ElevationSampler } from "../elevation-port.ts";
import type { AllowLoopback } from "../network/checked-lookup.ts";
import { createRedirectingFetch } from "../network/redirecting-fetch.ts";
import { createSafeFetch } from "../network/safe-fetch.ts";
import { sampleByGroups } from "../sample-groups.ts";
import { createScratchPool } from "../sampling-scratch.ts";
import { loadQuad } from "../tile-quad.ts";
import { type TileSourceInfo, UNKNOWN_ATTRIBUTION } from "../tile-source.ts";
import { assertHostAllowed, DEFAULT_ALLOWED_HOSTS } from "./allowed-hosts.ts";
import { createChunkedReader } from "./cog/chunked-reader.ts";
import { interpolateBlock } from "./cog/cog-bilinear.ts";
import { asCorrupt, createCogBlocks } from "./cog/cog-blocks.ts";
import { readCogLayout } from "./cog/cog-layout.ts";
import { resolutionM } from "./cog/cog-place.ts";
import { groupByBlock } from "./cog/cog-points.ts";
import type { Fetch } from "./fetch-tile.ts";
import { createHttpRangeReader } from "./http-range-reader.ts";
import { createFileRangeReader, type RangeReader } from "./range-reader.ts";

/** Options of {@link createCogSampler}. */
export interface CogSamplerOptions extends Partial<TileSourceInfo> {
  /** Hosts that the file may come from, as for tiles. Default: the host of the public bucket. */
  readonly allowedHosts?: readonly string[];
  /** Whether a listed host may be this machine, as for a safe fetch. Default false. */
  readonly allowLoopback?: AllowLoopback;
  /**
   * Sends requests; redirects are followed to listed hosts only, whatever it would do with them.
   * Default: a safe fetch, which also checks the addresses of names.
   */
  readonly fetch?: Fetch;
  /** Time in milliseconds for one attempt. Default 20,000. */
  readonly timeoutMs?: number;
  /** How often a failed attempt is repeated. Default 2, which makes three attempts. */
  readonly retries?: number;
  /** Pause in milliseconds before the first repetition, at least. Default 250. */
  readonly retryDelayMs?: number;
  /** Longest wait in milliseconds that the origin may ask for. Default 20,000. */
  readonly maxRetryAfterMs?: number;
  /** Consecutive failed attempts that open the circuit. Default 8. */
  readonly breakerFailures?: number;
  /** Time in seconds for which an open circuit refuses. Default 30. */
  readonly breakerCoolDownS?: number;
  /** Decoded blocks to keep, 1 MiB each for the usual 512 pixels. Default 64. */
  readonly maxBlocksInMemory?: number;
  /** Decodes blocks. Default: on the calling thread; see {@link createTileDecodePool}. */
  readonly decode?: DecodeBlock | undefined;
  /** Blocks to read at the same time in one call. Default 8. */
  readonly concurrency?: number;
  /** Clock in milliseconds. Default: the clock of the platform. */
  readonly nowMs?: () => number;
  /** Ends the opening. */
  readonly signal?: AbortSignal;
}

/**
 * Opens a sampler over one Cloud-Optimised GeoTIFF, a file or an https address, of which it reads
 * the header and the blocks that points need: EPSG:4326 or EPSG:3857, one band of Int16 or Float32
 * metres in blocks, plain, LZW or Deflate, TIFF or BigTIFF. A raster that goes around the earth has
 * no seam; within half a pixel of any other border heights are void, because nothing lies beyond.
 * In the summary, tiles are blocks named "cog/column/row".
 *
 * @throws {ReasonError} `terrain_host_not_allowed`, `terrain_dem_asset_unavailable` when there is no
 *   such file, `terrain_fetch_failed` or `terrain_circuit_open` when it could not be read,
 *   `terrain_tile_corrupt` when it is damaged or of another form
 * @throws {RangeError} when a limit is not a whole number of at least 1
 */
export async function createCogSampler(
  location: string,
  options: CogSamplerOptions = {},
): Promise<ElevationSampler> {
  const { maxBlocksInMemory = 64, concurrency = 8, decode = decodeBlock, signal } = options;
  for (const [name, value] of Object.entries({ maxBlocksInMemory, concurrency })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`${name} must be a whole number of at least 1, not ${value}.`);
    }
  }
  const reader = openReader(location, options);
  const headers = createChunkedReader(reader);
  const layout = await readCogLayout((at, length) => headers.read(at, length, signal)).catch(
    (error: unknown) => {
      throw asCorrupt(reader.location, error, signal);
    },
  );
  const blocks = createCogBlocks(reader, headers, layout, maxBlocksInMemory, decode);
  return {
    source: {
      name: options.name ?? "Cloud-Optimised GeoTIFF",
      resolutionM: resolutionM(layout.place),
      attribution: options.attribution ?? UNKNOWN_ATTRIBUTION,
    },
    sample: sampleByGroups(
      (lonLat, count, outM, scratch) => {
        const { groups, offMap } = groupByBlock(lonLat, count, layout, outM, scratch);
        return {
          groups,
          outside: offMap,
          async sampleGroup(group, used, sampleSignal) {
            const quad = await loadQuad(blocks, group, layout.blocksAcross, used, sampleSignal);
            return interpolateBlock(quad, group, scratch, layout, lonLat, outM);
          },
        };
      },
      createScratchPool(),
      concurrency,
    ),
  };
}

function openReader(location: string, options: CogSamplerOptions): RangeReader {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) return createFileRangeReader(location);
  const { allowedHosts = DEFAULT_ALLOWED_HOSTS, allowLoopback = false } = options;
  const url = new URL(location);
  assertHostAllowed(url, allowedHosts);
  return createHttpRangeReader(url, {
    fetch: createRedirectingFetch(
      options.fetch ?? createSafeFetch({ allowedHosts, allowLoopback }),
      allowedHosts,
    ),
    timeoutMs: options.timeoutMs ?? 20_000,
    retries: options.retries ?? 2,
    retryDelayMs: options.retryDelayMs ?? 250,
    maxRetryAfterMs: options.maxRetryAfterMs ?? 20_000,
    breakerFailures: options.breakerFailures ?? 8,
    breakerCoolDownS: options.breakerCoolDownS ?? 30,
    nowMs: options.nowMs ?? (() => Date.now()),
  });
}
