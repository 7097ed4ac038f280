import { ReasonError, type ReasonCode } from "@gradeway/reason-codes";

import type { CircuitState } from "../resilience/circuit-breaker.ts";

/** Where a tile came from. */
export type TileTier = "memory" | "disk" | "remote" | "fallback";

/** A tile that a request used. */
export interface UsedTile {
  /** "z/x/y". */
  readonly tile: string;
  readonly tier: TileTier;
  /** Hash of its bytes; `undefined` when its origin says that there is no such tile. */
  readonly sha256: string | undefined;
  /** Whether it is older than allowed and served because it could not be fetched again. */
  readonly isStale: boolean;
}

/** A tile that a request could not get from the live source, whether or not something stood in. */
export interface FailedTile {
  readonly tile: string;
  readonly reasonCode: ReasonCode;
}

/** What happened during one request. Every tile counts once, where it was found first. */
export interface TerrainDiagnostics {
  readonly hits: Readonly<Record<TileTier, number>>;
  /** Tiles that do not exist, and those among them that were known not to without asking. */
  readonly absent: number;
  readonly negativeHits: number;
  readonly staleUses: number;
  readonly fallbackUses: number;
  /** Tiles that the live source was asked for, and how many it may be asked for. */
  readonly remoteTiles: number;
  readonly budgetTiles: number;
  /** Reads of the live source that the request started, and those of others that it joined. */
  readonly fetches: number;
  readonly joinedFetches: number;
  /** Attempts of all these reads, and those among them that repeat a failed one. */
  readonly attempts: number;
  readonly retries: number;
  /** Bytes of the tiles that came from the live source. */
  readonly bytesFetched: number;
  /** State of the circuit when the request last asked; `undefined` when it never did. */
  readonly circuit: CircuitState | undefined;
  /** Sorted by tile. */
  readonly tiles: readonly UsedTile[];
  readonly failures: readonly FailedTile[];
  /** Tiles that the signed snapshot could not give either, with what is wrong with it. */
  readonly fallbackFailures: readonly FailedTile[];
}

/** Options of {@link createTerrainRequest}. */
export interface TerrainRequestOptions {
  /** Tiles that the live source may be asked for; a tile counts once, also when it fails. */
  readonly budgetTiles: number;
  /** Time by the clock of the source at which the live source is given up. */
  readonly deadlineAtMs?: number;
  /** Ends every read of the request. */
  readonly signal?: AbortSignal;
  /**
   * Whether a tile that is too old may be used when it cannot be fetched again. Default: as the
   * source says.
   */
  readonly allowStale?: boolean;
}

/** One request: its limits and what happened in it. Nothing of it is shared with other requests. */
export interface TerrainRequest {
  readonly deadlineAtMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly allowStale: boolean | undefined;
  /** What happened so far. */
  diagnostics(): TerrainDiagnostics;
  /** Written by the source that serves the request. */
  readonly ledger: TerrainLedger;
}

/** Counters of {@link TerrainDiagnostics} that only grow. */
export type TerrainCounter =
  | "negativeHits"
  | "fetches"
  | "joinedFetches"
  | "attempts"
  | "retries"
  | "bytesFetched";

/** Keeps the books of a request. */
export interface TerrainLedger {
  /**
   * Takes a tile out of the budget, once.
   *
   * @throws {ReasonError} `terrain_tile_budget_exceeded`
   */
  charge(tile: string): void;
  /** Whether the live source was asked for the tile on account of this request. */
  isCharged(tile: string): boolean;
  count(counter: TerrainCounter, amount?: number): void;
  circuit(state: CircuitState | undefined): void;
  /** Notes where a tile was found; a tile that was noted before stays what it was. */
  use(used: UsedTile): void;
  used(tile: string): UsedTile | undefined;
  fail(tile: string, reason: ReasonError): void;
  failFallback(tile: string, reason: ReasonError): void;
  /** Why the live source did not give a tile earlier in this request. */
  failure(tile: string): ReasonError | undefined;
}

/**
 * Creates the context of one request.
 *
 * @throws {RangeError} when the budget is not a whole number of at least 0
 */
export function createTerrainRequest(options: TerrainRequestOptions): TerrainRequest {
  const { budgetTiles, deadlineAtMs, signal, allowStale } = options;
  if (
    budgetTiles !== Number.POSITIVE_INFINITY &&
    !(Number.isInteger(budgetTiles) && budgetTiles >= 0)
  ) {
    throw new RangeError(`budgetTiles must be a whole number of at least 0, not ${budgetTiles}.`);
  }
  const wanted = new Set<string>();
  const charged = new Set<string>();
  const tiles = new Map<string, UsedTile>();
  const failures = new Map<string, ReasonError>();
  const fallbackFailures = new Map<string, ReasonError>();
  const counts: Record<TerrainCounter, number> = {
    negativeHits: 0,
    fetches: 0,
    joinedFetches: 0,
    attempts: 0,
    retries: 0,
    bytesFetched: 0,
  };
  let circuit: CircuitState | undefined;

  return {
    deadlineAtMs,
    signal,
    allowStale,
    ledger: {
      charge(tile) {
        wanted.add(tile);
        if (charged.has(tile)) return;
        if (charged.size >= budgetTiles) throw budgetExceeded(budgetTiles, wanted.size);
        charged.add(tile);
      },
      isCharged: (tile) => charged.has(tile),
      count(counter, amount = 1) {
        counts[counter] += amount;
      },
      circuit(state) {
        circuit = state;
      },
      use(used) {
        if (!tiles.has(used.tile)) tiles.set(used.tile, used);
      },
      used: (tile) => tiles.get(tile),
      fail(tile, reason) {
        if (!failures.has(tile)) failures.set(tile, reason);
      },
      failFallback(tile, reason) {
        if (!fallbackFailures.has(tile)) fallbackFailures.set(tile, reason);
      },
      failure: (tile) => failures.get(tile),
    },
    diagnostics() {
      const used = [...tiles.values()].toSorted((a, b) => (a.tile < b.tile ? -1 : 1));
      const hits = { memory: 0, disk: 0, remote: 0, fallback: 0 };
      let absent = 0;
      for (const { tier, sha256 } of used) {
        if (sha256 === undefined) absent += 1;
        else hits[tier] += 1;
      }
      return {
        hits,
        absent,
        ...counts,
        staleUses: used.filter(({ isStale }) => isStale).length,
        fallbackUses: hits.fallback,
        remoteTiles: charged.size,
        budgetTiles,
        circuit,
        tiles: used,
        failures: listed(failures),
        fallbackFailures: listed(fallbackFailures),
      };
    },
  };
}

/** Sorted by tile, so that they do not depend on which read failed first. */
function listed(failures: ReadonlyMap<string, ReasonError>): FailedTile[] {
  const list = [...failures].map(([tile, { reasonCode }]) => ({ tile, reasonCode }));
  return list.toSorted((a, b) => (a.tile < b.tile ? -1 : 1));
}

function budgetExceeded(limit: number, needed: number): ReasonError {
  return new ReasonError(
    "terrain_tile_budget_exceeded",
    `The request needs at least ${needed} elevation tiles from the live source; it may fetch ${limit}.`,
    { limit, needed },
  );
}
