/** Milliseconds of the clock that every measurement of this program uses. */
export function monotonicMs(): number {
  return performance.now();
}

/**
 * Milliseconds of processor time of this process, all threads: for pure computing, which other work
 * on the machine should not lengthen.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
