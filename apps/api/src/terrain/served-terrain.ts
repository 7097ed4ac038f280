import type { CircuitState, LiveTerrain } from "@gradeway/terrain-tiles";

/** Live terrain as the server uses it. */
export interface ServedTerrain {
  readonly live: LiveTerrain;
  /** The clock of `live`: milliseconds since 1970. */
  readonly now: () => number;
  /** Whether there is anything that heights could come from beside an old cache. */
  readonly hasSource: boolean;
  /** State of the circuit of the live source; undefined where there is none to open. */
  circuit(): CircuitState | undefined;
}
