import type { ReasonError } from "@gradeway/reason-codes";
import type { RegionData } from "@gradeway/route-core";

import { type LiveSource, readLiveRows } from "../feeds/live-rows.ts";
import type { AssetTables } from "../schemas/asset-kinds.ts";
import type { RegionManifest } from "../schemas/region-manifest.ts";
import type { AcceptedManifests } from "../signing/accepted-manifests.ts";
import type { SignatureStatus } from "../signing/examine-signature.ts";
import type { AssetStore } from "../store/asset-store.ts";
import { createDirectoryStore } from "../store/directory-store.ts";
import type { AssetFinding } from "./asset-readiness.ts";
import { deepFreeze } from "./deep-freeze.ts";
import { type ExaminedRegion, examineRegion } from "./examine-region.ts";
import { type LoadPolicy, policyOf } from "./load-policy.ts";

/** How a region is opened. */
export interface OpenRegionOptions {
  readonly policy?: Partial<LoadPolicy>;
  /** Remembers the newest manifest of each region; an older one is refused. */
  readonly accepted?: AcceptedManifests;
  /** Live rows that are laid over the tables. No signature covers them, so they have to be asked for. */
  readonly live?: LiveSource;
  /** Clock in milliseconds since 1970, for the age of data. Default: the platform's. */
  readonly nowMs?: () => number;
  readonly signal?: AbortSignal;
}

/** A checked region; frozen. */
export interface RegionBundle {
  readonly manifest: RegionManifest;
  readonly manifestSha256: string;
  readonly signature: SignatureStatus;
  /** What a planner needs. */
  readonly region: RegionData;
  /** The tables that are there and good. */
  readonly tables: Readonly<Partial<AssetTables>>;
  /** One per kind of asset and per feed; `readinessAt` tells how ready it is at a time. */
  readonly findings: readonly AssetFinding[];
}

/** Everything that was found in a region, and everything that is wrong with it. */
export interface RegionVerdict extends ExaminedRegion {
  /** In the order of the examination; empty for a region without fault. */
  readonly faults: readonly ReasonError[];
}

/**
 * Opens a region: checks the manifest, its signature and every asset, and puts the graph into shared
 * memory. An asset that no trip needs and that is damaged is left out and told in `findings`;
 * everything else that is wrong is refused. Strict mode refuses both, expired data, and figures of
 * classes that are not allowed.
 *
 * @param region - a store, or a directory
 * @throws {ReasonError} the first fault: asset_missing, asset_hash_mismatch, asset_invalid,
 *   asset_version_unsupported, asset_field_unknown, asset_kind_unknown, asset_signature_missing,
 *   asset_signature_invalid, asset_key_untrusted, asset_key_revoked, asset_manifest_outdated; in
 *   strict mode also asset_expired and asset_provenance_refused; and those of the store
 * @throws {RangeError} when a trusted key is no public Ed25519 key in PEM
 */
export async function openRegion(
  region: AssetStore | string,
  options: OpenRegionOptions = {},
): Promise<RegionBundle> {
  const policy = policyOf(options.policy);
  const { accepted, live } = options;
  const examined = await examineRegion(storeOf(region), {
    ...(live === undefined ? {} : { live: await readLiveRows(live) }),
    policy,
    accepted,
    nowMs: clockOf(options),
    signal: options.signal,
    report: (fault, isGrave) => {
      if (isGrave || policy.strict) throw fault;
    },
  });
  // Every reason why one of these could be absent is a grave fault.
  const { manifest, manifestSha256, region: data, ...rest } = examined as Required<ExaminedRegion>;
  await accepted?.write(manifest.name, { sequence: manifest.sequence, sha256: manifestSha256 });
  const { findings, signature, tables } = rest;
  return Object.freeze({
    manifest: deepFreeze(manifest),
    manifestSha256,
    signature: deepFreeze(signature),
    region: Object.freeze(data),
    tables: deepFreeze(tables),
    findings: Object.freeze(findings),
  });
}

/**
 * Opens a region and returns what a planner needs of it.
 *
 * @throws {ReasonError} those of {@link openRegion}
 */
export async function loadRegion(
  region: AssetStore | string,
  options: OpenRegionOptions = {},
): Promise<RegionData> {
  return (await openRegion(region, options)).region;
}

/**
 * Looks at a whole region and tells all its faults at once, expired data included. It changes
 * nothing, also not what is accepted.
 *
 * @throws {ReasonError} those of the store when it cannot tell
 */
export async function verifyRegion(
  region: AssetStore | string,
  options: OpenRegionOptions = {},
): Promise<RegionVerdict> {
  const faults: ReasonError[] = [];
  const examined = await examineRegion(storeOf(region), {
    policy: policyOf(options.policy),
    accepted: options.accepted,
    nowMs: clockOf(options),
    signal: options.signal,
    report: (fault) => faults.push(fault),
  });
  return { ...examined, faults };
}

function storeOf(region: AssetStore | string): AssetStore {
  return typeof region === "string" ? createDirectoryStore(region) : region;
}

function clockOf({ nowMs }: OpenRegionOptions): number {
  return nowMs === undefined ? Date.now() : nowMs();
}
