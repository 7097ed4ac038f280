import { cpuMs } from "./cpu-time.ts";
import { monotonicMs } from "./monotonic-clock.ts";

/** Time a piece of work took. */
export interface Timing {
  readonly wallMs: number;
  /** Processor time of all threads, the runtime's own included. */
  readonly cpuMs: number;
}

/** Starts a clock; calling what it returns reads it. */
export function startTiming(): () => Timing {
  const cpuAtMs = cpuMs();
  const startedAtMs = monotonicMs();
  return () => ({ wallMs: monotonicMs() - startedAtMs, cpuMs: cpuMs() - cpuAtMs });
}

/** Runs a piece of work and times it. */
export function timed<T>(work: () => T): { readonly timing: Timing; readonly result: T } {
  const read = startTiming();
  const result = work();
  return { timing: read(), result };
}

/** Runs a piece of work several times: the median by processor time, and what the last run made. */
export function timedRuns<T>(
  runs: number,
  work: () => T,
): { readonly timing: Timing; readonly result: T } {
  const all = Array.from({ length: runs }, () => timed(work));
  return { timing: medianOf(all.map(({ timing }) => timing)), result: all.at(-1)!.result };
}

/** The upper median by processor time of at least one timing. */
export function medianOf(timings: readonly Timing[]): Timing {
  return timings.toSorted((a, b) => a.cpuMs - b.cpuMs)[Math.floor(timings.length / 2)]!;
}
