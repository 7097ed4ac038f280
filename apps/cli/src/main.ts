import { ENGINE_VERSION } from "@gradeway/model-assets";
import { ReasonError } from "@gradeway/reason-codes";
import { defineCommand, renderUsage, runCommand } from "citty";

import { joinNegativeValues } from "./command-arguments.ts";
import { plan } from "./plan.ts";
import { regionBuild } from "./region-build.ts";
import { regionSetRate } from "./region-set-rate.ts";
import { reportFailure } from "./report-failure.ts";
import { serveCommand } from "./serve.ts";
import { terrainSample } from "./terrain-sample.ts";

const region = defineCommand({
  meta: { name: "gradeway region", description: "Build and change regions" },
  subCommands: { build: regionBuild, "set-rate": regionSetRate },
});

const terrain = defineCommand({
  meta: { name: "gradeway terrain", description: "Look at elevation" },
  subCommands: { sample: terrainSample },
});

const root = defineCommand({
  meta: {
    name: "gradeway",
    version: ENGINE_VERSION,
    description: "Pareto-optimal truck routes over real roads and real hills",
  },
  subCommands: { region, terrain, plan, serve: serveCommand },
});

const rawArgs = joinNegativeValues(process.argv.slice(2));
if (rawArgs.includes("--version")) console.log(ENGINE_VERSION);
else if (rawArgs.length === 0 || rawArgs.includes("--help") || rawArgs.includes("-h")) {
  console.log(await usageOf(rawArgs));
} else await run();

async function run(): Promise<void> {
  try {
    await runCommand(root, { rawArgs });
  } catch (error) {
    // The argument parser's own complaints are about the request, too.
    const failure =
      error instanceof Error && error.name === "CLIError"
        ? new ReasonError("request_invalid", error.message, {
            issues: [{ pointer: "", message: error.message }],
          })
        : error;
    console.error(reportFailure(failure, rawArgs.includes("--json")));
    process.exitCode = failure instanceof ReasonError ? 1 : 70;
  }
}

async function usageOf(args: readonly string[]): Promise<string> {
  const [first, second] = args;
  if (first === "plan") return renderUsage(plan);
  if (first === "serve") return renderUsage(serveCommand);
  if (first === "region" && second === "build") return renderUsage(regionBuild);
  if (first === "region" && second === "set-rate") return renderUsage(regionSetRate);
  if (first === "terrain" && second === "sample") return renderUsage(terrainSample);
  if (first === "terrain") return renderUsage(terrain);
  return renderUsage(first === "region" ? region : root);
}
