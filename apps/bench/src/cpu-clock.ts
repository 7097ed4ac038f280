/** Time a piece of work took. CPU time includes the runtime's own threads. */
export interface Timing {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Runs a piece of work and times it. */
export function timed<T>(work: () => T): Timing & { readonly result: T } {
  const cpu = process.cpuUsage();
  const startedAtMs = performance.now();
  const result = work();
  const wallMs = performance.now() - startedAtMs;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000, result };
}

/** Runs a piece of work several times; the median run by CPU time, with what the last one made. */
export function timedRuns<T>(runs: number, work: () => T): Timing & { readonly result: T } {
  const all = Array.from({ length: runs }, () => timed(work));
  const sorted = all.toSorted((a, b) => a.cpuMs - b.cpuMs);
  const { wallMs, cpuMs } = sorted[Math.floor(runs / 2)]!;
  return { wallMs, cpuMs, result: all.at(-1)!.result };
}
