import type { ReasonCode } from "@gradeway/reason-codes";

/**
 * What a request gets: the height of the live tile, of the copy on disk, of a copy that is too old
 * (flagged), of the signed snapshot (flagged), no height because there is no tile, or an error.
 */
export type Outcome = "live" | "cached" | "stale" | "snapshot" | "void" | ReasonCode;
