import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** One file per machine: whoever could create it measures. */
const TURN_FILE = path.join(tmpdir(), "gradeway-benchmark.pid");
const LOOK_AGAIN_MS = 500;
const MOST_MINUTES = 10;

/** How to wait for one's turn. */
export interface TurnOptions {
  /** Called once with the process that measures at the moment. */
  readonly waiting: (pid: number) => void;
  readonly file?: string;
  readonly mostMs?: number;
}

/**
 * Runs a measurement when no other benchmark runs on this machine: two at once measure each other. The
 * turn of a process that is gone counts for nothing.
 *
 * @throws {Error} when the other does not come to an end within ten minutes
 */
export async function inTurn<T>(options: TurnOptions, measure: () => Promise<T>): Promise<T> {
  const { waiting, file = TURN_FILE, mostMs = MOST_MINUTES * 60_000 } = options;
  let isTold = false;
  for (let waitedMs = 0; !(await take(file)); waitedMs += LOOK_AGAIN_MS) {
    const holder = await holderOf(file);
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      await clear(file, holder);
      continue;
    }
    if (waitedMs >= mostMs) throw new Error(`Another benchmark, process ${holder}, does not end.`);
    if (!isTold) waiting(holder);
    isTold = true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  try {
    return await measure();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  // Written first and linked then, so that nobody sees the file without its content.
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** The process that has the turn, alive or not; undefined when nobody has it any more. */
async function holderOf(file: string): Promise<number | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : Number(text);
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Takes the turn from a process that is gone, unless somebody else has done so and has it now. */
async function clear(file: string, holder: number): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
    if ((await holderOf(aside)) !== holder) await link(aside, file);
  } catch {
    // It is gone already, or a third one has it: either way the next look tells.
  }
  await rm(aside, { force: true });
}
