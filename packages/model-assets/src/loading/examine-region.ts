import { ReasonError } from "@gradeway/reason-codes";
import type { RegionData } from "@gradeway/route-core";

import {
  ASSET_KINDS,
  type AssetKind,
  type AssetTables,
  REQUIRED_KINDS,
} from "../schemas/asset-kinds.ts";
import type { RegionManifest } from "../schemas/region-manifest.ts";
import { sha256Hex } from "../sha256.ts";
import { type AcceptedManifests, outdatedFault } from "../signing/accepted-manifests.ts";
import { examineSignature, type SignatureStatus } from "../signing/examine-signature.ts";
import type { AssetStore } from "../store/asset-store.ts";
import type { AssetFinding } from "./asset-readiness.ts";
import { examineAsset } from "./examine-asset.ts";
import { ageFault, classFault, type LoadPolicy } from "./load-policy.ts";
import { examineManifest, type KnownAsset, knownAssets } from "./read-manifest.ts";
import { regionDataOf } from "./region-data.ts";

/** What an examination needs. */
export interface ExamineRegionOptions {
  readonly policy: LoadPolicy;
  readonly accepted: AcceptedManifests | undefined;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  readonly signal: AbortSignal | undefined;
  /**
   * Learns of every fault; one that throws ends the examination.
   *
   * @param isGrave - whether no trip can be planned on the region, or it is not to be trusted
   */
  readonly report: (fault: ReasonError, isGrave: boolean) => void;
}

/** What was found in a region. */
export interface ExaminedRegion {
  /** Absent when the manifest cannot be understood. */
  readonly manifest?: RegionManifest;
  readonly manifestSha256?: string;
  readonly signature: SignatureStatus;
  /** One per kind of asset. */
  readonly findings: readonly AssetFinding[];
  /** The tables that can be used. */
  readonly tables: Partial<AssetTables>;
  /** Absent when a required asset cannot be used. */
  readonly region?: RegionData;
}

/**
 * Looks at everything in a region, what vouches for the rest first: manifest, signature, then assets.
 *
 * @throws {ReasonError} those of the store when it cannot tell whether there is a region
 * @throws {RangeError} when a trusted key is no public Ed25519 key in PEM
 */
export async function examineRegion(
  store: AssetStore,
  options: ExamineRegionOptions,
): Promise<ExaminedRegion> {
  const { policy, accepted, signal, report } = options;
  const reading = await examineManifest(store, signal);
  for (const fault of reading.faults) report(fault, true);
  const { manifest, bytes } = reading;
  const signed =
    bytes === undefined ? undefined : await examineSignature(store, bytes, policy, signal);
  for (const fault of signed?.faults ?? []) report(fault, true);
  const signature = signed?.status ?? { state: "unsigned", keyIds: [] };
  if (manifest === undefined || bytes === undefined) {
    return { signature, findings: [], tables: {} };
  }
  const manifestSha256 = sha256Hex(bytes);
  const known = await accepted?.read(manifest.name);
  const outdated = outdatedFault(manifest.sequence, manifestSha256, known);
  if (outdated !== undefined) report(outdated, true);

  const findings: AssetFinding[] = [];
  const contents: Partial<Record<AssetKind, unknown>> = {};
  const assets = new Map(knownAssets(manifest).map((asset) => [asset.kind, asset]));
  for (const kind of ASSET_KINDS) {
    const isRequired = REQUIRED_KINDS.some((each) => each === kind);
    const asset = assets.get(kind);
    if (asset === undefined) {
      const fault = notListed(kind);
      if (isRequired) report(fault, true);
      findings.push({ kind, isRequired, fault });
      continue;
    }
    for (const fault of ruleFaults(asset, options)) report(fault, false);
    const finding = { kind, isRequired, asset };
    try {
      contents[kind] = await examineAsset(store, asset, signal);
      findings.push(finding);
    } catch (error) {
      if (!(error instanceof ReasonError)) throw error;
      report(error, isRequired);
      findings.push({ ...finding, fault: error });
    }
  }
  const { "routing-graph": graph, "terrain-tiles": _tiles, ...others } = contents;
  // Each content went through the schema of its kind.
  const tables = others as Partial<AssetTables>;
  const examined = { manifest, manifestSha256, signature, findings, tables };
  if (REQUIRED_KINDS.some((kind) => contents[kind] === undefined)) return examined;
  try {
    const memory = graph as SharedArrayBuffer;
    const region = regionDataOf(manifest, manifestSha256, memory, tables as AssetTables);
    return { ...examined, region };
  } catch (error) {
    if (!(error instanceof ReasonError)) throw error;
    report(error, true);
    return examined;
  }
}

function ruleFaults(
  asset: KnownAsset,
  { policy, nowMs }: Pick<ExamineRegionOptions, "policy" | "nowMs">,
): readonly ReasonError[] {
  const ofClass = policy.strict ? classFault(asset, policy.allowedClasses) : undefined;
  return [ageFault(asset, nowMs), ofClass].filter((fault) => fault !== undefined);
}

function notListed(kind: AssetKind): ReasonError<"asset_missing"> {
  const message = `The region's manifest lists no ${kind}.`;
  return new ReasonError("asset_missing", message, { asset: kind, path: "" });
}
