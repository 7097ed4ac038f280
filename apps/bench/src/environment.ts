import { execFile } from "node:child_process";
import os from "node:os";
import { promisify } from "node:util";

/** Where and with what a measurement was made. */
export interface Environment {
  readonly cpu: string;
  readonly cpuCount: number;
  readonly memoryGb: number;
  /** Mean number of busy or waiting processes over the last minute; above `cpuCount` is noise. */
  readonly loadAverage: number;
  readonly platform: string;
  readonly node: string;
  /** Null outside a git checkout. */
  readonly commit: string | null;
  /** Whether the checkout holds changes that are not in the commit; null outside a checkout. */
  readonly modified: boolean | null;
}

/** Describes this machine and checkout. */
export async function describeEnvironment(): Promise<Environment> {
  const cpus = os.cpus();
  const commit = await git("rev-parse", "HEAD");
  const changes = await git("status", "--porcelain");
  return {
    cpu: cpus[0]?.model ?? "unknown",
    cpuCount: cpus.length,
    memoryGb: Math.round(os.totalmem() / 1e9),
    loadAverage: os.loadavg()[0]!,
    platform: `${os.platform()} ${os.arch()} ${os.release()}`,
    node: process.version,
    commit,
    modified: changes === null ? null : changes !== "",
  };
}

/** Output of a git command here, or null when there is no git or no checkout. */
async function git(...args: string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)("git", args, { cwd: import.meta.dirname });
    return stdout.trim();
  } catch {
    return null;
  }
}
