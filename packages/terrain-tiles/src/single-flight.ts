/** Runs a piece of work once for all callers that ask for it at the same time. */
export interface SingleFlight<T> {
  /**
   * Joins the work under a key, or starts it. The work is aborted only when every caller that waits
   * for it has gone; a caller whose signal aborts leaves at once with the reason of the signal.
   */
  run(
    key: number,
    start: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T>;
}

interface Flight<T> {
  readonly promise: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/** Creates an empty {@link SingleFlight}. */
export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<number, Flight<T>>();

  function takeOff(key: number, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const promise = start(controller.signal);
    const flight: Flight<T> = { promise, controller, waiting: 0 };
    flights.set(key, flight);
    const land = (): void => {
      // An abandoned flight may already have been replaced by a new one.
      if (flights.get(key) === flight) flights.delete(key);
    };
    promise.then(land, land);
    return flight;
  }

  return {
    async run(key, start, signal) {
      signal?.throwIfAborted();
      const flight = flights.get(key) ?? takeOff(key, start);
      flight.waiting += 1;
      try {
        return await orAborted(flight.promise, signal);
      } finally {
        flight.waiting -= 1;
        if (flight.waiting === 0 && flights.get(key) === flight) {
          flights.delete(key);
          flight.controller.abort();
        }
      }
    },
  };
}

/** Waits for a promise, but leaves with the reason of the signal when that aborts. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => {
      const reason: unknown = signal.reason;
      // The reason belongs to the caller and is handed back as it is.
      reject(reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
