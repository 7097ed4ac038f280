import { stat } from "node:fs/promises";
import { join } from "node:path";

import { ReasonError } from "@gradeway/reason-codes";

import { openRegion, type OpenRegionOptions } from "../loading/open-region.ts";
import { type AcceptedManifests, createAcceptedFile } from "../signing/accepted-manifests.ts";
import {
  type ActivePointer,
  POINTER_FILE,
  readPointer,
  versionDirectory,
  writePointer,
} from "./active-pointer.ts";
import { versionMissing } from "./add-version.ts";

/** Name of the file in a home that remembers the newest manifest that was in use. */
export const ACCEPTED_FILE = "accepted.json";

type CheckOptions = Omit<OpenRegionOptions, "accepted">;

/**
 * Puts a version of a home into use. It is checked first, and refused when a newer one was in use:
 * going back is what {@link rollBack} is for. Servers that follow the home switch to it.
 *
 * @throws {ReasonError} those of `openRegion`, among them asset_manifest_outdated; asset_missing for
 *   a version that the home does not have. What was in use stays in use then.
 */
export async function activateVersion(
  home: string,
  version: string,
  options: CheckOptions = {},
): Promise<ActivePointer> {
  const directory = versionDirectory(home, version);
  await requireVersion(directory, version);
  const before = await readPointer(home);
  await openRegion(directory, { ...options, accepted: memoryOf(home) });
  if (before?.active === version) return before;
  return point(home, { active: version, previous: before?.active ?? null }, before);
}

/**
 * Puts the version back into use that was in use before, and lets it count as the newest. A second
 * rollback takes the first one back.
 *
 * @throws {ReasonError} asset_missing when there was none or it is gone, and those of `openRegion`
 */
export async function rollBack(home: string, options: CheckOptions = {}): Promise<ActivePointer> {
  const before = await readPointer(home);
  if (before === undefined || before.previous === null) {
    const message = "There is nothing to go back to: no version was in use before.";
    throw new ReasonError("asset_missing", message, { asset: "version", path: POINTER_FILE });
  }
  const { active, previous } = before;
  const directory = versionDirectory(home, previous);
  await requireVersion(directory, previous);
  const { manifest, manifestSha256: sha256 } = await openRegion(directory, options);
  const after = await point(home, { active: previous, previous: active }, before);
  const { name, sequence } = manifest;
  await memoryOf(home).write(name, { sequence, sha256 }, true);
  return after;
}

/** Moves the pointer, unless a clean-up took the version away meanwhile. */
async function point(
  home: string,
  pointer: ActivePointer,
  before: ActivePointer | undefined,
): Promise<ActivePointer> {
  await writePointer(home, pointer);
  try {
    // A clean-up looks at the pointer after it took a version away: one of the two sees the other.
    await requireVersion(versionDirectory(home, pointer.active), pointer.active);
  } catch (error) {
    if (before !== undefined) await writePointer(home, before);
    throw error;
  }
  return pointer;
}

async function requireVersion(directory: string, version: string): Promise<void> {
  const info = await stat(directory).catch(() => undefined);
  if (info?.isDirectory() !== true) throw versionMissing(version);
}

/**
 * A home is for one region, whatever its versions call themselves: with a memory by name, an older
 * version would only need another name.
 */
function memoryOf(home: string): AcceptedManifests {
  const file = createAcceptedFile(join(home, ACCEPTED_FILE));
  return {
    read: () => file.read("home"),
    write: (_name, accepted, mayGoBack) => file.write("home", accepted, mayGoBack),
  };
}
