import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";

import { LOCK_FILE, REPOSITORY } from "../output-paths.ts";
import { STARTED_VARIABLE } from "./gate.ts";
import { type GateLock, LOCK_VARIABLE, writeGateLock } from "./gate-lock.ts";
import { gently } from "./gently.ts";

/**
 * Runs `turbo run gate` for what a lock names; without any of it, for the sample region.
 *
 * @param isGentle - one task at a time, on one processor, with low priority
 * @returns the exit code: 0 pass, 1 a gate failed, 2 not measured
 */
export async function runTurboGate(lock: GateLock, isGentle = false): Promise<number> {
  let named = "";
  if (Object.keys(lock).length > 0) named = await writeGateLock(lock);
  else await rm(LOCK_FILE, { force: true });
  const command = ["turbo", "run", "gate", "--output-logs=new-only"];
  if (isGentle) command.push("--concurrency=1");
  return codeOf(isGentle ? await gently(command) : command, {
    [LOCK_VARIABLE]: named,
    [STARTED_VARIABLE]: new Date().toISOString(),
  });
}

/** Runs a command at the root of the repository; 2 when it cannot be started or is killed. */
export function codeOf(
  [program = "", ...rest]: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve) => {
    const environment = { ...process.env, ...variables };
    const child = spawn(program, rest, { cwd: REPOSITORY, stdio: "inherit", env: environment });
    child.on("error", (error) => {
      console.error(`Could not be measured. ${error.message}`);
      resolve(2);
    });
    child.on("close", (code) => resolve(code ?? 2));
  });
}
