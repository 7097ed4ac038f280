import { ReasonError } from "@gradeway/reason-codes";

import { PROVENANCE_CLASSES, type ProvenanceClass } from "../schemas/describe-table.ts";
import type { AssetEntry } from "../schemas/region-manifest.ts";

/** What a region must be like to be used. */
export interface LoadPolicy {
  /**
   * Refuse what is otherwise only told: expired data, figures of classes that are not allowed, and
   * damage to assets that no trip needs. Default false.
   */
  readonly strict: boolean;
  /** Classes of figures that strict mode allows. Default: all but `synthetic`. */
  readonly allowedClasses: readonly ProvenanceClass[];
  /** Refuse a region without a signature. Default: true when there are trusted keys. */
  readonly requireSignature: boolean;
  /** Public Ed25519 keys in PEM whose signatures count. */
  readonly trustedKeysPem: readonly string[];
  /** Ids of keys that do not count any more, also when they are among the trusted ones. */
  readonly revokedKeyIds: readonly string[];
}

/** Fills in what is not said. */
export function policyOf(given: Partial<LoadPolicy> = {}): LoadPolicy {
  const { trustedKeysPem = [], revokedKeyIds = [], strict = false } = given;
  return {
    strict,
    allowedClasses:
      given.allowedClasses ?? PROVENANCE_CLASSES.filter((each) => each !== "synthetic"),
    requireSignature: given.requireSignature ?? trustedKeysPem.length > 0,
    trustedKeysPem,
    revokedKeyIds,
  };
}

const DAY_MS = 86_400_000;

/** Whole days from the date of an asset to now, or null for one without a date. */
export function ageDaysOf(asset: AssetEntry, nowMs: number): number | null {
  return asset.asOf === null ? null : Math.floor((nowMs - Date.parse(asset.asOf)) / DAY_MS);
}

/**
 * What is wrong with the age of an asset: nothing through the last second (UTC) of the day that lies
 * `maxAgeDays` after its date.
 */
export function ageFault(
  asset: AssetEntry,
  nowMs: number,
): ReasonError<"asset_expired"> | undefined {
  const { name, asOf, maxAgeDays } = asset;
  const ageDays = ageDaysOf(asset, nowMs);
  if (asOf === null || ageDays === null || maxAgeDays === undefined || ageDays <= maxAgeDays) {
    return undefined;
  }
  return new ReasonError(
    "asset_expired",
    `The asset ${name} is of ${asOf}, ${ageDays} days ago; it may be ${maxAgeDays} days old.`,
    { asset: name, asOf, maxAgeDays, ageDays },
  );
}

/** What strict mode has against the class of an asset. */
export function classFault(
  asset: AssetEntry,
  allowed: readonly ProvenanceClass[],
): ReasonError<"asset_provenance_refused"> | undefined {
  const { name, provenance } = asset;
  if (allowed.includes(provenance)) return undefined;
  return new ReasonError(
    "asset_provenance_refused",
    `The asset ${name} holds ${provenance} figures; allowed are ${allowed.join(", ") || "none"}.`,
    { asset: name, provenance, allowed },
  );
}
