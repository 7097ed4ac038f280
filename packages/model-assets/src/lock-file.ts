import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A waiting process looks this often whether the lock is free, ms. */
const LOOK_EVERY_MS = 20;
/**
 * A lock that somebody else holds this long was left by a process that died: what is done under a lock
 * takes milliseconds.
 */
const ABANDONED_AFTER_MS = 3_000;

/**
 * Runs work on a file that several processes read, change and write back, one after another. A process
 * that is killed leaves its lock; the next one takes that over after three seconds.
 *
 * @param path - of the lock, beside the file it is for
 */
export async function withLockFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  const token = randomUUID();
  await mkdir(dirname(path), { recursive: true });
  await take(path, token);
  try {
    return await work();
  } finally {
    // Unless it took so long that another process has the lock now.
    if ((await holderOf(path)) === token) await rm(path, { force: true });
  }
}

async function take(path: string, token: string): Promise<void> {
  let watched: string | undefined;
  let watchedForMs = 0;
  while (!(await create(path, token))) {
    const holder = await holderOf(path);
    watchedForMs = holder === watched ? watchedForMs + LOOK_EVERY_MS : 0;
    watched = holder;
    if (holder !== undefined && watchedForMs >= ABANDONED_AFTER_MS) await removeLock(path, holder);
    else await sleep(LOOK_EVERY_MS);
  }
}

async function create(path: string, token: string): Promise<boolean> {
  try {
    await writeFile(path, token, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Takes an abandoned lock away; by renaming, to see whose it was when it is away. */
async function removeLock(path: string, holder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  // Another process was faster, and somebody has the lock since: they get it back.
  if ((await holderOf(aside)) !== holder) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function holderOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
