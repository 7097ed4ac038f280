import type { GateResult, Verdict } from "../verdict.ts";
import { escapeMarkup, withoutControls } from "./markup.ts";

/**
 * A verdict as JUnit XML (the form that Ant, Maven Surefire and most build servers read): a test suite
 * per subsystem, a test case per gate. What failed is a `failure`, what could not be measured an
 * `error`, what has no model or no reference is `skipped`.
 */
export function verdictJunit(name: string, verdict: Verdict): string {
  const { results } = verdict;
  const suites = Map.groupBy(results, ({ subsystem }) => subsystem);
  const blocks = [...suites].map(([subsystem, members]) =>
    [
      `  <testsuite name="${escaped(subsystem)}" ${countsOf(members)}>`,
      ...members.map(testCase),
      "  </testsuite>",
    ].join("\n"),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(name)}" ${countsOf(results, false)}>`,
    ...blocks,
    "</testsuites>",
    "",
  ].join("\n");
}

function countsOf(results: readonly GateResult[], withSkipped = true): string {
  const count = (matches: (result: GateResult) => boolean): number =>
    results.filter(matches).length;
  const seconds = results.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  const counts = {
    tests: results.length,
    failures: count(({ status }) => status === "fail"),
    errors: count(({ status }) => status === "not_measured"),
    ...(withSkipped ? { skipped: count(isSkipped) } : {}),
    time: seconds.toFixed(3),
  };
  return Object.entries(counts)
    .map(([key, value]) => `${key}="${value}"`)
    .join(" ");
}

function testCase(result: GateResult): string {
  const { id, subsystem, title, durationMs, status, reason } = result;
  const head = `    <testcase classname="${escaped(subsystem)}" name="${escaped(`${id}: ${title}`)}" time="${(durationMs / 1000).toFixed(3)}"`;
  const scoreOf = `score ${result.score}, least ${result.threshold}`;
  const details = result.failures.join("\n");
  if (isSkipped(result))
    return `${head}><skipped message="${escaped(reason ?? status)}"/></testcase>`;
  if (status === "not_measured") {
    return `${head}><error type="not_measured" message="${escaped(reason ?? "")}"/></testcase>`;
  }
  if (status === "fail") {
    return `${head}><failure type="gate" message="${escaped(scoreOf)}">${escaped(details)}</failure></testcase>`;
  }
  return `${head}/>`;
}

function isSkipped({ status }: GateResult): boolean {
  return status === "not_built" || status === "no_reference";
}

/** Text for XML: markup escaped, characters that XML 1.0 does not have replaced. */
function escaped(text: string): string {
  return escapeMarkup(withoutControls(text)).replaceAll("\n", "&#10;");
}
