import { isReasonError } from "@gradeway/reason-codes";
import { reasonText } from "@gradeway/quality-gates";
import { type CommandDef, defineCommand, renderUsage, runCommand } from "citty";

import { ablation } from "./ablation/ablation.ts";
import { batchPareto } from "./batch-pareto/batch-pareto.ts";
import { batchScaling } from "./batch-pareto/batch-scaling.ts";
import { benchmark } from "./benchmark.ts";
import { buildAssets } from "./build-assets.ts";
import { ArgumentError } from "./command-arguments.ts";
import { capsuleCommand } from "./capsule/capsule.ts";
import { choice } from "./choice/choice.ts";
import { deadline } from "./deadline.ts";
import { inTurn } from "./gate/benchmark-turn.ts";
import { gate } from "./gate/gate.ts";
import { gentlyCommand } from "./gate/gently-command.ts";
import { runGate } from "./gate/run-gate.ts";
import { etaDriftCommand } from "./eta-drift/eta-drift.ts";
import { graphCoverage } from "./graph-coverage/graph-coverage.ts";
import { hierarchyCommand } from "./hierarchy.ts";
import { httpCommand } from "./http/http.ts";
import { importCommand } from "./import.ts";
import { model } from "./model/model.ts";
import { pareto } from "./pareto.ts";
import { plan } from "./plan.ts";
import { baselineCommand } from "./regression/baseline-command.ts";
import { compare } from "./regression/compare.ts";
import { selftest } from "./selftest/selftest.ts";
import { robustness } from "./robustness/robustness.ts";
import { score } from "./score.ts";
import { searchCommand } from "./search/search.ts";
import { sensitivity } from "./sensitivity/sensitivity.ts";
import { terrain } from "./terrain/terrain.ts";
import { terrainAccuracy } from "./terrain-accuracy/terrain-accuracy.ts";
import { terrainSoak } from "./terrain-soak/terrain-soak.ts";
import { tiers } from "./tiers/tiers.ts";
import { trips } from "./trips.ts";
import { vecto } from "./vecto/vecto.ts";
import { warmup } from "./warmup/warmup.ts";
import { writing } from "./writing/writing.ts";

const commands = {
  "build-assets": buildAssets,
  score,
  benchmark,
  gate,
  "run-gate": runGate,
  gently: gentlyCommand,
  baseline: baselineCommand,
  capsule: capsuleCommand,
  compare,
  selftest,
  import: importCommand,
  pareto,
  plan,
  terrain,
  "terrain-soak": terrainSoak,
  "terrain-accuracy": terrainAccuracy,
  tiers,
  trips,
  ablation,
  choice,
  hierarchy: hierarchyCommand,
  vecto,
  deadline,
  search: searchCommand,
  "batch-pareto": batchPareto,
  "batch-scaling": batchScaling,
  http: httpCommand,
  model,
  sensitivity,
  robustness,
  "graph-coverage": graphCoverage,
  "eta-drift": etaDriftCommand,
  warmup,
  writing,
} as const;

const root = defineCommand({
  meta: {
    name: "bench",
    description: "Gates and benchmarks. Exit code 0: fine, 1: failed, 2: could not be measured",
  },
  subCommands: commands,
});

/** Commands whose figures are times. */
const TIMED: ReadonlySet<string> = new Set([
  "import",
  "pareto",
  "plan",
  "terrain",
  "hierarchy",
  "deadline",
  "search",
  "batch-pareto",
  "batch-scaling",
  "http",
  "model",
  "warmup",
  "writing",
]);

const rawArgs = process.argv.slice(2);
const isHelp = rawArgs.length === 0 || rawArgs.includes("--help") || rawArgs.includes("-h");
if (isHelp) console.log(await usageOf(rawArgs[0]));
else await run();

/** Runs the command, alone where it takes times; what takes a turn of its own is not among these. */
async function runAlone(): Promise<void> {
  const command = (): Promise<unknown> => runCommand(root, { rawArgs });
  if (!TIMED.has(rawArgs[0]!)) {
    await command();
    return;
  }
  const waiting = (pid: number): void =>
    console.error(`Waiting for the benchmark of process ${pid}: two at once measure each other.`);
  await inTurn({ waiting }, command);
}

/** Whatever ends a command early means that nothing was measured: exit code 2. */
async function run(): Promise<void> {
  try {
    await runAlone();
  } catch (error) {
    const expected =
      isReasonError(error) ||
      error instanceof ArgumentError ||
      (error instanceof Error && error.name === "CLIError");
    console.error(`Could not be measured. ${reasonText(error)}`);
    if (!expected && error instanceof Error) console.error(error.stack);
    process.exitCode = 2;
  }
}

function usageOf(name: string | undefined): Promise<string> {
  const isKnown = name !== undefined && Object.hasOwn(commands, name);
  return renderUsage((isKnown ? commands[name as keyof typeof commands] : root) as CommandDef);
}
