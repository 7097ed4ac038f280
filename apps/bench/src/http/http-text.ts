import { textTable } from "@gradeway/quality-gates";

import { P95_BUDGET_MS } from "../benchmark-gates.ts";
import { regionText, withoutRouteText } from "../benchmark-text.ts";
import { type Budget, budgetsTable } from "../budgets-table.ts";
import type { HttpRun } from "./run-http.ts";

const HEAD = ["", "answered", "P50 ms", "P95 ms", "P99 ms", "max ms", "server CPU P50", "P95"];
const MORE = ["answer kB P50", "failed"];

/** A measurement as tables. */
export function httpText({ region, threads, warmUp, operations }: HttpRun): string {
  const rows = operations.map((result) => {
    const { latencyMs, p99Ms, serverCpuMs, answerKb } = result;
    const times = [latencyMs.p50, latencyMs.p95, p99Ms, latencyMs.max];
    const figures = [...times, serverCpuMs.p50, serverCpuMs.p95, answerKb.p50];
    return [
      result.title,
      String(result.answered),
      ...figures.map((value) => (Number.isNaN(value) ? "-" : value.toFixed(1))),
      String(result.failures.length),
    ];
  });
  const head = [...HEAD, ...MORE];
  return [
    regionText(region),
    `a server in another process, ${threads} planning ${threads === 1 ? "thread" : "threads"}; ` +
      `one request at a time after ${warmUp} others, no trip twice, geometry and elevation in every answer`,
    textTable([head, ...rows], new Set([...head.keys()].slice(1))),
    withoutRouteText(operations),
    budgetsTable(operations.flatMap(budgetsOf)),
  ].join("\n\n");
}

/** The brief's budget and the design's target of an operation. */
export function budgetsOf(result: HttpRun["operations"][number]): Budget[] {
  const { title, latencyMs, serverCpuMs, targetMs } = result;
  const common = { title: `P95 of ${title}`, observed: latencyMs.p95, unit: "ms" };
  const target = { ...common, budget: targetMs, kind: "target" } as const;
  return [
    { ...common, budget: P95_BUDGET_MS, kind: "brief" },
    target,
    // Where others use the machine, only this says something about the product.
    { ...target, title: `${target.title}, processor time`, observed: serverCpuMs.p95 },
  ];
}
