import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import type { ImportMeasurement } from "./import-measurement.ts";

const CHILD = path.join(import.meta.dirname, "import-child.ts");

/** One measured import. */
export interface ImportRun extends ImportMeasurement {
  /** From starting the process to its end: a cold start with everything. */
  readonly processMs: number;
}

/** What to import and how often. */
export interface ImportOptions {
  readonly osm: string;
  readonly tiles: string;
  readonly runs: number;
  readonly now: () => number;
  readonly progress: (run: number) => void;
}

/** Imports that were made, and what those that failed had to say. */
export interface ImportRuns {
  readonly runs: readonly ImportRun[];
  readonly failures: readonly string[];
}

/** Imports one after another, each in a fresh process and a folder that is removed afterwards. */
export async function runImports(options: ImportOptions): Promise<ImportRuns> {
  const runs: ImportRun[] = [];
  const failures: string[] = [];
  for (let number = 0; number < options.runs; number++) {
    options.progress(number);
    const directory = await mkdtemp(path.join(tmpdir(), "gradeway-import-"));
    const startedAtMs = options.now();
    try {
      const measurement = await importInChild(options.osm, options.tiles, directory);
      runs.push({ ...measurement, processMs: options.now() - startedAtMs });
    } catch (error) {
      failures.push(`run ${number}: ${childMessage(error)}`);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
  if (new Set(runs.map(({ graphSha256 }) => graphSha256)).size > 1) {
    failures.push("the same sources gave different graphs");
  }
  return { runs, failures };
}

async function importInChild(...args: [string, string, string]): Promise<ImportMeasurement> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--conditions=@gradeway/source",
    CHILD,
    ...args,
  ]);
  return JSON.parse(stdout) as ImportMeasurement;
}

function childMessage(error: unknown): string {
  const stderr = (error as { readonly stderr?: unknown }).stderr;
  return typeof stderr === "string" && stderr !== "" ? stderr.trim() : String(error);
}
