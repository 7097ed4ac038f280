import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import {
  type Fact,
  type Verdict,
  verdictHtml,
  verdictJson,
  verdictJunit,
  verdictMarkdown,
} from "@gradeway/quality-gates";

import type { Environment } from "./environment.ts";
import { VERDICT_FILE } from "./output-paths.ts";

/** The files of one report in a folder. */
export interface ReportFiles {
  readonly json: string;
  readonly markdown: string;
  /** JUnit XML, for build servers. */
  readonly junit: string;
  readonly html: string;
}

/** Where a report in a folder is. */
export function reportFiles(directory: string): ReportFiles {
  const file = (ending: string): string => path.join(directory, `report.${ending}`);
  return { json: file("json"), markdown: file("md"), junit: file("xml"), html: file("html") };
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
  const outdated = [...Object.values(files), ...(isPartOfGate ? [VERDICT_FILE] : [])];
  for (const file of outdated) await rm(file, { force: true });
  return files;
}

/** What every report says besides its verdict. */
export interface ReportContext {
  /** ISO time. */
  readonly measuredAt: string;
  readonly environment: Environment;
}

/**
 * Writes a verdict in every form.
 *
 * @param context - goes into the JSON as it is
 * @param appendix - Markdown to put at the end
 */
export async function writeReport(
  files: ReportFiles,
  title: string,
  verdict: Verdict,
  context: ReportContext & Readonly<Record<string, unknown>>,
  appendix = "",
): Promise<void> {
  await writeDocument(files.json, verdictJson(verdict, context));
  await writeDocument(files.markdown, `${verdictMarkdown(title, verdict)}${appendix}`);
  await writeDocument(files.junit, verdictJunit(title, verdict));
  await writeDocument(files.html, verdictHtml(verdict, { title, facts: factsOf(context) }));
}

/** Machine, commit and time for a reader of the page. */
function factsOf({ measuredAt, environment }: ReportContext): Record<string, Fact> {
  const { cpu, cpuCount, node, commit, modified, loadAverage } = environment;
  return {
    measured: measuredAt,
    processor: `${cpuCount} x ${cpu}`,
    load: loadAverage,
    node,
    commit:
      commit === null ? null : `${commit.slice(0, 12)}${modified === true ? ", modified" : ""}`,
  };
}
