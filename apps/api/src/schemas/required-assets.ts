import type { AssetReport } from "@gradeway/model-assets";
import { ReasonError } from "@gradeway/reason-codes";
import { z } from "zod";

/** Hashes of the assets that are in use, by name; the manifest counts as one. */
export type AssetHashes = ReadonlyMap<string, string>;

/** Name under which a request may demand the manifest, and with it everything. */
export const MANIFEST_NAME = "manifest";

const MOST_ASSETS = 64;

/** What a request may demand: names of assets with the sha256 that they must have. */
export const requiredAssetsSchema = z
  // A record passes over this key in silence, and a demand must never be lost.
  .custom((given) => !isObject(given) || !Object.hasOwn(given, "__proto__"), {
    error: "Expected the name of an asset.",
  })
  .pipe(
    z.record(
      z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "Expected the name of an asset."),
      z.string().regex(/^[0-9a-f]{64}$/, "Expected a sha256 as 64 hexadecimal digits."),
    ),
  )
  .refine((all) => Object.keys(all).length <= MOST_ASSETS, `At most ${MOST_ASSETS} assets.`);

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The hashes that a region can be asked for; an asset that could not be used has none. */
export function assetHashesOf({ region, assets }: AssetReport): AssetHashes {
  const usable = assets.flatMap(({ name, sha256, state }): [string, string][] =>
    sha256 === undefined || state === "invalid" || state === "missing" ? [] : [[name, sha256]],
  );
  // Last: an asset that happens to be called so must not stand for everything.
  return new Map([...usable, [MANIFEST_NAME, region.manifestSha256]]);
}

/**
 * Refuses a request that demands other assets than are in use, so that answers of servers with
 * different data never mix.
 *
 * @throws {ReasonError} asset_requirement_unmet
 */
export function requireAssets(
  required: Readonly<Record<string, string>>,
  active: AssetHashes,
): void {
  const unmet = Object.entries(required)
    .filter(([asset, demandedSha256]) => active.get(asset) !== demandedSha256)
    .map(([asset, demandedSha256]) => ({
      asset,
      demandedSha256,
      activeSha256: active.get(asset) ?? null,
    }));
  if (unmet.length === 0) return;
  const names = unmet.map(({ asset }) => asset).join(", ");
  const message = `The region in use does not have the demanded ${names}.`;
  throw new ReasonError("asset_requirement_unmet", message, { unmet });
}
