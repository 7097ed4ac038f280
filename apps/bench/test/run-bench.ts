import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";

const MAIN = path.resolve(import.meta.dirname, "../src/main.ts");

/** How a command ended. */
export interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as a user does, in a process of its own. */
export function bench(...args: string[]): Promise<Ended> {
  const nodeArgs = ["--conditions=@gradeway/source", MAIN, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, nodeArgs, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

export async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}
