import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { ArgumentError } from "../command-arguments.ts";
import { describeEnvironment } from "../environment.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { GATE_PATHS, REPOSITORY } from "../output-paths.ts";
import { createCalibrationKernel } from "../regression/calibration-kernel.ts";
import { type Capsule, sha256Of } from "./capsule-file.ts";
import { stablePart, timesOf } from "./stable-part.ts";

/** Commands whose runs a seed determines. */
export const REPEATABLE = ["batch-pareto", "model", "sensitivity"] as const;

/** What is run when nothing is named. */
const DEFAULT_COMMAND = ["batch-pareto", "--seed", "20260212"];

const MAIN = path.resolve(import.meta.dirname, "../main.ts");
const KERNEL_ROUNDS = 40;

/**
 * The command of a capsule.
 *
 * @throws {ArgumentError} for a command that a seed does not determine, or whose report has a place
 */
export function commandOf(words: readonly string[]): readonly string[] {
  const command = words.length === 0 ? DEFAULT_COMMAND : words;
  const [name] = command;
  if (!REPEATABLE.some((one) => one === name)) {
    throw new ArgumentError(`a capsule holds ${REPEATABLE.join(" or ")}, not ${name}`);
  }
  if (command.some((word) => /^--(json|html)\b/.test(word))) {
    throw new ArgumentError("--json: the report goes into the capsule");
  }
  if (command.some((word) => /^(--mode=)?live$/.test(word))) {
    throw new ArgumentError("--mode: what a server answers cannot be repeated");
  }
  return command;
}

/**
 * Runs a command of the benchmark runner in a process of its own and keeps all about it.
 *
 * @param progress - told what is going on
 * @throws {Error} when the command measured nothing
 */
export async function runCapsule(
  command: readonly string[],
  progress: (step: string) => void,
): Promise<Capsule> {
  if (!command.some((word) => /^--region\b/.test(word)) && !(await exists(GATE_PATHS.region))) {
    progress("building the sample region");
    await runBench(["build-assets"]);
  }
  const scratch = await mkdtemp(path.join(os.tmpdir(), "gradeway-capsule-"));
  try {
    const file = path.join(scratch, "report.json");
    const before = kernelMs();
    progress(command.join(" "));
    const { exitCode, stderr } = await runBench([...command, "--json", file]);
    const kernel = Math.min(before, kernelMs());
    const report: unknown = JSON.parse(
      await readFile(file, "utf8").catch(() => {
        throw new Error(`bench ${command.join(" ")} wrote no report: ${stderr.trim()}`);
      }),
    );
    return {
      format: "gradeway-capsule-1",
      madeAt: new Date().toISOString(),
      environment: await describeEnvironment(),
      lockfileSha256: await fileSha256(path.join(REPOSITORY, "pnpm-lock.yaml")),
      command,
      exitCode,
      assets: assetsOf(report),
      resultSha256: sha256Of(stablePart(report)),
      times: timesOf(report, kernel),
      report,
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Hashes of the region that a report names. */
function assetsOf(report: unknown): Record<string, string> {
  const { region } = report as { readonly region?: Readonly<Record<string, unknown>> };
  return Object.fromEntries(
    Object.entries(region ?? {}).filter(
      (entry): entry is [string, string] =>
        entry[0].endsWith("Sha256") && typeof entry[1] === "string",
    ),
  );
}

/** Best of some rounds of the calibration kernel, ms. */
function kernelMs(): number {
  const kernel = createCalibrationKernel();
  let best = Infinity;
  for (let round = 0; round < KERNEL_ROUNDS; round++) {
    const startedAtMs = monotonicMs();
    kernel();
    best = Math.min(best, monotonicMs() - startedAtMs);
  }
  return best;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function fileSha256(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}

function runBench(
  words: readonly string[],
): Promise<{ readonly exitCode: number; readonly stderr: string }> {
  return new Promise((resolve) => {
    const nodeArgs = ["--conditions=@gradeway/source", MAIN, ...words];
    execFile(process.execPath, nodeArgs, { maxBuffer: 1024 ** 3 }, (error, _, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), stderr }),
    );
  });
}
