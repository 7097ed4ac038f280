import { isReasonError, ReasonError } from "@gradeway/reason-codes";

import type { ServedRegion } from "../app-deps.ts";
import type { Activation, HostStatus } from "./host-status.ts";

/** A version of a region, loaded and ready to be served. */
export interface LoadedVersion {
  /** Hash of its manifest. */
  readonly version: string;
  readonly region: Omit<ServedRegion, "hold">;
  /**
   * Plans a trip, so that a version that cannot plan never goes into use.
   *
   * @throws {ReasonError} region_self_test_failed, or what keeps it from planning
   */
  selfTest(): Promise<void>;
  /** Frees its threads and memory. */
  close(graceMs?: number): Promise<void>;
}

/** An activation with what went wrong, for the caller alone. */
export interface ActivationResult extends Activation {
  readonly error?: unknown;
}

/** Serves one version of a region at a time and switches between versions without a gap. */
export interface RegionHost {
  /** The region being served, or undefined before the first activation. */
  region(): ServedRegion | undefined;
  /**
   * Loads a version beside the one that is served, tests it, and serves it from then on. Requests
   * that hold the old one finish on it; then it is closed. A version that cannot be loaded or fails
   * its test changes nothing. Activations take place one after the other; one that is not done when
   * the host is closed is refused with planner_stopped.
   *
   * Never rejects because of a version; `status().last` tells what happened, too.
   */
  activate(load: () => Promise<LoadedVersion>): Promise<ActivationResult>;
  status(): HostStatus;
  /** Closes what is served, after the requests that hold it or the grace period. */
  close(graceMs?: number): Promise<void>;
}

/** Settings of {@link createRegionHost}. */
export interface RegionHostOptions {
  /** Clock of the status. */
  readonly now: () => Date;
  /** Learns of faults that have no reason code, for the log. */
  readonly onFault?: (error: unknown) => void;
}

interface Seat {
  readonly loaded: LoadedVersion;
  readonly region: ServedRegion;
  retire(graceMs?: number): Promise<void>;
}

/** Creates a host that serves nothing yet. */
export function createRegionHost({ now, onFault }: RegionHostOptions): RegionHost {
  let seat: Seat | undefined;
  let previous: string | null = null;
  let last: Activation | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  const retiring = new Set<Promise<void>>();

  const ended = (activation: Omit<Activation, "at">): Activation =>
    (last = { ...activation, at: now().toISOString() });

  function retire(old: Seat, graceMs?: number): Promise<void> {
    const retired = old
      .retire(graceMs)
      .catch((error: unknown) => onFault?.(error))
      .finally(() => retiring.delete(retired));
    retiring.add(retired);
    return retired;
  }

  /** Nobody would close a version that goes into use after the host was closed. */
  function requireOpen(): void {
    if (isClosed) throw new ReasonError("planner_stopped", "The server is being closed.", {});
  }

  async function activateNow(load: () => Promise<LoadedVersion>): Promise<ActivationResult> {
    let loaded: LoadedVersion | undefined;
    try {
      requireOpen();
      loaded = await load();
      requireOpen();
      const { version } = loaded;
      if (version === seat?.loaded.version) {
        await loaded.close().catch((fault: unknown) => onFault?.(fault));
        return ended({ outcome: "unchanged", version });
      }
      await loaded.selfTest();
      requireOpen();
      const old = seat;
      seat = createSeat(loaded);
      previous = old?.loaded.version ?? null;
      if (old !== undefined) void retire(old);
      return ended({ outcome: "activated", version });
    } catch (error) {
      await loaded?.close().catch((fault: unknown) => onFault?.(fault));
      if (!isReasonError(error)) onFault?.(error);
      const refused = ended({
        outcome: "refused",
        ...(loaded === undefined ? {} : { version: loaded.version }),
        reasonCode: isReasonError(error) ? error.reasonCode : "internal_error",
        message: error instanceof Error ? error.message : String(error),
      });
      return { ...refused, error };
    }
  }

  return {
    region: () => seat?.region,
    activate(load) {
      const activation = queue.then(() => activateNow(load));
      queue = activation;
      return activation;
    },
    status: () => ({ active: seat?.loaded.version ?? null, previous, last }),
    async close(graceMs) {
      isClosed = true;
      await queue;
      if (seat !== undefined) void retire(seat, graceMs);
      seat = undefined;
      await Promise.all(retiring);
    },
  };
}

/** Counts who holds a version, so that it is closed when the last one lets go. */
function createSeat(loaded: LoadedVersion): Seat {
  let holders = 0;
  const idle = Promise.withResolvers<void>();
  let isRetired = false;
  const region: ServedRegion = {
    ...loaded.region,
    hold() {
      holders += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holders -= 1;
        if (isRetired && holders === 0) idle.resolve();
      };
    },
  };
  return {
    loaded,
    region,
    async retire(graceMs = DEFAULT_GRACE_MS) {
      isRetired = true;
      if (holders === 0) idle.resolve();
      const cut = setTimeout(() => idle.resolve(), graceMs);
      await idle.promise;
      clearTimeout(cut);
      // Requests that are still planning have until their own deadline.
      await loaded.close(graceMs);
    },
  };
}

/** Longer than any deadline that a request may name. */
const DEFAULT_GRACE_MS = 70_000;
