import type { AssetReport } from "@gradeway/model-assets";
import { createWarning, ReasonError, type Warning } from "@gradeway/reason-codes";

/** An asset that is older than it may become. */
interface StaleAsset {
  readonly asset: string;
  /** ISO date of the data. */
  readonly asOf: string;
  readonly ageDays: number;
  readonly maxAgeDays: number;
}

/**
 * Refuses to answer strictly from data that have grown too old since the region was loaded.
 *
 * @throws {ReasonError} asset_expired
 */
export function refuseStale(report: AssetReport): void {
  const [first] = staleAssets(report);
  if (first === undefined) return;
  const { asset, asOf, ageDays, maxAgeDays } = first;
  throw new ReasonError(
    "asset_expired",
    `The asset ${asset} is of ${asOf}, ${ageDays} days ago; it may be ${maxAgeDays} days old.`,
    first,
  );
}

/** Warns of data that are too old, for requests that are answered from them all the same. */
export function staleWarnings(report: AssetReport): readonly Warning[] {
  const assets = staleAssets(report);
  return assets.length === 0 ? [] : [createWarning("data_stale", { assets })];
}

function staleAssets({ assets }: AssetReport): readonly StaleAsset[] {
  return assets.flatMap(({ name: asset, state, asOf, ageDays, maxAgeDays }) =>
    state === "stale" && typeof asOf === "string" && ageDays !== null && maxAgeDays !== undefined
      ? [{ asset, asOf, ageDays, maxAgeDays }]
      : [],
  );
}
