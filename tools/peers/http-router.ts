/*
 * Times a router that is installed here on given trips:
 *   node --conditions=@gradeway/source tools/peers/http-router.ts --router osrm --trips FILE.csv
 * Exit code 0: done; 1: requests failed; 2: could not be measured.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { textTable } from "@gradeway/quality-gates";

import { ROUTER_SHAPES, type RouterName } from "./src/router-shapes.ts";
import { type RouterSummary, summarise, timeRouter } from "./src/time-router.ts";
import { parseTrips } from "./src/trips.ts";

const NAMES = Object.keys(ROUTER_SHAPES).join("|");
const USAGE = `http-router.ts --router ${NAMES} --trips FILE.csv
  [--url TEMPLATE] [--profile NAME] [--allow-host HOST:PORT] [--warm-up 20] [--timeout-ms 10000]
  [--json FILE]

Default URLs:
${Object.entries(ROUTER_SHAPES)
  .map(([name, { example }]) => `  ${name}: ${example}`)
  .join("\n")}`;

try {
  await main();
} catch (error) {
  console.error(`Could not be measured. ${error instanceof Error ? error.message : String(error)}`);
  const code = String((error as { readonly code?: unknown }).code);
  if (error instanceof RangeError || code.startsWith("ERR_PARSE_ARGS")) console.error(`\n${USAGE}`);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      router: { type: "string" },
      trips: { type: "string" },
      url: { type: "string" },
      profile: { type: "string" },
      "allow-host": { type: "string" },
      "warm-up": { type: "string", default: "20" },
      "timeout-ms": { type: "string", default: "10000" },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { router = "", trips: file, profile, "allow-host": allowHost } = values;
  if (!Object.hasOwn(ROUTER_SHAPES, router)) throw new RangeError(`--router: ${NAMES}.`);
  if (file === undefined) throw new RangeError("--trips FILE.csv is missing.");
  const shape = ROUTER_SHAPES[router as RouterName];
  const template = values.url ?? shape.example;
  const trips = parseTrips(await readFile(file, "utf8"));
  const timed = await timeRouter({
    shape,
    template,
    trips,
    warmUp: wholeNumber("warm-up", values["warm-up"]),
    timeoutMs: wholeNumber("timeout-ms", values["timeout-ms"]),
    now: () => performance.now(),
    ...(profile === undefined ? {} : { profile }),
    ...(allowHost === undefined ? {} : { allowHost }),
  });
  const summary = summarise(timed);
  console.log(summaryTable(router, summary));
  for (const failure of summary.failures.slice(0, 5)) console.log(failure);
  if (values.json !== undefined) {
    await mkdir(path.dirname(values.json), { recursive: true });
    const machine = { cpu: os.cpus()[0]?.model, loadAverage: os.loadavg()[0] };
    const report = { measuredAt: new Date().toISOString(), machine, router, template, profile };
    await writeFile(
      values.json,
      `${JSON.stringify({ ...report, summary, timed }, undefined, 2)}\n`,
    );
  }
  if (summary.failures.length > 0) process.exitCode = 1;
}

function summaryTable(router: string, summary: RouterSummary): string {
  const { asked, routes, withoutRoute, failures, latencyMs } = summary;
  const head = ["router", "asked", "routes", "no route", "failed", "P50 ms", "P95 ms", "max ms"];
  head.push("mean km", "mean min");
  const figures = [latencyMs.p50, latencyMs.p95, latencyMs.max];
  figures.push(summary.meanDistanceKm, summary.meanDurationMin);
  const counts = [asked, routes, withoutRoute, failures.length].map(String);
  const row = [router, ...counts, ...figures.map((value) => value.toFixed(2))];
  return textTable([head, row], new Set([...head.keys()].slice(1)));
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new RangeError(`--${name}: expected a whole number, got ${JSON.stringify(text)}.`);
  }
  return Number(text);
}
