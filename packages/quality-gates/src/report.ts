import { escapeMarkdown, withoutControls } from "./reports/markup.ts";
import { markdownTable, textTable } from "./text-table.ts";
import type { GateResult, GateStatus, Verdict } from "./verdict.ts";

/** Failures that are written out per gate; the JSON report holds all of them. */
const SHOWN_FAILURES = 5;
const RIGHT_ALIGNED = new Set([2, 3]);

/** How a status is written for people. */
export const STATUS_TEXT: Readonly<Record<GateStatus, string>> = {
  pass: "pass",
  fail: "FAIL",
  not_measured: "NOT MEASURED",
  not_built: "not built",
  no_reference: "no reference",
};

/** A verdict as a JSON document, with whatever else the caller wants to have on record. */
export function verdictJson(verdict: Verdict, context: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ ...verdict, ...context }, undefined, 2)}\n`;
}

/** A verdict for a terminal: one line per gate, then what went wrong, then the verdict. */
export function verdictText(verdict: Verdict): string {
  const blocks = [textTable(rowsOf(verdict), RIGHT_ALIGNED)];
  for (const result of verdict.results) {
    if (result.status === "fail" || result.status === "not_measured") {
      blocks.push(complaint(result).join("\n"));
    }
  }
  return [...blocks, `verdict: ${STATUS_TEXT[verdict.status]}`].join("\n\n");
}

/** A verdict as Markdown, with facts and rationale of every gate. */
export function verdictMarkdown(title: string, verdict: Verdict): string {
  const blocks = [
    `# ${escapeMarkdown(title)}`,
    `Verdict: **${STATUS_TEXT[verdict.status]}**`,
    markdownTable(rowsOf(verdict), RIGHT_ALIGNED),
  ];
  for (const result of verdict.results) {
    const heading = `## ${escapeMarkdown(result.title)}`;
    const reason = escapeMarkdown(result.reason ?? "");
    if (result.status === "not_built" || result.status === "no_reference") {
      blocks.push(heading, `${capital(STATUS_TEXT[result.status])}: ${reason}`);
      continue;
    }
    blocks.push(heading, escapeMarkdown(result.rationale));
    const facts = Object.entries(result.facts).map(([name, value]) => [name, String(value)]);
    if (facts.length > 0) blocks.push(markdownTable([["fact", "value"], ...facts], new Set([1])));
    if (reason !== "") blocks.push(`Could not be measured: ${reason}`);
    if (result.failures.length > 0) {
      blocks.push(
        shownFailures(result)
          .map((failure) => `- ${escapeMarkdown(failure)}`)
          .join("\n"),
      );
    }
  }
  return `${blocks.join("\n\n")}\n`;
}

function rowsOf(verdict: Verdict): string[][] {
  const rows = verdict.results.map((result) => [
    result.subsystem,
    result.title,
    result.score === null ? "-" : scoreText(result.score),
    scoreText(result.threshold),
    STATUS_TEXT[result.status],
  ]);
  return [["subsystem", "gate", "score", "least", "status"], ...rows];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A score with one decimal, rounded down, so that 99.96 never reads as 100. */
export function scoreText(score: number): string {
  return (Math.floor(score * 10) / 10).toFixed(1);
}

/** A file or a region may be called anything, and a terminal obeys control characters. */
function complaint(result: GateResult): string[] {
  const head = `${result.id}: ${STATUS_TEXT[result.status]}`;
  const texts = result.reason === null ? shownFailures(result) : [result.reason];
  // What goes on over several lines stays indented, so that none of them reads as a verdict.
  return [head, ...texts.map((text) => `  ${withoutControls(text).replaceAll("\n", "\n  ")}`)];
}

function shownFailures({ failures }: GateResult): string[] {
  const shown = failures.slice(0, SHOWN_FAILURES);
  const rest = failures.length - shown.length;
  return rest > 0 ? [...shown, `... and ${rest} more`] : shown;
}
