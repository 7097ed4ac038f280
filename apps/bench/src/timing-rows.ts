import type { Timing } from "./timed.ts";

/** Head of a table of steps beside a one-to-all Dijkstra of the same run. */
export const TIMING_HEAD: readonly string[] = ["", "wall ms", "CPU ms", "Dijkstras"];

/** A step's row under {@link TIMING_HEAD}. */
export function timingRow(title: string, timing: Timing, dijkstra: Timing): string[] {
  return [
    title,
    timing.wallMs.toFixed(1),
    timing.cpuMs.toFixed(1),
    (timing.cpuMs / dijkstra.cpuMs).toFixed(2),
  ];
}
