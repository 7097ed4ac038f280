import type { AssetEntry } from "../schemas/region-manifest.ts";
import type { SignatureStatus } from "../signing/examine-signature.ts";
import { type AssetReadiness, readinessAt } from "./asset-readiness.ts";
import type { RegionBundle } from "./open-region.ts";

/** One kind of asset with everything that is known of it. */
export type ReportedAsset = AssetReadiness & Partial<Omit<AssetEntry, "name" | "kind">>;

/** What a region consists of, and how ready it is; plain data. */
export interface AssetReport {
  readonly region: {
    readonly name: string;
    readonly sequence: number;
    readonly synthetic: boolean;
    readonly manifestSha256: string;
  };
  readonly signature: SignatureStatus;
  /** One per kind, also for kinds that the region lacks. */
  readonly assets: readonly ReportedAsset[];
}

/** Describes an open region at a time in milliseconds since 1970: data grow old while in use. */
export function assetReport(bundle: RegionBundle, nowMs: number): AssetReport {
  const { manifest, manifestSha256, signature, findings } = bundle;
  const { name, sequence, synthetic } = manifest;
  return {
    region: { name, sequence, synthetic, manifestSha256 },
    signature,
    assets: findings.map((finding) => ({ ...finding.asset, ...readinessAt(finding, nowMs) })),
  };
}
