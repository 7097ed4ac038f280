import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { ReasonError } from "@gradeway/reason-codes";
import type { z } from "zod";

import { canonicalJsonBytes } from "./canonical-json.ts";
import { ASSET_KINDS, type AssetKind } from "./schemas/asset-kinds.ts";
import {
  REGION_FORMAT_VERSION,
  regionManifest,
  type RegionManifest,
} from "./schemas/region-manifest.ts";
import { sha256Hex } from "./sha256.ts";

/** Name of the manifest in a region directory. */
export const MANIFEST_FILE = "manifest.json";

const ASSET_DIRECTORY = "assets";

/** One asset of a manifest. */
export type AssetEntry = RegionManifest["assets"][number];

/** Writes a file so that a reader sees the old one or the new one, never half of it. */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, bytes);
  await rename(temporary, path);
}

/** Writes an asset under its content hash and returns its manifest entry. */
export async function writeAsset(
  directory: string,
  kind: AssetKind,
  bytes: Uint8Array,
): Promise<AssetEntry> {
  const hash = sha256Hex(bytes);
  const suffix = kind === "routing-graph" ? "bin" : "json";
  const path = `${ASSET_DIRECTORY}/${kind}-${hash.slice(0, 16)}.${suffix}`;
  await writeFileAtomically(join(directory, path), bytes);
  return { kind, path, sha256: hash, bytes: bytes.byteLength };
}

/**
 * Writes the manifest; it comes last, so that a region is complete or not there. Then assets that it
 * does not list any more are removed.
 */
export async function writeManifest(directory: string, manifest: RegionManifest): Promise<void> {
  const checked = regionManifest.parse(manifest);
  await writeFileAtomically(join(directory, MANIFEST_FILE), canonicalJsonBytes(checked));
  const listed = new Set(checked.assets.map((asset) => asset.path));
  for (const name of await readdir(join(directory, ASSET_DIRECTORY))) {
    const isOurs = ASSET_KINDS.some((kind) => name.startsWith(`${kind}-`));
    if (isOurs && !listed.has(`${ASSET_DIRECTORY}/${name}`)) {
      await rm(join(directory, ASSET_DIRECTORY, name), { force: true });
    }
  }
}

/**
 * Reads the manifest of a region directory.
 *
 * @throws {ReasonError} asset_missing, asset_version_unsupported, asset_invalid
 */
export async function readManifest(
  directory: string,
): Promise<{ manifest: RegionManifest; sha256: string }> {
  const bytes = await readAssetFile(directory, "manifest", MANIFEST_FILE);
  const json = parseJson("manifest", bytes);
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === "number" && format !== REGION_FORMAT_VERSION) {
    throw new ReasonError(
      "asset_version_unsupported",
      `The region has format ${format}; this program reads ${REGION_FORMAT_VERSION}.`,
      { asset: "manifest", observed: format, supported: [REGION_FORMAT_VERSION] },
    );
  }
  return { manifest: parseSchema("manifest", regionManifest, json), sha256: sha256Hex(bytes) };
}

/** @throws {ReasonError} asset_missing */
export async function readAssetFile(
  directory: string,
  asset: string,
  path: string,
): Promise<Uint8Array> {
  try {
    return await readFile(join(directory, path));
  } catch (error) {
    const message = `The region file ${join(directory, path)} cannot be read.`;
    throw new ReasonError("asset_missing", message, { asset, path }, { cause: error });
  }
}

/** @throws {ReasonError} asset_invalid */
export function parseJson(asset: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    const issues = [{ pointer: "", message: "not JSON" }];
    const message = `The region file ${asset} is not JSON.`;
    throw new ReasonError("asset_invalid", message, { asset, issues }, { cause: error });
  }
}

/** @throws {ReasonError} asset_invalid */
export function parseSchema<S extends z.ZodType>(
  asset: string,
  schema: S,
  value: unknown,
): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({
    pointer: issue.path.map((key) => `/${String(key)}`).join(""),
    message: issue.message,
  }));
  const first = issues[0];
  const where = first === undefined ? "" : `: ${first.pointer || "/"} ${first.message}`;
  throw new ReasonError(
    "asset_invalid",
    `The region file ${asset} does not follow its schema${where}.`,
    {
      asset,
      issues,
    },
  );
}

/** @throws {ReasonError} asset_hash_mismatch */
export function requireHash(entry: AssetEntry, bytes: Uint8Array): void {
  const observedSha256 = sha256Hex(bytes);
  if (observedSha256 === entry.sha256) return;
  throw new ReasonError(
    "asset_hash_mismatch",
    `The region file ${entry.path} is not the one that the manifest describes.`,
    { asset: entry.kind, expectedSha256: entry.sha256, observedSha256 },
  );
}
