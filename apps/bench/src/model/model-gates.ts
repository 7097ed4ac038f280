import { budgetGate, type Gate, textTable } from "@gradeway/quality-gates";

import { regionText } from "../benchmark-text.ts";
import { budgetsTable } from "../budgets-table.ts";
import { shown } from "../distribution.ts";
import type { ModelRun } from "./run-model.ts";

const subsystem = "model";

/** Judges a measurement: no route that was found is lost, and an option is built in time. */
export function modelGates(run: ModelRun, p95GateMs: number): Gate[] {
  const { samples, dropped, failures, wallMs } = run;
  return [
    {
      id: "model-dropped",
      subsystem,
      title: "no route is dropped",
      rationale: "A route that the search found and the models lose is missing without a word.",
      threshold: 100,
      async measure() {
        const lost = [...dropped, ...failures];
        const all = samples + lost.length;
        if (all === 0) throw new RangeError("there was no route to build an option of");
        const facts = { samples, dropped: dropped.length, failedTrips: failures.length };
        return { score: (100 * samples) / all, facts, failures: lost };
      },
    },
    budgetGate({
      id: "model-latency",
      subsystem,
      title: "P95 of building an option",
      rationale: `The reference's own gate: ${p95GateMs} ms at the 95th percentile.`,
      budget: p95GateMs,
      unit: "ms",
      measure: async () => ({ observed: wallMs.p95, facts: { p50: wallMs.p50, samples } }),
    }),
  ];
}

/** A measurement as tables. */
export function modelText(run: ModelRun, p95GateMs: number): string {
  const { region, heights, pairs, withoutRoute, samples, dropped, failures } = run;
  const head = ["", "wall P50 ms", "P95", "max", "CPU P50 ms", "P95", "max"];
  const rows = [
    ["an option", ...shown(run.wallMs, 2), ...shown(run.cpuMs, 2)],
    ["of it heights", ...shown(run.terrainWallMs, 2), ...shown(run.terrainCpuMs, 2)],
  ];
  const budget = {
    title: "P95 of an option",
    budget: p95GateMs,
    unit: "ms",
    kind: "brief",
  } as const;
  return [
    regionText(region),
    `heights: ${heights}; search not timed, every option another route`,
    `${samples} options of ${pairs} trips, ${withoutRoute} trips without a route; ` +
      `${dropped.length} routes dropped, ${failures.length} searches failed`,
    textTable([head, ...rows], new Set([...head.keys()].slice(1))),
    budgetsTable([{ ...budget, observed: run.wallMs.p95 }]),
  ].join("\n\n");
}
