import { defineCommand } from "citty";

import { ArgumentError, refuseUnknown } from "../command-arguments.ts";
import { GATE_PATHS } from "../output-paths.ts";
import { scoreGates } from "../score/score-gates.ts";
import { type GateLock, lockInput } from "./gate-lock.ts";
import { BENCHMARK_SUBSYSTEMS, gatesOf } from "./stage-gates.ts";
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
    requireSubsystem(given.subsystem);
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

/** Before minutes of work: no gate is made to run here. */
function requireSubsystem(subsystem: string | undefined): void {
  if (subsystem === undefined || BENCHMARK_SUBSYSTEMS.includes(subsystem)) return;
  try {
    gatesOf(scoreGates({ regionDirectory: GATE_PATHS.region }), subsystem);
  } catch (error) {
    const others = BENCHMARK_SUBSYSTEMS.join(", ");
    throw new ArgumentError(`${(error as Error).message}, ${others}`, { cause: error });
  }
}

/** @throws {ArgumentError} when there is no such file or folder */
async function lockedAs(name: keyof GateLock, given: string | undefined): Promise<GateLock> {
  if (given === undefined) return {};
  if (given === "") throw new ArgumentError(`--${name}: there is no name`);
  try {
    return { [name]: await lockInput(given) };
  } catch (error) {
    throw new ArgumentError(`--${name}: ${given} cannot be read`, { cause: error });
  }
}
