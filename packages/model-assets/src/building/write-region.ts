import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { MANIFEST_FILE } from "../loading/read-manifest.ts";
import { ASSET_KINDS, ASSET_SCHEMAS, type AssetKind } from "../schemas/asset-kinds.ts";
import {
  type AssetEntry,
  type RegionManifest,
  regionManifest,
} from "../schemas/region-manifest.ts";
import { parseSchema } from "../schemas/parse-json.ts";
import { sha256OfFile, sha256OfParts } from "../sha256.ts";
import { SIGNATURE_FILE } from "../signing/examine-signature.ts";
import { writeFileAtomically } from "../write-file.ts";

const ASSET_DIRECTORY = "assets";

/** Where an asset lies and how it is recognised. */
export type WrittenAsset = Pick<AssetEntry, "path" | "sha256" | "bytes">;

/**
 * Writes an asset under its content hash; a file that is there already is left alone.
 *
 * @param parts - its bytes, in parts that follow one another
 */
export async function writeAsset(
  directory: string,
  kind: AssetKind,
  ...parts: readonly Uint8Array[]
): Promise<WrittenAsset> {
  const sha256 = Buffer.from(sha256OfParts(parts)).toString("hex");
  const suffix = ASSET_SCHEMAS[kind] === "binary" ? "bin" : "json";
  const path = `${ASSET_DIRECTORY}/${kind}-${sha256.slice(0, 16)}.${suffix}`;
  if (!(await isOnDisk(directory, { path, sha256 }))) {
    await writeFileAtomically(join(directory, path), parts);
  }
  return { path, sha256, bytes: parts.reduce((sum, { byteLength }) => sum + byteLength, 0) };
}

/** Whether an asset lies where it was written, with the content that it had. */
export async function isOnDisk(
  directory: string,
  { path, sha256 }: Pick<WrittenAsset, "path" | "sha256">,
): Promise<boolean> {
  // In pieces: a graph may be as large as half the memory there is.
  const found = await sha256OfFile(join(directory, path)).catch(() => undefined);
  return found === sha256;
}

/**
 * Writes the manifest; it comes last, so that a region is complete or not there. Signatures of
 * another manifest and assets that it does not list any more are removed.
 *
 * @returns whether there was anything to write
 * @throws {ReasonError} asset_invalid for a manifest that no reader would take
 */
export async function writeManifest(directory: string, manifest: RegionManifest): Promise<boolean> {
  const bytes = canonicalJsonBytes(parseSchema("manifest", regionManifest, manifest));
  const file = join(directory, MANIFEST_FILE);
  const present = await readFile(file).catch(() => undefined);
  if (present !== undefined && Buffer.compare(present, bytes) === 0) return false;
  // Before the manifest: a signature must never lie beside one that it does not speak of.
  await rm(join(directory, SIGNATURE_FILE), { force: true });
  await writeFileAtomically(file, bytes);
  const listed = new Set(manifest.assets.map((asset) => asset.path));
  for (const name of await readdir(join(directory, ASSET_DIRECTORY))) {
    const isOurs = ASSET_KINDS.some((kind) => name.startsWith(`${kind}-`));
    if (isOurs && !listed.has(`${ASSET_DIRECTORY}/${name}`)) {
      await rm(join(directory, ASSET_DIRECTORY, name), { force: true });
    }
  }
  return true;
}
