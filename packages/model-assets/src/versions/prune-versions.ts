import { randomUUID } from "node:crypto";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { readPointer, VERSIONS_FOLDER } from "./active-pointer.ts";
import { INCOMING } from "./add-version.ts";
import { listVersions, type RegionVersion } from "./list-versions.ts";

/** How much a home may keep. Limits that are not named do not hold. */
export interface RetentionLimits {
  /** Versions, the active and the previous one included. */
  readonly maxVersions?: number;
  /** Age since a version came into the home. */
  readonly maxAgeMs?: number;
  /** Size of all versions together. */
  readonly maxBytes?: number;
}

/** What was removed. */
export interface PrunedVersions {
  readonly removed: readonly string[];
  /** Leftovers of copies and removals that were cut off. */
  readonly leftovers: number;
}

const REMOVED = ".removed-";
/** A copy that has not grown for this long was cut off. */
const LEFTOVER_AGE_MS = 3_600_000;

/**
 * Removes versions beyond the limits, the oldest first, never the active and the previous one. A
 * version disappears by renaming, so nobody reads half of one.
 *
 * @param nowMs - milliseconds since 1970
 */
export async function pruneVersions(
  home: string,
  limits: RetentionLimits,
  nowMs: number,
): Promise<PrunedVersions> {
  const versions = await listVersions(home);
  const removed: string[] = [];
  for (const { version } of beyond(versions, limits, nowMs)) {
    if (await remove(home, version)) removed.push(version);
  }
  return { removed, leftovers: await removeLeftovers(home, nowMs) };
}

/** Versions to remove; those in use count but stay. */
function beyond(
  versions: readonly RegionVersion[],
  { maxVersions = Infinity, maxAgeMs = Infinity, maxBytes = Infinity }: RetentionLimits,
  nowMs: number,
): RegionVersion[] {
  const isInUse = ({ isActive, isPrevious }: RegionVersion): boolean => isActive || isPrevious;
  const inUse = versions.filter(isInUse);
  let count = inUse.length;
  let bytes = inUse.reduce((sum, version) => sum + version.bytes, 0);
  return versions.filter((version) => {
    if (isInUse(version)) return false;
    if (nowMs - version.addedAtMs > maxAgeMs) return true;
    // Also of a version that does not fit: no older one takes its place.
    count += 1;
    bytes += version.bytes;
    return count > maxVersions || bytes > maxBytes;
  });
}

/** Takes a version away, unless it was put into use meanwhile. */
async function remove(home: string, version: string): Promise<boolean> {
  const directory = join(home, VERSIONS_FOLDER, version);
  const aside = join(home, VERSIONS_FOLDER, `${REMOVED}${version}-${randomUUID()}`);
  try {
    await rename(directory, aside);
  } catch (error) {
    // Another clean-up was faster.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  const pointer = await readPointer(home);
  if (pointer?.active === version || pointer?.previous === version) {
    await rename(aside, directory);
    return false;
  }
  await rm(aside, { recursive: true, force: true });
  return true;
}

async function removeLeftovers(home: string, nowMs: number): Promise<number> {
  const folder = join(home, VERSIONS_FOLDER);
  let count = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(INCOMING) && !name.startsWith(REMOVED)) continue;
    if (nowMs - (await lastGrowthMs(join(folder, name))) < LEFTOVER_AGE_MS) continue;
    await rm(join(folder, name), { recursive: true, force: true });
    count += 1;
  }
  return count;
}

/** When something in a folder was last written, milliseconds since 1970; a large file grows for long. */
async function lastGrowthMs(folder: string): Promise<number> {
  const inside = await readdir(folder, { recursive: true }).catch(() => []);
  const times = [folder, ...inside.map((name) => join(folder, name))].map(async (file) => {
    const info = await stat(file).catch(() => undefined);
    return info?.mtimeMs ?? 0;
  });
  return Math.max(...(await Promise.all(times)));
}
