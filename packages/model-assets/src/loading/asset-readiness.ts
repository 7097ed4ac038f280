import { REASON_CODES, type ReasonCode, type ReasonError } from "@gradeway/reason-codes";

import type { AssetKind } from "../schemas/asset-kinds.ts";
import { ageDaysOf, ageFault } from "./load-policy.ts";
import type { KnownAsset } from "./read-manifest.ts";

/** What was found of one kind of asset. */
export interface AssetFinding {
  readonly kind: AssetKind;
  /** Whether trips cannot be planned without it. */
  readonly isRequired: boolean;
  /** Absent when the manifest lists none. */
  readonly asset?: KnownAsset;
  /** Why it cannot be used. */
  readonly fault?: ReasonError;
}

/** How ready one kind of asset is; plain data for people and programs. */
export interface AssetReadiness {
  /** Name of the asset; its kind where there is none. */
  readonly name: string;
  readonly kind: AssetKind;
  readonly isRequired: boolean;
  /**
   * `ready`; `stale`: good, but older than its manifest allows; `missing`; `invalid`: there, but
   * damaged or not understood, and not used.
   */
  readonly state: "ready" | "stale" | "missing" | "invalid";
  /** Why it is not ready. */
  readonly reasonCode?: ReasonCode;
  readonly message?: string;
  readonly remedy?: string;
  /** Whole days since the date of the data; null when they have none or there are none. */
  readonly ageDays: number | null;
}

/** How ready an asset is at a time in milliseconds since 1970. */
export function readinessAt(finding: AssetFinding, nowMs: number): AssetReadiness {
  const { kind, isRequired, asset, fault } = finding;
  const facts = {
    name: asset?.name ?? kind,
    kind,
    isRequired,
    ageDays: asset === undefined ? null : ageDaysOf(asset, nowMs),
  };
  if (asset === undefined || fault?.reasonCode === "asset_missing") {
    return { ...facts, state: "missing", ...reasonOf(fault) };
  }
  if (fault !== undefined) return { ...facts, state: "invalid", ...reasonOf(fault) };
  const expired = ageFault(asset, nowMs);
  return expired === undefined
    ? { ...facts, state: "ready" }
    : { ...facts, state: "stale", ...reasonOf(expired) };
}

function reasonOf(
  fault: ReasonError | undefined,
): Pick<AssetReadiness, "reasonCode" | "message" | "remedy"> {
  if (fault === undefined) return {};
  const { reasonCode, message } = fault;
  return { reasonCode, message, remedy: REASON_CODES[reasonCode].remedy };
}
