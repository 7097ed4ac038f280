import { defineCommand } from "citty";

import { ArgumentError, refuseUnknown } from "../command-arguments.ts";
import { type GateLock, lockInput } from "./gate-lock.ts";
import { runTurboGate } from "./turbo-gate.ts";

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
    process.exitCode = await runTurboGate(lock, given["low-resource"]);
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
