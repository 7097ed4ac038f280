import type { CircuitState } from "../resilience/circuit-breaker.ts";
import type { FetchObserver } from "../resilience/retrying.ts";
import type { GetTileOptions, TileSource } from "../tile-source.ts";

/** Options of one read from an origin. */
export interface RemoteGetTileOptions extends GetTileOptions {
  /** Time in milliseconds, by the clock of the source, after which no attempt may begin. */
  readonly deadlineAtMs?: number;
  /** Learns of attempts and pauses. */
  readonly observer?: FetchObserver;
}

/** A source behind a network. Any other {@link TileSource} fits in its place. */
export interface RemoteTileSource extends TileSource {
  getTile(
    id: Parameters<TileSource["getTile"]>[0],
    options?: RemoteGetTileOptions,
  ): Promise<Uint8Array | undefined>;
  /** State of the circuit of the origin at this moment. */
  circuitState?(): CircuitState;
}
