/** Milliseconds of the clock that every measurement of this program uses. */
export function monotonicMs(): number {
  return performance.now();
}
