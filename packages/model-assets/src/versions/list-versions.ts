import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { ReasonError } from "@gradeway/reason-codes";

import { readManifest } from "../loading/read-manifest.ts";
import { readAdded } from "./added-note.ts";
import { readPointer, VERSION_NAME, VERSIONS_FOLDER } from "./active-pointer.ts";

/** One version of a home. */
export interface RegionVersion {
  readonly version: string;
  readonly sequence: number;
  readonly isActive: boolean;
  readonly isPrevious: boolean;
  /** Size of its files. */
  readonly bytes: number;
  /** When it came into the home, milliseconds since 1970. */
  readonly addedAtMs: number;
  /** Why it cannot be described; its files may be damaged all the same without one. */
  readonly fault?: ReasonError;
}

/** Lists the versions of a home, the newest first; empty for a directory that is none. */
export async function listVersions(home: string): Promise<RegionVersion[]> {
  const pointer = await readPointer(home);
  const names = await readdir(join(home, VERSIONS_FOLDER)).catch(() => []);
  const versions: RegionVersion[] = [];
  for (const version of names) {
    if (!VERSION_NAME.test(version)) continue;
    const directory = join(home, VERSIONS_FOLDER, version);
    const addedAtMs = await readAdded(directory);
    if (addedAtMs === undefined) continue;
    const known = {
      version,
      sequence: Number.parseInt(version, 10),
      isActive: pointer?.active === version,
      isPrevious: pointer?.previous === version,
      addedAtMs,
    };
    try {
      const { manifest } = await readManifest(directory);
      const bytes = manifest.assets.reduce((sum, asset) => sum + asset.bytes, 0);
      versions.push({ ...known, bytes });
    } catch (error) {
      if (!(error instanceof ReasonError)) throw error;
      versions.push({ ...known, bytes: 0, fault: error });
    }
  }
  return versions.sort((a, b) => b.sequence - a.sequence || b.addedAtMs - a.addedAtMs);
}
