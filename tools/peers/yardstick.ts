/*
 * Builds the C++ yardstick and solves published pairs with it:
 *   node --conditions=@gradeway/source tools/peers/yardstick.ts --dimacs DIR
 * Exit code 0: done; 1: with --enforce, not fit as a yardstick; 2: could not be measured.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { buildYardstick } from "./src/build-yardstick.ts";
import { parseFrontPairs } from "./src/front-pairs.ts";
import {
  faultsOf,
  measureYardsticks,
  pairsTable,
  totalOf,
  totalsTable,
} from "./src/measure-yardsticks.ts";
import { startYardstick, type Yardstick, type YardstickFronts } from "./src/yardstick-process.ts";

const USAGE = `yardstick.ts --dimacs DIR [--fronts FILE.csv] [--limit PAIRS] [--variant array|staircase]
  [--objectives time,distance,hops] [--seconds S] [--json FILE] [--enforce]

Solves the first PAIRS (40) of a table of published front sizes (DIR/three-objective-fronts.csv) with
both variants in turn, each pair for at most S (120) seconds of processor time.`;
const VARIANTS = ["staircase", "array"] as const;
const FILE_OF = { distance: /-d\..*\.gr(\.gz)?$/, time: /-t\..*\.gr(\.gz)?$/ } as const;

class UsageError extends Error {}

try {
  await main();
} catch (error) {
  const code = String((error as { readonly code?: unknown }).code);
  const isUsage = error instanceof UsageError || code.startsWith("ERR_PARSE_ARGS");
  console.error(`Could not be measured. ${error instanceof Error ? error.message : String(error)}`);
  if (isUsage) console.error(`\n${USAGE}`);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      dimacs: { type: "string" },
      fronts: { type: "string" },
      limit: { type: "string", default: "40" },
      variant: { type: "string" },
      objectives: { type: "string", default: "time,distance,hops" },
      seconds: { type: "string", default: "120" },
      json: { type: "string" },
      enforce: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const directory = values.dimacs;
  if (directory === undefined) throw new UsageError("--dimacs DIR is missing.");
  const limit = positive("limit", values.limit);
  const limitS = positive("seconds", values.seconds);
  const variants = VARIANTS.filter((name) => (values.variant ?? name) === name);
  if (variants.length === 0) throw new UsageError(`--variant: ${VARIANTS.join(" or ")}.`);
  const objectives = await objectiveFiles(directory, values.objectives);
  const table = values.fronts ?? path.join(directory, "three-objective-fronts.csv");
  const pairs = parseFrontPairs(await readFile(table, "utf8")).slice(0, limit);
  const outDir = path.resolve(import.meta.dirname, "../../out/peers");
  const { program, compiler } = await buildYardstick({ outDir });
  const yardsticks = new Map<YardstickFronts, Yardstick>();
  try {
    for (const fronts of variants) {
      yardsticks.set(fronts, await startYardstick({ program, fronts, objectives }));
    }
    const measured = await measureYardsticks(yardsticks, pairs, limitS, ({ pair }) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${pair.source} -> ${pair.target}   `);
    });
    if (process.stderr.isTTY) process.stderr.write("\r\n");
    const totals = variants.map((fronts) => totalOf(measured, fronts));
    const faults = totals.flatMap(faultsOf);
    console.log(`${pairsTable(measured, variants)}\n\n${totalsTable(totals)}`);
    for (const fault of faults) console.log(fault);
    if (values.json !== undefined) {
      await mkdir(path.dirname(values.json), { recursive: true });
      const machine = { cpu: os.cpus()[0]?.model, loadAverage: os.loadavg()[0], compiler };
      const report = { measuredAt: new Date().toISOString(), machine, objectives, limitS };
      const text = JSON.stringify({ ...report, totals, faults, measured }, undefined, 2);
      await writeFile(values.json, `${text}\n`);
    }
    if (values.enforce && faults.length > 0) process.exitCode = 1;
  } finally {
    for (const yardstick of yardsticks.values()) await yardstick.close();
  }
}

/** The cost files of a DIMACS folder for objectives given by name. */
async function objectiveFiles(
  directory: string,
  names: string,
): Promise<readonly [string, string, string]> {
  const files = await readdir(directory);
  const found = names.split(",").map((name) => {
    if (name === "hops") return name;
    if (name !== "distance" && name !== "time") {
      throw new UsageError(`--objectives: distance, time or hops, not ${JSON.stringify(name)}.`);
    }
    const file = files.find((candidate) => FILE_OF[name].test(candidate));
    if (file === undefined) throw new UsageError(`There is no ${name} file in ${directory}.`);
    return path.join(directory, file);
  });
  const [first, second, third] = found;
  if (third === undefined || found.length !== 3) throw new UsageError("--objectives: give three.");
  return [first!, second!, third];
}

function positive(name: string, text: string): number {
  if (!/^\d+$/.test(text) || Number(text) === 0) {
    throw new UsageError(`--${name}: expected a whole number from 1, got ${JSON.stringify(text)}.`);
  }
  return Number(text);
}
