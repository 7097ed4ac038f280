import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { VERDICT_FILE } from "./output-paths.ts";

/** The files of one report in a folder. */
export interface ReportFiles {
  readonly json: string;
  readonly markdown: string;
}

/** Where a report in a folder is. */
export function reportFiles(directory: string): ReportFiles {
  return { json: path.join(directory, "report.json"), markdown: path.join(directory, "report.md") };
}

/** Writes a document, making its folder. */
export async function writeDocument(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** JSON with a newline at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/**
 * Removes the report of an earlier run, and the gate's verdict where that rests on it: nobody shall
 * take them for this run's.
 */
export async function beginReport(directory: string): Promise<ReportFiles> {
  const files = reportFiles(directory);
  const isPartOfGate = path.dirname(path.resolve(directory)) === path.dirname(VERDICT_FILE);
  const outdated = [files.json, files.markdown, ...(isPartOfGate ? [VERDICT_FILE] : [])];
  for (const file of outdated) await rm(file, { force: true });
  return files;
}
