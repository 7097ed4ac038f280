import type { Fact } from "../gate.ts";
import { scoreText, STATUS_TEXT } from "../report.ts";
import type { GateResult, Verdict } from "../verdict.ts";
import { budgetChart, scoreChart } from "./charts.ts";
import { escapeMarkup, figureText } from "./markup.ts";
import { PAGE_STYLE } from "./page-style.ts";

/** What a page says besides the verdict. */
export interface PageContext {
  readonly title: string;
  /** Facts about the run: region, machine, commit. */
  readonly facts: Readonly<Record<string, Fact>>;
}

/**
 * A verdict as one HTML page with charts that needs nothing else: no scripts, no fonts, no images from
 * anywhere; light or dark as the reader's system is.
 */
export function verdictHtml(verdict: Verdict, { title, facts }: PageContext): string {
  const { results, status } = verdict;
  const budgets = budgetChart(results);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><h1>${escapeMarkup(title)}</h1><p class="verdict ${status}">${STATUS_TEXT[status]}</p></header>
<main>
<p>${escapeMarkup(summaryOf(verdict))}</p>
${factList(facts)}
<h2>Scores</h2>
<div class="chart">${scoreChart(results)}</div>
${budgets === "" ? "" : `<h2>Budgets</h2>\n<div class="chart">${budgets}</div>`}
<h2>Gates</h2>
${results.map(section).join("\n")}
</main>
</body>
</html>
`;
}

function summaryOf({ results }: Verdict): string {
  const counts = Map.groupBy(results, ({ status }) => status);
  return [...counts].map(([status, { length }]) => `${length} ${STATUS_TEXT[status]}`).join(", ");
}

function section(result: GateResult): string {
  const { title, subsystem, status, score, threshold, rationale, reason, failures } = result;
  const figure =
    score === null ? "" : ` <span class="score">${scoreText(score)}, least ${threshold}</span>`;
  const isBad = status === "fail" || status === "not_measured";
  const parts = [
    `<details${isBad ? " open" : ""}>`,
    `<summary><span class="status ${status}">${STATUS_TEXT[status]}</span> ` +
      `${escapeMarkup(subsystem)}: ${escapeMarkup(title)}${figure}</summary>`,
    `<p>${escapeMarkup(rationale)}</p>`,
  ];
  if (reason !== null && reason !== rationale) parts.push(`<p>${escapeMarkup(reason)}</p>`);
  if (failures.length > 0) {
    const items = failures.slice(0, SHOWN_FAILURES).map((text) => `<li>${escapeMarkup(text)}</li>`);
    const rest = failures.length - items.length;
    if (rest > 0) items.push(`<li>and ${rest} more; the JSON report has all of them</li>`);
    parts.push(`<ul>${items.join("")}</ul>`);
  }
  parts.push(factList(result.facts), "</details>");
  return parts.join("\n");
}

const SHOWN_FAILURES = 50;

function factList(facts: Readonly<Record<string, Fact>>): string {
  const rows = Object.entries(facts).map(
    ([name, fact]) =>
      `<div><dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(factText(fact))}</dd></div>`,
  );
  return rows.length === 0 ? "" : `<dl>${rows.join("")}</dl>`;
}

function factText(fact: Fact): string {
  if (fact === null) return "none";
  return typeof fact === "number" ? figureText(fact) : String(fact);
}
