import { escapeMarkup, textTable } from "@gradeway/quality-gates";
import type { Objective } from "@gradeway/route-core";

import { regionText } from "../benchmark-text.ts";
import type { SensitivityRun } from "./run-sensitivity.ts";
import { signed, type TornadoBar, tornadoSvg } from "./tornado.ts";

const HEAD = ["", "", "time", "cost", "CO2e", "other fastest", "cheapest", "cleanest", "trips"];

/** A sweep as tables. */
export function sensitivityText(run: SensitivityRun): string {
  const rows = rowsOf(run);
  return [
    regionText(run.region),
    `${run.answered} of ${run.pairs} trips with a route, seed ${run.seed}; one thing changed at a time`,
    baseText(run),
    textTable([HEAD, ...rows], new Set([...HEAD.keys()].slice(2))),
  ].join("\n\n");
}

/** A sweep as one HTML page that needs nothing else. */
export function sensitivityHtml(run: SensitivityRun): string {
  const charts = (
    [
      ["money", "Cost of the cheapest routes"],
      ["co2e", "CO2e of the cleanest routes"],
      ["time", "Time of the fastest routes"],
    ] as const
  ).map(([objective, title]) => tornadoSvg(title, barsOf(run, objective)));
  const cells = (tag: string, row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escapeMarkup(cell)}</${tag}>`).join("")}</tr>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sensitivity: ${escapeMarkup(run.region.name)}</title>
<style>
  body { font: 14px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  svg { width: 100%; margin: 1rem 0; font-size: 11px; }
  svg text { fill: CanvasText; } svg .head { font-size: 14px; font-weight: 600; }
  svg line { stroke: GrayText; } svg .up { fill: #c2571a; } svg .down { fill: #1f77a4; }
  table { border-collapse: collapse; } td, th { padding: 0.15rem 0.6rem; text-align: right; }
  td:first-child, td:nth-child(2) { text-align: left; } tr + tr { border-top: 1px solid #8884; }
  :root { color-scheme: light dark; }
</style>
<h1>Sensitivity</h1>
<p>${escapeMarkup(regionText(run.region))}</p>
<p>${escapeMarkup(baseText(run))}</p>
<p>What does not move a figure is left out of its chart.</p>
${charts.join("\n")}
<table>
${cells("th", HEAD)}
${rowsOf(run)
  .map((row) => cells("td", row))
  .join("\n")}
</table>
</html>
`;
}

/** For example "as it is: 12.3 h, 456.78 EUR, 345.6 kg CO2e". */
function baseText({ base, currency, answered }: SensitivityRun): string {
  return (
    `as it is, all ${answered} trips together: ${(base.time / 3600).toFixed(1)} h by the fastest routes, ` +
    `${base.money.toFixed(0)} ${currency} by the cheapest, ${base.co2e.toFixed(0)} kg CO2e by the cleanest`
  );
}

function rowsOf({ cases }: SensitivityRun): string[][] {
  return cases.map(({ factor, setting, changePercent, otherRoutes, compared }) => [
    factor,
    setting,
    ...[changePercent.time, changePercent.money, changePercent.co2e].map(signed),
    ...[otherRoutes.time, otherRoutes.money, otherRoutes.co2e, compared].map(String),
  ]);
}

/** One bar per factor; what has a single setting stands alone. */
function barsOf({ cases }: SensitivityRun, objective: Objective): TornadoBar[] {
  const bars = new Map<string, { label: string; percent: number }[]>();
  for (const { factor, setting, changePercent } of cases) {
    const isAlone = !/^[+-]/.test(setting);
    const title = isAlone ? `${factor}: ${setting}` : factor;
    const values = bars.get(title) ?? [];
    values.push({ label: setting, percent: changePercent[objective] });
    bars.set(title, values);
  }
  return [...bars].map(([title, values]) => ({ title, values }));
}
