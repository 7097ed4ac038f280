import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { LOCK_FILE } from "../output-paths.ts";

/** A file or folder outside the repository, and the hash of all its content. */
export interface LockedInput {
  readonly path: string;
  readonly sha256: string;
}

/**
 * What a gate was asked to judge. It is an input of every task, so that a changed region outside the
 * repository is not taken for the one that was measured before.
 */
export interface GateLock {
  readonly region?: LockedInput;
  readonly controlPoints?: LockedInput;
  readonly tiles?: LockedInput;
  readonly data?: LockedInput;
  readonly subsystem?: string;
}

/** Names the lock that counts, by its hash; without it the tasks take the sample region. */
export const LOCK_VARIABLE = "GRADEWAY_GATE_LOCK";

/** Hashes a file, or the names and contents of a folder's files in the order of their names. */
export async function lockInput(given: string): Promise<LockedInput> {
  const root = path.resolve(given);
  const hash = createHash("sha256");
  for (const file of await filesOf(root)) {
    hash.update(`${path.relative(root, file)}\n`);
    for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  }
  return { path: root, sha256: hash.digest("hex") };
}

async function filesOf(root: string): Promise<string[]> {
  if ((await stat(root)).isFile()) return [root];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Writes the lock; returns what {@link LOCK_VARIABLE} must be for it to count. */
export async function writeGateLock(lock: GateLock): Promise<string> {
  const text = `${JSON.stringify(lock, undefined, 2)}\n`;
  await mkdir(path.dirname(LOCK_FILE), { recursive: true });
  await writeFile(LOCK_FILE, text);
  return sha256Of(text);
}

/**
 * The lock that the environment names, or an empty one.
 *
 * @throws {Error} when the file is not the one that is named
 */
export async function readGateLock(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<GateLock> {
  const expected = environment[LOCK_VARIABLE];
  if (expected === undefined || expected === "") return {};
  const text = await readFile(LOCK_FILE, "utf8");
  if (sha256Of(text) !== expected) throw new Error("The lock file of the gate was changed.");
  return JSON.parse(text) as GateLock;
}

function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
