import {
  fetchFailed,
  type FetchObserver,
  type RetryPause,
  tooLate,
} from "../resilience/retrying.ts";
import { createSingleFlight } from "../single-flight.ts";
import { formatTileId, type TileId } from "../tile-id.ts";
import type { TerrainRequest } from "./terrain-request.ts";
import { tileKey } from "./tile-key.ts";

/** Reads of the live source, each shared by all requests that wait for the same tile. */
export interface RemoteFlights<T> {
  /**
   * Joins the read of a tile or starts it. The read goes on while anybody waits; a request whose
   * deadline passes, or which would have to pause beyond it, leaves.
   *
   * @throws {ReasonError} `terrain_fetch_failed` at the deadline; what the read throws
   * @throws the reason of the signal when that aborts
   */
  join(id: TileId, request: TerrainRequest, signal: AbortSignal | undefined): Promise<T>;
}

/** What the waiting requests have in common. */
interface Hub {
  readonly waiting: Set<FetchObserver>;
  attempts: number;
  pause: RetryPause | undefined;
}

/** Longest time that a timer of the platform can hold. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Creates {@link RemoteFlights} over a way to read a tile. */
export function createRemoteFlights<T>(
  read: (id: TileId, signal: AbortSignal, observer: FetchObserver) => Promise<T>,
  now: () => number,
): RemoteFlights<T> {
  const flights = createSingleFlight<T>();
  /** The hub of the last flight of each tile, while it is under way. */
  const hubs = new Map<number, Hub>();

  async function takeOff(id: TileId, hub: Hub, signal: AbortSignal): Promise<T> {
    try {
      return await read(id, signal, {
        attempt(number) {
          // A tile of several files has several requests under way.
          hub.attempts = Math.max(hub.attempts, number);
          hub.pause = undefined;
          for (const observer of hub.waiting) observer.attempt(number);
        },
        pause(pause) {
          hub.pause = pause;
          for (const observer of hub.waiting) observer.pause(pause);
        },
      });
    } finally {
      if (hubs.get(tileKey(id)) === hub) hubs.delete(tileKey(id));
    }
  }

  return {
    async join(id, request, callerSignal) {
      const { ledger, deadlineAtMs = Number.POSITIVE_INFINITY } = request;
      const tile = formatTileId(id);
      const key = tileKey(id);
      const leave = new AbortController();
      let hub: Hub | undefined;
      const giveUp = (problem: string, status?: number): void => {
        leave.abort(fetchFailed(tile, hub?.attempts ?? 0, { problem, status }));
      };
      const observer: FetchObserver = {
        attempt(number) {
          ledger.count("attempts");
          if (number > 1) ledger.count("retries");
        },
        pause({ untilMs, askedMs, problem, status }) {
          if (untilMs > deadlineAtMs) giveUp(tooLate(problem, askedMs), status);
        },
      };
      const leftMs = deadlineAtMs - now();
      if (leftMs <= 0) throw fetchFailed(tile, 0, { problem: DEADLINE, status: undefined });
      const timer = leftMs > MAX_TIMER_MS ? undefined : setTimeout(() => giveUp(DEADLINE), leftMs);
      const signals = [callerSignal, leave.signal].filter((signal) => signal !== undefined);
      try {
        let isFirst = false;
        const flight = flights.run(
          key,
          (signal) => {
            isFirst = true;
            const started: Hub = { waiting: new Set(), attempts: 0, pause: undefined };
            hubs.set(key, started);
            // A turn of the queue later, so that this request hears of the first attempt.
            return Promise.resolve().then(() => takeOff(id, started, signal));
          },
          AbortSignal.any(signals),
        );
        hub = hubs.get(key);
        hub?.waiting.add(observer);
        if (hub?.pause !== undefined) observer.pause(hub.pause);
        ledger.count(isFirst ? "fetches" : "joinedFetches");
        return await flight;
      } finally {
        clearTimeout(timer);
        hub?.waiting.delete(observer);
      }
    },
  };
}

const DEADLINE = "the deadline of the request passed";
