import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const MAIN = path.resolve(import.meta.dirname, "../src/main.ts");

/** How a command ended. */
export interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command as a user does, in a process of its own. Its temporary files are its own, too: it does
 * not wait for the benchmarks of other tests.
 */
export async function bench(...args: string[]): Promise<Ended> {
  const nodeArgs = ["--conditions=@gradeway/source", MAIN, ...args];
  const TMPDIR = await mkdtemp(path.join(tmpdir(), "gradeway-bench-"));
  try {
    return await new Promise((resolve) => {
      const env = { ...process.env, TMPDIR };
      execFile(process.execPath, nodeArgs, { env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
  } finally {
    await rm(TMPDIR, { recursive: true, force: true });
  }
}

export async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}
