import { monotonicMs } from "./monotonic-clock.ts";

/** A one-line progress display; silent when the stream is no terminal. */
export interface ProgressLine {
  update(text: string): void;
  /** Removes the line. */
  clear(): void;
}

/** Creates a progress line on a stream, redrawn at most ten times a second. */
export function createProgressLine(
  stream: { readonly isTTY?: boolean; write(text: string): unknown },
  now: () => number,
): ProgressLine {
  if (stream.isTTY !== true) return { update: () => undefined, clear: () => undefined };
  let drawnAtMs = -Infinity;
  return {
    update(text) {
      if (now() - drawnAtMs < 100) return;
      drawnAtMs = now();
      stream.write(`\r\u001B[2K${text}`);
    },
    clear: () => stream.write("\r\u001B[2K"),
  };
}

/**
 * Runs a measurement with a line on the terminal that says how far it is, and that is gone when it ends,
 * also with an error.
 */
export async function withProgress<T>(
  measure: (progress: (text: string) => void) => T | Promise<T>,
): Promise<T> {
  const line = createProgressLine(process.stderr, monotonicMs);
  try {
    return await measure((text) => line.update(text));
  } finally {
    line.clear();
  }
}
