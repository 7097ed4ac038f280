import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";

import { defineCommand } from "citty";

import { ArgumentError, refuseUnknown } from "../command-arguments.ts";
import { LOCK_FILE, REPOSITORY } from "../output-paths.ts";
import { STARTED_VARIABLE } from "./gate.ts";
import { type GateLock, LOCK_VARIABLE, lockInput, writeGateLock } from "./gate-lock.ts";
import { gently } from "./gently.ts";

const args = {
  region: { type: "string", valueHint: "DIR", description: "Region; default the sample region" },
  subsystem: { type: "string", valueHint: "NAME", description: "Only the gates of this subsystem" },
  "control-points": {
    type: "string",
    valueHint: "FILE",
    description: "Surveyed heights of the region; goes with --tiles",
  },
  tiles: { type: "string", valueHint: "DIR", description: "Tiles that the survey judges" },
  data: { type: "string", valueHint: "DIR", description: "Folder with vecto/, runs of VECTO" },
  "low-resource": {
    type: "boolean",
    default: false,
    description: "One task at a time, on one processor, with low priority",
  },
} as const;

/** `bench run-gate`: turns flags into a lock file and environment, and runs `turbo run gate`. */
export const runGate = defineCommand({
  meta: { name: "pnpm gate", description: "Build assets, score, benchmark, and give a verdict" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    if ((given["control-points"] === undefined) !== (given.tiles === undefined)) {
      throw new ArgumentError("--control-points and --tiles go together");
    }
    const lock: GateLock = {
      ...(await lockedAs("region", given.region)),
      ...(await lockedAs("controlPoints", given["control-points"])),
      ...(await lockedAs("tiles", given.tiles)),
      ...(await lockedAs("data", given.data)),
      ...(given.subsystem === undefined ? {} : { subsystem: given.subsystem }),
    };
    let named = "";
    if (Object.keys(lock).length > 0) named = await writeGateLock(lock);
    else await rm(LOCK_FILE, { force: true });
    const isGentle = given["low-resource"];
    const command = ["turbo", "run", "gate", "--output-logs=new-only"];
    if (isGentle) command.push("--concurrency=1");
    process.exitCode = await codeOf(isGentle ? await gently(command) : command, {
      [LOCK_VARIABLE]: named,
      [STARTED_VARIABLE]: new Date().toISOString(),
    });
  },
});

/** @throws {ArgumentError} when there is no such file or folder */
async function lockedAs(name: keyof GateLock, given: string | undefined): Promise<GateLock> {
  if (given === undefined) return {};
  try {
    return { [name]: await lockInput(given) };
  } catch (error) {
    throw new ArgumentError(`--${name}: ${given} cannot be read`, { cause: error });
  }
}

/** Runs a command at the root of the repository; 2 when it cannot be started or is killed. */
function codeOf(
  [program = "", ...rest]: readonly string[],
  variables: Readonly<Record<string, string>>,
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
