import { textTable } from "@gradeway/quality-gates";

/** A figure that is compared with what it may be at most. */
export interface Budget {
  readonly title: string;
  readonly observed: number;
  readonly budget: number;
  readonly unit: string;
  /** `brief`: absolute, of the brief this project was commissioned with. `target`: its own, tighter. */
  readonly kind: "brief" | "target";
}

/** Figures beside their budgets, with the share of each that is left. */
export function budgetsTable(budgets: readonly Budget[]): string {
  const rows = budgets.map(({ title, observed, budget, unit, kind }) => [
    title,
    Number.isNaN(observed) ? "-" : `${observed.toFixed(1)} ${unit}`,
    `${budget.toLocaleString("en")} ${unit}`,
    kind,
    marginText(observed, budget),
  ]);
  return textTable([["", "observed", "budget", "", "margin"], ...rows], new Set([1, 2, 4]));
}

/** How much of a budget is left, or by how much it is exceeded. */
export function marginText(observed: number, budget: number): string {
  if (Number.isNaN(observed)) return "-";
  const percent = (100 * (budget - observed)) / budget;
  return percent >= 0 ? `${percent.toFixed(1)} % left` : `${(-percent).toFixed(1)} % over`;
}
