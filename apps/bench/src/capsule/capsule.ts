import path from "node:path";

import { textTable } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { ArgumentError } from "../command-arguments.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { REPOSITORY, shownPath } from "../output-paths.ts";
import { createProgressLine } from "../progress-line.ts";
import { type Capsule, readCapsule, writeCapsule } from "./capsule-file.ts";
import { commandOf, runCapsule } from "./run-capsule.ts";
import { compareCapsules, type Comparison } from "./verify-capsule.ts";

const args = {
  out: {
    type: "string",
    valueHint: "FILE",
    description: "Where the capsule goes; default a new file in out/capsules",
  },
} as const;

/** `bench capsule [--out FILE] [COMMAND ...]` and `bench capsule verify FILE` */
export const capsuleCommand = defineCommand({
  meta: {
    name: "pnpm capsule",
    description:
      "Keep a seeded run with all that it takes to repeat it: [COMMAND ...], default batch-pareto; or verify FILE",
  },
  args,
  async run({ rawArgs }) {
    if (rawArgs[0] === "verify") return verify(rawArgs.slice(1));
    const { out, words } = splitOut(rawArgs);
    const command = commandOf(words);
    const capsule = await withProgress((progress) => runCapsule(command, progress));
    const file = out ?? path.join(REPOSITORY, "out/capsules", fileName(capsule));
    await writeCapsule(file, capsule);
    console.log(capsuleText(capsule));
    console.log(`capsule: ${shownPath(file)}`);
    process.exitCode = capsule.exitCode;
  },
});

/** Exit code 0: the same; 1: it differs, or the capsule was changed; 2 (by throwing): not repeated. */
async function verify(words: readonly string[]): Promise<void> {
  const [file, ...others] = words;
  if (file === undefined) throw new ArgumentError("verify: there is no capsule to repeat");
  if (others.length > 0) throw new ArgumentError(`verify: there is no use for ${others.join(" ")}`);
  const read = await readCapsule(file);
  const again = await withProgress((progress) =>
    runCapsule(commandOf(read.capsule.command), progress),
  );
  const comparison = compareCapsules(read, again);
  console.log(comparisonText(read.capsule, comparison));
  process.exitCode = comparison.differences.length === 0 ? 0 : 1;
}

async function withProgress<T>(work: (progress: (step: string) => void) => Promise<T>): Promise<T> {
  const line = createProgressLine(process.stderr, monotonicMs);
  try {
    return await work((step) => line.update(step));
  } finally {
    line.clear();
  }
}

/** Takes `--out FILE` from the front; the rest is the command's. */
function splitOut(rawArgs: readonly string[]): {
  readonly out: string | undefined;
  readonly words: readonly string[];
} {
  const [first, second, ...others] = rawArgs;
  if (first === "--out") {
    if (second === undefined) throw new ArgumentError("--out: there is no file");
    return { out: second, words: others };
  }
  const named = first?.startsWith("--out=") === true ? first.slice("--out=".length) : undefined;
  return { out: named, words: named === undefined ? rawArgs : rawArgs.slice(1) };
}

function fileName({ madeAt, command, environment }: Capsule): string {
  const time = madeAt.replaceAll(/[-:]|\.\d+/g, "");
  return `${command[0]}-${environment.commit?.slice(0, 8) ?? "no-commit"}-${time}.json`;
}

function capsuleText(capsule: Capsule): string {
  const { command, exitCode, environment, lockfileSha256, assets, resultSha256, times } = capsule;
  const modified = environment.modified === true ? ", with changes" : "";
  return textTable([
    ["command", `bench ${command.join(" ")}, exit code ${exitCode}`],
    ["commit", `${environment.commit ?? "none"}${modified}`],
    ["node", environment.node],
    ["lockfile", lockfileSha256],
    ...Object.entries(assets).map(([name, hash]) => [name.replace(/Sha256$/, ""), hash]),
    ["result", resultSha256],
    ...times.map(({ name, ms, kernels }) => [
      `${name} P50`,
      `${ms.toFixed(2)}, ${kernels.toFixed(2)} calibration kernels`,
    ]),
  ]);
}

function comparisonText(capsule: Capsule, comparison: Comparison): string {
  const { differences, surroundings, times } = comparison;
  const rows = times.map(({ name, before, now }) => [
    `${name} P50, calibration kernels`,
    before.toFixed(2),
    now.toFixed(2),
    (now / before).toFixed(2),
  ]);
  return [
    `bench ${capsule.command.join(" ")}, made ${capsule.madeAt}`,
    ...(surroundings.length === 0 ? [] : [`not as then: ${surroundings.join("; ")}`]),
    ...(rows.length === 0
      ? []
      : [textTable([["time, told and not judged", "then", "now", "ratio"], ...rows])]),
    differences.length === 0 ? "the same result" : `DIFFERS\n  ${differences.join("\n  ")}`,
  ].join("\n\n");
}
