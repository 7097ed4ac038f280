import { EventEmitter } from "node:events";

import { ReasonError } from "@gradeway/reason-codes";
import CircuitBreaker from "opossum";

import { PassingFailure } from "./passing-failure.ts";

/** Whether an origin is asked (closed), left alone (open), or asked by one probe (half-open). */
export type CircuitState = "closed" | "open" | "half-open";

/** Settings of {@link createOriginBreaker}. */
export interface OriginBreakerOptions {
  /** Name of the origin in errors, for example "s3.amazonaws.com". */
  readonly origin: string;
  /** Consecutive failures that open the circuit. */
  readonly failures: number;
  /** Time in seconds for which an open circuit refuses every call. */
  readonly coolDownS: number;
  /** Clock in milliseconds; only the time named in errors depends on it. */
  readonly nowMs: () => number;
}

/** Leaves an origin alone for a while after it failed repeatedly. */
export interface OriginBreaker {
  /**
   * Runs one attempt. A {@link PassingFailure} counts against the origin; a value or a ReasonError
   * is an answer and ends a row of failures; anything else, such as an abort, says nothing. While a
   * probe is under way it waits to learn from that whether the origin may be asked.
   *
   * @throws {ReasonError} `terrain_circuit_open` when the circuit is open
   */
  run<T>(attempt: () => Promise<T>): Promise<T>;
  /** State at this moment. */
  state(): CircuitState;
  /**
   * The signal that the attempt under way may listen to: none for a probe. It must find out how the
   * origin is even when its caller leaves, who may do so just because all other reads are refused.
   */
  signalFor(signal: AbortSignal | undefined): AbortSignal | undefined;
}

/**
 * Creates a closed circuit breaker for one origin.
 *
 * The failures are counted here, because opossum opens by the share of failures in a time window,
 * which says nothing about a row of them. Its states, cool-down and single probe are used as they
 * are.
 */
export function createOriginBreaker(options: OriginBreakerOptions): OriginBreaker {
  const { origin, failures, coolDownS, nowMs } = options;
  const breaker = new CircuitBreaker<[() => Promise<void>], void>((attempt) => attempt(), {
    name: origin,
    timeout: false,
    resetTimeout: coolDownS * 1000,
    // It would take a larger share than all calls, so opossum itself never opens a closed circuit.
    errorThresholdPercentage: 100,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
    // Its window is not used; without this, a timer would keep turning it for ever.
    rotateBucketController: new EventEmitter(),
  });
  let failuresInARow = 0;
  let openedAtMs = 0;
  /** Ends with the probe, however that does. */
  let probe: Promise<unknown> | undefined;
  breaker.on("success", () => {
    failuresInARow = 0;
  });
  breaker.on("open", () => {
    openedAtMs = nowMs();
    failuresInARow = 0;
  });

  return {
    run,
    state() {
      if (breaker.halfOpen) return "half-open";
      return breaker.opened ? "open" : "closed";
    },
    signalFor: (signal) => (breaker.halfOpen ? undefined : signal),
  };

  async function run<T>(attempt: () => Promise<T>): Promise<T> {
    if (probe !== undefined) {
      await probe;
      return run(attempt);
    }
    const slot: { settled?: Settled<T> } = {};
    try {
      await fire(async () => {
        slot.settled = await settle(attempt);
      });
    } catch (error) {
      if (error instanceof Error && CircuitBreaker.isOurError(error)) throw circuitOpen();
      if (error instanceof PassingFailure && breaker.closed) {
        failuresInARow += 1;
        if (failuresInARow >= failures) breaker.open();
      }
      throw error;
    }
    const settled = slot.settled!;
    if ("error" in settled) throw settled.error;
    return settled.value;
  }

  /** The first attempt of a half-open circuit is its probe. */
  function fire(attempt: () => Promise<void>): Promise<void> {
    if (!breaker.halfOpen) return breaker.fire(attempt);
    const fired = breaker.fire(attempt);
    const over = (): void => {
      probe = undefined;
    };
    probe = fired.then(over, over);
    return fired;
  }

  function circuitOpen(): ReasonError {
    const leftS = Math.ceil((openedAtMs + coolDownS * 1000 - nowMs()) / 1000);
    const retryAfterS = Math.min(Math.max(leftS, 1), Math.ceil(coolDownS));
    return new ReasonError(
      "terrain_circuit_open",
      `The elevation source ${origin} failed repeatedly; it is left alone for ${retryAfterS} s.`,
      { origin, retryAfterS },
    );
  }
}

type Settled<T> = { readonly value: T } | { readonly error: ReasonError };

/**
 * Opossum sees an answer as success, whatever it says. An abort stays an error for it: a probe that
 * was cancelled must not close the circuit, so the cool-down starts again.
 */
async function settle<T>(attempt: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await attempt() };
  } catch (error) {
    if (error instanceof ReasonError) return { error };
    throw error;
  }
}
