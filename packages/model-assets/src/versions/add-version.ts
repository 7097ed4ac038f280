import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { ReasonError } from "@gradeway/reason-codes";

import { openRegion, type OpenRegionOptions } from "../loading/open-region.ts";
import { examineManifest, MANIFEST_FILE } from "../loading/read-manifest.ts";
import { sha256Hex, sha256OfFile } from "../sha256.ts";
import type { RegionManifest } from "../schemas/region-manifest.ts";
import { SIGNATURE_FILE } from "../signing/examine-signature.ts";
import type { AssetStore } from "../store/asset-store.ts";
import { createDirectoryStore } from "../store/directory-store.ts";
import { versionDirectory, VERSIONS_FOLDER } from "./active-pointer.ts";
import { writeAdded } from "./added-note.ts";

/** Prefix of a version that is still being copied. */
export const INCOMING = ".incoming-";

/** A signature file lists some keys; nothing larger is copied. */
const MAX_SIGNATURE_BYTES = 2 ** 20;

/** A version in a home. */
export interface AddedVersion {
  readonly version: string;
  /** Whether it was copied now; false when the home had it. */
  readonly isNew: boolean;
}

/**
 * Copies a region into a home as one of its versions, and checks the copy as {@link openRegion}
 * checks a region. The version appears by renaming, so it is complete or not there; nothing becomes
 * active. Of a version that the home has, files that are damaged there and good in the region are
 * replaced, and the signatures when those of the home do not suffice.
 *
 * @param region - a store, or a directory
 * @throws {ReasonError} those of `openRegion`; the home is unchanged then
 */
export async function addVersion(
  home: string,
  region: AssetStore | string,
  options: Omit<OpenRegionOptions, "accepted"> = {},
): Promise<AddedVersion> {
  const store = typeof region === "string" ? createDirectoryStore(region) : region;
  const { signal } = options;
  const { manifest, bytes, faults } = await examineManifest(store, signal);
  const [fault] = faults;
  if (fault !== undefined) throw fault;
  const version = versionName(manifest!.sequence, sha256Hex(bytes!));
  const directory = versionDirectory(home, version);
  const incoming = join(home, VERSIONS_FOLDER, `${INCOMING}${randomUUID()}`);
  try {
    await mkdir(incoming, { recursive: true });
    for (const { path, bytes: sizeBytes } of manifest!.assets) {
      const content = await store.read(path, { maxBytes: sizeBytes, signal });
      // What is missing or too large is told by the check of the copy, with everything else.
      if (typeof content !== "string") await writeBelow(incoming, path, content);
    }
    const signatures = await store.read(SIGNATURE_FILE, { maxBytes: MAX_SIGNATURE_BYTES, signal });
    if (typeof signatures !== "string") await writeBelow(incoming, SIGNATURE_FILE, signatures);
    await writeBelow(incoming, MANIFEST_FILE, bytes!);
    await openRegion(incoming, options);
    await writeAdded(incoming, options.nowMs?.() ?? Date.now());
    await rename(incoming, directory);
    return { version, isNew: true };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
    // The name holds the hash of the manifest, which holds those of the files. Signatures are no part
    // of it, and what no trip needs may have been damaged when the version was copied first.
    await mend(directory, incoming, manifest!, options);
    return { version, isNew: false };
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

/** Takes from a checked copy what a version of the same manifest lacks; each file by renaming. */
async function mend(
  directory: string,
  copy: string,
  { assets }: RegionManifest,
  options: OpenRegionOptions,
): Promise<void> {
  for (const { path, sha256 } of assets) {
    if ((await hashOf(join(directory, path))) === sha256) continue;
    if ((await hashOf(join(copy, path))) !== sha256) continue;
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await rename(join(copy, path), join(directory, path));
  }
  try {
    await openRegion(directory, options);
  } catch (error) {
    if (!(error instanceof ReasonError)) throw error;
    await rename(join(copy, SIGNATURE_FILE), join(directory, SIGNATURE_FILE)).catch(() => {
      throw error;
    });
    await openRegion(directory, options);
  }
}

async function hashOf(file: string): Promise<string | undefined> {
  return sha256OfFile(file).catch(() => undefined);
}

/** Name of the version with a sequence number and a manifest hash. */
export function versionName(sequence: number, manifestSha256: string): string {
  return `${String(sequence).padStart(6, "0")}-${manifestSha256.slice(0, 16)}`;
}

async function writeBelow(directory: string, path: string, bytes: Uint8Array): Promise<void> {
  const file = join(directory, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

/** The refusal of a version that a home does not have. */
export function versionMissing(version: string): ReasonError<"asset_missing"> {
  const path = `${VERSIONS_FOLDER}/${version}`;
  const message = `The home has no version ${version}; \`gradeway region versions\` lists them.`;
  return new ReasonError("asset_missing", message, { asset: "version", path });
}
