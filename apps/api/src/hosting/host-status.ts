import type { ReasonCode } from "@gradeway/reason-codes";

/** How an attempt to put a version into use ended. */
export interface Activation {
  readonly outcome: "activated" | "unchanged" | "refused";
  /** When it ended, ISO 8601. */
  readonly at: string;
  /** Hash of the manifest; absent when it could not be loaded. */
  readonly version?: string;
  readonly reasonCode?: ReasonCode;
  readonly message?: string;
}

/** Which version is served. */
export interface HostStatus {
  /** Hash of the manifest that is served; null while nothing is. */
  readonly active: string | null;
  readonly previous: string | null;
  readonly last: Activation | null;
}
