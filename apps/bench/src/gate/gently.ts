import { execFile } from "node:child_process";
import os from "node:os";
import { promisify } from "node:util";

const NICENESS = "10";

/**
 * A command with low priority and on one processor, the last, as far as the system has the programs for
 * it.
 */
export async function gently(command: readonly string[]): Promise<string[]> {
  const last = String(os.availableParallelism() - 1);
  const prefixes = [
    ["nice", "-n", NICENESS],
    ["taskset", "-c", last],
  ];
  const usable = await Promise.all(prefixes.map((prefix) => runs([...prefix, "true"])));
  return [...prefixes.filter((_, at) => usable[at]).flat(), ...command];
}

async function runs([program = "", ...rest]: readonly string[]): Promise<boolean> {
  try {
    await promisify(execFile)(program, rest);
    return true;
  } catch {
    return false;
  }
}
