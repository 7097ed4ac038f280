import { ReasonError } from "@gradeway/reason-codes";
import { openHierarchy, type RegionData } from "@gradeway/route-core";

import { datedByLive, type LiveRows, withLiveRows } from "../feeds/live-rows.ts";
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
  /** Rows of feeds that are laid over the tables. */
  readonly live?: readonly LiveRows[];
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
  const { policy, accepted, signal, live = [], report } = options;
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
    const listed = assets.get(kind);
    if (listed === undefined) {
      const fault = notListed(kind);
      if (isRequired) report(fault, true);
      findings.push({ kind, isRequired, fault });
      continue;
    }
    const asset = datedByLive(listed, live);
    for (const fault of ruleFaults(asset, options)) report(fault, false);
    const finding = { kind, isRequired, asset };
    try {
      contents[kind] = await examineAsset(store, listed, signal);
      if (kind === "hierarchy") requireOwnGraph(contents);
      findings.push(finding);
    } catch (error) {
      if (!(error instanceof ReasonError)) throw error;
      report(error, isRequired);
      delete contents[kind];
      findings.push({ ...finding, fault: error });
    }
  }
  const { "routing-graph": graph, hierarchy, "terrain-tiles": _tiles, ...others } = contents;
  // Each content went through the schema of its kind.
  const tables = others as Partial<AssetTables>;
  const examined = { manifest, manifestSha256, signature, findings, tables };
  const isWhole = REQUIRED_KINDS.every((kind) => contents[kind] !== undefined);
  const regionOf = (rows: readonly LiveRows[], all: Partial<AssetTables>): RegionData =>
    regionDataOf(
      manifest,
      manifestSha256,
      {
        graph: graph as SharedArrayBuffer,
        ...(hierarchy === undefined ? {} : { hierarchy: hierarchy as SharedArrayBuffer }),
      },
      all as AssetTables,
      rows.map(({ asset }) => asset),
    );
  for (const { asset, fault } of live) {
    const faults = fault === undefined ? ruleFaults(asset, options) : [fault];
    for (const each of faults) report(each, false);
    const finding = { kind: asset.kind, isRequired: false, asset };
    findings.push(fault === undefined ? finding : { ...finding, fault });
  }
  const usable = live.filter(({ fault }) => fault === undefined);
  if (usable.length > 0 && isWhole) {
    try {
      const merged = withLiveRows(tables, usable);
      return { ...examined, tables: merged, region: regionOf(usable, merged) };
    } catch (error) {
      if (!(error instanceof ReasonError)) throw error;
      // The region is good without them; who wants them learns that they are not in use.
      report(error, false);
      for (const [index, finding] of findings.entries()) {
        if (!usable.some(({ asset }) => asset === finding.asset)) continue;
        findings[index] = { ...finding, fault: error };
      }
    }
  }
  if (!isWhole) return examined;
  try {
    return { ...examined, region: regionOf([], tables) };
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

/** Kinds are examined in their order, so the graph is known before its hierarchy. */
function requireOwnGraph(contents: Partial<Record<AssetKind, unknown>>): void {
  const { "routing-graph": graph, hierarchy } = contents;
  if (graph === undefined) return;
  openHierarchy(hierarchy as SharedArrayBuffer, graph as SharedArrayBuffer);
}

function notListed(kind: AssetKind): ReasonError<"asset_missing"> {
  const message = `The region's manifest lists no ${kind}.`;
  return new ReasonError("asset_missing", message, { asset: kind, path: "" });
}
