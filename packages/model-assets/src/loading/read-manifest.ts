import { ReasonError } from "@gradeway/reason-codes";
import { unsupportedVersion } from "@gradeway/route-core";
import type { z } from "zod";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { ASSET_KINDS, type AssetKind } from "../schemas/asset-kinds.ts";
import { invalidAsset, issuesOf, parseJson, unknownFields } from "../schemas/parse-json.ts";
import {
  type AssetEntry,
  REGION_FORMAT_VERSION,
  type RegionManifest,
  regionManifest,
} from "../schemas/region-manifest.ts";
import { sha256Hex } from "../sha256.ts";
import type { AssetStore } from "../store/asset-store.ts";
import { createDirectoryStore } from "../store/directory-store.ts";

/** Name of the manifest in a region directory. */
export const MANIFEST_FILE = "manifest.json";

/** A manifest lists some files and their inputs; nothing larger is read. */
const MAX_MANIFEST_BYTES = 2 ** 20;

/** An asset of a kind that this version knows. */
export type KnownAsset = AssetEntry & { readonly kind: AssetKind };

/** A manifest as far as it can be understood, with everything that is wrong with it. */
export interface ManifestReading {
  /** Undefined when it cannot be understood at all. */
  readonly manifest?: RegionManifest;
  /** What a signature speaks of; absent when there is no manifest. */
  readonly bytes?: Uint8Array;
  readonly faults: readonly ReasonError[];
}

/**
 * Reads the manifest of a region and tells all its faults. Unknown fields and assets of unknown
 * kinds are faults, too, but do not hide the rest.
 *
 * @throws {ReasonError} those of the store when it cannot tell
 */
export async function examineManifest(
  store: AssetStore,
  signal?: AbortSignal,
): Promise<ManifestReading> {
  const bytes = await store.read(MANIFEST_FILE, { maxBytes: MAX_MANIFEST_BYTES, signal });
  if (bytes === "missing") {
    const message = `There is no region at ${store.location}: it has no ${MANIFEST_FILE}.`;
    const details = { asset: "manifest", path: MANIFEST_FILE };
    return { faults: [new ReasonError("asset_missing", message, details)] };
  }
  if (bytes === "too_large") {
    const message = `larger than ${MAX_MANIFEST_BYTES} bytes`;
    return { faults: [invalidAsset("manifest", [{ pointer: "", message }])] };
  }
  try {
    return { bytes, ...understand(parseJson("manifest", bytes), bytes) };
  } catch (error) {
    if (!(error instanceof ReasonError)) throw error;
    return { bytes, faults: [error] };
  }
}

/**
 * Reads the manifest of a region.
 *
 * @throws {ReasonError} asset_missing, asset_version_unsupported, asset_invalid,
 *   asset_field_unknown, asset_kind_unknown, and those of the store
 */
export async function readManifest(
  region: AssetStore | string,
): Promise<{ manifest: RegionManifest; sha256: string }> {
  const store = typeof region === "string" ? createDirectoryStore(region) : region;
  const { manifest, bytes, faults } = await examineManifest(store);
  const [fault] = faults;
  if (fault !== undefined) throw fault;
  return { manifest: manifest!, sha256: sha256Hex(bytes!) };
}

/** The assets of a manifest whose kind this version knows. */
export function knownAssets(manifest: RegionManifest): readonly KnownAsset[] {
  return manifest.assets.filter((asset): asset is KnownAsset => isKnownKind(asset.kind));
}

/** @throws {ReasonError} when the format is not one that this version reads */
function understand(json: unknown, bytes: Uint8Array): Omit<ManifestReading, "bytes"> {
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === "number" && format !== REGION_FORMAT_VERSION) {
    throw unsupportedVersion("The region has format", "manifest", format, REGION_FORMAT_VERSION);
  }
  const result = regionManifest.safeParse(json);
  if (result.success) {
    const manifest = result.data;
    // One value has one form, so that no two readers can take the same bytes for different things.
    const isCanonical = Buffer.compare(canonicalJsonBytes(manifest), bytes) === 0;
    const message = "not canonical JSON (RFC 8785)";
    const faults = isCanonical ? [] : [invalidAsset("manifest", [{ pointer: "", message }])];
    return { manifest, faults: [...faults, ...unknownKinds(manifest)] };
  }
  const issues = unknownFields(result.error);
  if (issues.length === 0) return { faults: [invalidAsset("manifest", issuesOf(result.error))] };
  const fields = issues.map(({ pointer }) => pointer).join(", ");
  const fault = new ReasonError(
    "asset_field_unknown",
    `The region's manifest holds fields that this version does not know: ${fields}.`,
    { asset: "manifest", issues },
  );
  const rest = regionManifest.safeParse(withoutUnknownFields(json, result.error));
  return rest.success
    ? { manifest: rest.data, faults: [fault, ...unknownKinds(rest.data)] }
    : { faults: [fault, invalidAsset("manifest", issuesOf(rest.error))] };
}

/** What is left of a value, which is changed, so that its other faults can be told. */
function withoutUnknownFields(json: unknown, error: z.ZodError): unknown {
  for (const issue of error.issues) {
    if (issue.code !== "unrecognized_keys") continue;
    const owner = issue.path.reduce<unknown>((at, key) => (at as Json)[key], json) as Json;
    for (const key of issue.keys) delete owner[key];
  }
  return json;
}

type Json = Record<PropertyKey, unknown>;

function unknownKinds(manifest: RegionManifest): ReasonError[] {
  return manifest.assets
    .filter(({ kind }) => !isKnownKind(kind))
    .map(
      ({ name, kind }) =>
        new ReasonError(
          "asset_kind_unknown",
          `The region holds an asset "${name}" of the kind "${kind}", which this version does not know.`,
          { asset: name, kind },
        ),
    );
}

function isKnownKind(kind: string): kind is AssetKind {
  return (ASSET_KINDS as readonly string[]).includes(kind);
}
