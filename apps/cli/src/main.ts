import { stripVTControlCharacters } from "node:util";

import { ENGINE_VERSION } from "@gradeway/model-assets";
import { ReasonError } from "@gradeway/reason-codes";
import { type ArgsDef, type CommandDef, defineCommand, renderUsage, runCommand } from "citty";

import { joinNegativeValues, refuseMissingValues } from "./command-arguments.ts";
import { feedsRefresh } from "./feeds-refresh.ts";
import { feedsStatus } from "./feeds-status.ts";
import { keysGenerate, keysId } from "./keys.ts";
import { plan } from "./plan.ts";
import { regionActivate } from "./region-activate.ts";
import { regionBuild } from "./region-build.ts";
import { regionDiff } from "./region-diff.ts";
import { regionFetch } from "./region-fetch.ts";
import { regionInspect } from "./region-inspect.ts";
import { regionPrune } from "./region-prune.ts";
import { regionRollback } from "./region-rollback.ts";
import { regionSetRate } from "./region-set-rate.ts";
import { regionSign } from "./region-sign.ts";
import { regionVerify } from "./region-verify.ts";
import { regionVersions } from "./region-versions.ts";
import { reportFailure } from "./report-failure.ts";
import { serveCommand } from "./serve.ts";
import { terrainFetch } from "./terrain-fetch.ts";
import { terrainSample } from "./terrain-sample.ts";
import { terrainSnapshot } from "./terrain-snapshot.ts";

const region = defineCommand({
  meta: { name: "gradeway region", description: "Fetch, build, check and compare regions" },
  subCommands: {
    fetch: regionFetch,
    build: regionBuild,
    inspect: regionInspect,
    verify: regionVerify,
    sign: regionSign,
    diff: regionDiff,
    "set-rate": regionSetRate,
    activate: regionActivate,
    rollback: regionRollback,
    versions: regionVersions,
    prune: regionPrune,
  },
});

const keys = defineCommand({
  meta: { name: "gradeway keys", description: "Keys that regions are signed with" },
  subCommands: { generate: keysGenerate, id: keysId },
});

const feeds = defineCommand({
  meta: { name: "gradeway feeds", description: "Live prices, tariffs and carbon intensities" },
  subCommands: { refresh: feedsRefresh, status: feedsStatus },
});

const terrain = defineCommand({
  meta: { name: "gradeway terrain", description: "Fetch and look at elevation" },
  subCommands: { fetch: terrainFetch, sample: terrainSample, snapshot: terrainSnapshot },
});

const root = defineCommand({
  meta: {
    name: "gradeway",
    version: ENGINE_VERSION,
    description: "Pareto-optimal truck routes over real roads and real hills",
  },
  subCommands: { region, keys, feeds, terrain, plan, serve: serveCommand },
});

/** A command, or a group of them. */
interface Entry {
  readonly usage: () => Promise<string>;
  /** Undefined for a group. */
  readonly run?: (rawArgs: string[]) => Promise<unknown>;
}

const COMMANDS = new Map<string, Entry>([
  ["", { usage: () => renderUsage(root) }],
  ["region", { usage: () => renderUsage(region) }],
  ["region fetch", command(regionFetch)],
  ["region build", command(regionBuild)],
  ["region inspect", command(regionInspect)],
  ["region verify", command(regionVerify)],
  ["region sign", command(regionSign)],
  ["region diff", command(regionDiff)],
  ["region set-rate", command(regionSetRate)],
  ["region activate", command(regionActivate)],
  ["region rollback", command(regionRollback)],
  ["region versions", command(regionVersions)],
  ["region prune", command(regionPrune)],
  ["keys", { usage: () => renderUsage(keys) }],
  ["keys generate", command(keysGenerate)],
  ["keys id", command(keysId)],
  ["feeds", { usage: () => renderUsage(feeds) }],
  ["feeds refresh", command(feedsRefresh)],
  ["feeds status", command(feedsStatus)],
  ["terrain", { usage: () => renderUsage(terrain) }],
  ["terrain fetch", command(terrainFetch)],
  ["terrain sample", command(terrainSample)],
  ["terrain snapshot", command(terrainSnapshot)],
  ["plan", command(plan)],
  ["serve", command(serveCommand)],
]);

const rawArgs = joinNegativeValues(process.argv.slice(2));
await run();

async function run(): Promise<void> {
  try {
    const { entry, rest } = findCommand(rawArgs);
    if (rest.includes("--help") || rest.includes("-h")) await printUsage(entry);
    else if (entry.run !== undefined) await entry.run(rest);
    // After the commands: one of them has an argument of this name.
    else if (rest.includes("--version")) console.log(ENGINE_VERSION);
    else if (rest.length === 0) await printUsage(entry);
    else throw invalidRequest("No command specified.");
  } catch (error) {
    // The argument parser's own complaints are about the request, too.
    const failure =
      error instanceof Error && error.name === "CLIError"
        ? invalidRequest(stripVTControlCharacters(error.message))
        : error;
    console.error(reportFailure(failure, rawArgs.includes("--json")));
    process.exitCode = failure instanceof ReasonError ? 1 : 70;
  }
}

function command<T extends ArgsDef>(definition: CommandDef<T>): Entry {
  return {
    usage: () => renderUsage(definition),
    async run(args) {
      const known = definition.args;
      refuseMissingValues(args, (await (typeof known === "function" ? known() : known)) ?? {});
      await runCommand(definition, { rawArgs: args });
    },
  };
}

/** Splits the words that choose a command from its arguments. */
function findCommand(args: readonly string[]): { readonly entry: Entry; readonly rest: string[] } {
  const rest = [...args];
  let name = "";
  for (;;) {
    const entry = COMMANDS.get(name)!;
    const at = rest.findIndex((arg) => !arg.startsWith("-"));
    if (entry.run !== undefined || at === -1) return { entry, rest };
    const [word = ""] = rest.splice(at, 1);
    name = `${name} ${word}`.trim();
    if (word === "" || !COMMANDS.has(name))
      throw invalidRequest(`Unknown command ${JSON.stringify(word)}.`);
  }
}

async function printUsage(entry: Entry): Promise<void> {
  const usage = await entry.usage();
  console.log(process.stdout.isTTY ? usage : stripVTControlCharacters(usage));
}

function invalidRequest(message: string): ReasonError<"request_invalid"> {
  return new ReasonError("request_invalid", message, { issues: [{ pointer: "", message }] });
}
