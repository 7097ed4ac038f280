import { budgetGate, type Gate, textTable } from "@gradeway/quality-gates";

import {
  etaBands,
  etaDrift,
  type EtaErrors,
  etaErrors,
  etaMonths,
  type EtaRow,
} from "./eta-errors.ts";

/** How far predictions may be off. */
export interface EtaLimits {
  readonly maeS: number;
  readonly mapePercent: number;
  /** Of the bias, whichever way, per cent. */
  readonly biasPercent: number;
  /** Percentage points per 30 days, whichever way. */
  readonly drift: number;
}

const subsystem = "eta";

/** Judges predictions; without times there is no drift to judge. */
export function etaGates(rows: readonly EtaRow[], limits: EtaLimits): Gate[] {
  const errors = etaErrors(rows);
  const gate = (id: string, title: string, observed: number, budget: number, unit: string): Gate =>
    budgetGate({
      id: `eta-${id}`,
      subsystem,
      title,
      rationale:
        "Predictions that are off mislead whoever plans by them; more so in one direction.",
      budget,
      unit,
      measure: async () => ({ observed, facts: { rows: rows.length } }),
    });
  const drift = etaDrift(rows);
  return [
    gate("mae", "mean absolute error", errors.maeS, limits.maeS, "s"),
    gate("mape", "mean absolute relative error", errors.mapePercent, limits.mapePercent, "%"),
    gate("bias", "bias", Math.abs(errors.biasPercent), limits.biasPercent, "%"),
    ...(rows.some(({ atMs }) => atMs !== undefined)
      ? [
          budgetGate({
            id: "eta-drift",
            subsystem,
            title: "drift of the relative error",
            rationale:
              "A model that was right and is right no longer shows in the slope before it shows in the " +
              "mean. What the scatter of the rows alone may bring about is taken off.",
            budget: limits.drift,
            unit: "points per 30 days",
            async measure() {
              if (drift === undefined) throw new RangeError("too few rows with a time for a line");
              const { slope, margin, count } = drift;
              const observed = Math.max(0, Math.abs(slope) - margin);
              return { observed, facts: { slope, margin, rows: count } };
            },
          }),
        ]
      : []),
  ];
}

const HEAD = ["", "trips", "bias s", "bias", "MAE s", "MAPE", "RMSE s", "P95 s", "max s"];

/** Predictions as tables: all, by band, by month. */
export function etaText(rows: readonly EtaRow[]): string {
  const months = [...etaMonths(rows)];
  const table = [
    row("all", etaErrors(rows)),
    ...[...etaBands(rows)].map(([band, group]) => row(band, etaErrors(group))),
    ...months.map(([month, group]) => row(month, etaErrors(group))),
  ];
  const drift = etaDrift(rows);
  const line =
    drift === undefined
      ? "no drift: too few rows say when they were driven"
      : `relative error over time: ${drift.slope.toFixed(2)} ± ${drift.margin.toFixed(2)} points per 30 days ` +
        `(95 %, ${drift.count} trips)`;
  const about = "errors are predicted minus observed: above 0 is predicted too long";
  return [about, textTable([HEAD, ...table], new Set([...HEAD.keys()].slice(1))), line].join(
    "\n\n",
  );
}

function row(title: string, errors: EtaErrors): string[] {
  const { count, biasS, biasPercent, maeS, mapePercent, rmseS, p95S, maxS } = errors;
  const seconds = (value: number): string => value.toFixed(1);
  return [
    title,
    String(count),
    seconds(biasS),
    `${biasPercent.toFixed(2)} %`,
    seconds(maeS),
    `${mapePercent.toFixed(2)} %`,
    ...[rmseS, p95S, maxS].map(seconds),
  ];
}
