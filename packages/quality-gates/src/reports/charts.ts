import type { Fact } from "../gate.ts";
import { scoreText, STATUS_TEXT } from "../report.ts";
import type { GateResult } from "../verdict.ts";
import { escapeMarkup, figureText } from "./markup.ts";

const ROW_PX = 26;
const BAR_PX = 14;
const LABEL_PX = 300;
const PLOT_PX = 420;
const VALUE_PX = 200;
const WIDTH_PX = LABEL_PX + PLOT_PX + VALUE_PX;
const AXIS_PX = 24;
/** Longer labels are cut; the whole one is in the row's tooltip. */
const LABEL_CHARS = 44;

/** Scores as bars from 0 to 100, each with a tick at the least score that passes; an SVG element. */
export function scoreChart(results: readonly GateResult[]): string {
  const xOf = (score: number): number => LABEL_PX + (PLOT_PX * score) / 100;
  const rows = results.map((result, index) => {
    const y = index * ROW_PX;
    const { score, threshold, status, title } = result;
    const text = score === null ? STATUS_TEXT[status] : `${scoreText(score)}, least ${threshold}`;
    const parts = [label(title, y)];
    if (score !== null) {
      parts.push(bar(status, xOf(0), y, xOf(score) - xOf(0)), tick(xOf(threshold), y));
    }
    parts.push(value(score === null ? xOf(0) + 6 : xOf(100) + 10, y, text, status));
    return parts.join("");
  });
  const axis = [0, 25, 50, 75, 100].map((score) => gridLine(xOf(score), rows.length, `${score}`));
  return svg("Score of each gate; the tick is the least that passes", rows, axis);
}

/** Quantities beside their budgets, as powers of ten of the budget; an SVG element. */
export function budgetChart(results: readonly GateResult[]): string {
  const shares = results.flatMap((result) => {
    const { observed, budget, unit } = result.facts;
    if (!isQuantity(observed) || !isQuantity(budget) || budget <= 0) return [];
    return [{ result, observed, budget, unit: String(unit), share: observed / budget }];
  });
  if (shares.length === 0) return "";
  const least = Math.min(0.1, ...shares.map(({ share }) => Math.max(share, 1e-6)));
  const decades = Math.ceil(-Math.log10(least));
  const most = Math.max(1, ...shares.map(({ share }) => share));
  const above = most > 1 ? Math.ceil(Math.log10(most)) : 0;
  const xOf = (share: number): number => {
    const at = (Math.log10(Math.max(share, 10 ** -decades)) + decades) / (decades + above || 1);
    return LABEL_PX + PLOT_PX * Math.min(1, at);
  };
  const rows = shares.map(({ result, observed, budget, unit, share }, index) => {
    const y = index * ROW_PX;
    const margin =
      share > 1 ? `${figureText(share)} times` : `${figureText(1 / share)} times below`;
    const text = `${figureText(observed)} of ${figureText(budget)} ${unit}, ${margin}`;
    return (
      label(result.title, y) +
      bar(result.status, LABEL_PX, y, xOf(share) - LABEL_PX) +
      tick(xOf(1), y) +
      value(LABEL_PX + PLOT_PX + 10, y, text, result.status)
    );
  });
  const axis = Array.from({ length: decades + above + 1 }, (_, step) => {
    const power = step - decades;
    const text =
      power === 0 ? "budget" : power < 0 ? `1/${figureText(10 ** -power)}` : `${10 ** power}x`;
    return gridLine(xOf(10 ** power), rows.length, text);
  });
  return svg("Measured quantities as shares of their budgets, logarithmic", rows, axis, 130);
}

function svg(title: string, rows: readonly string[], axis: readonly string[], extraPx = 0): string {
  const height = rows.length * ROW_PX + AXIS_PX;
  return (
    `<svg viewBox="0 0 ${WIDTH_PX + extraPx} ${height}" role="img" aria-label="${escapeMarkup(title)}">` +
    `<title>${escapeMarkup(title)}</title>${axis.join("")}${rows.join("")}</svg>`
  );
}

function label(title: string, y: number): string {
  const shown = title.length > LABEL_CHARS ? `${title.slice(0, LABEL_CHARS - 1)}…` : title;
  return `<text x="${LABEL_PX - 10}" y="${y + 17}" text-anchor="end"><title>${escapeMarkup(title)}</title>${escapeMarkup(shown)}</text>`;
}

function bar(status: GateResult["status"], x: number, y: number, width: number): string {
  const top = y + (ROW_PX - BAR_PX) / 2;
  return `<rect class="${status}" x="${px(x)}" y="${top}" width="${px(Math.max(1, width))}" height="${BAR_PX}" rx="2"/>`;
}

function tick(x: number, y: number): string {
  return `<line class="tick" x1="${px(x)}" x2="${px(x)}" y1="${y + 3}" y2="${y + ROW_PX - 3}"/>`;
}

function value(x: number, y: number, text: string, status: GateResult["status"]): string {
  const mark = status === "fail" || status === "not_measured" ? " bad" : "";
  return `<text class="value${mark}" x="${px(x)}" y="${y + 17}">${escapeMarkup(text)}</text>`;
}

function gridLine(x: number, rows: number, text: string): string {
  const height = rows * ROW_PX;
  return (
    `<line class="grid" x1="${px(x)}" x2="${px(x)}" y1="0" y2="${height}"/>` +
    `<text class="axis" x="${px(x)}" y="${height + 16}" text-anchor="middle">${text}</text>`
  );
}

/** A quantity without end has no place on an axis. */
function isQuantity(fact: Fact | undefined): fact is number {
  return typeof fact === "number" && Number.isFinite(fact);
}

function px(length: number): string {
  return String(Math.round(length * 10) / 10);
}
