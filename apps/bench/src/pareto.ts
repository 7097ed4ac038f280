import { budgetGate, type Gate, textTable } from "@gradeway/quality-gates";
import { defineCommand } from "citty";

import { parseCount, refuseUnknown } from "./command-arguments.ts";
import { cpuMs } from "./cpu-time.ts";
import { shown } from "./distribution.ts";
import { measurePareto, type ParetoOperation } from "./pareto-measurement.ts";
import { withProgress } from "./progress-line.ts";
import { reportRun } from "./report-run.ts";

/** What filtering 100,000 vectors of three objectives may take, whatever their shape. */
const FILTER_BUDGET_MS = 100;

const args = {
  points: { type: "string", default: "100000", description: "Vectors per set" },
  runs: { type: "string", default: "9", description: "Runs of each operation" },
  seed: { type: "string", default: "20260212", description: "Seed of the sets" },
  json: { type: "string", valueHint: "FILE", description: "Write the JSON report here" },
  enforce: { type: "boolean", default: false, description: "Exit 1 when a budget is exceeded" },
} as const;

/** `bench pareto` */
export const pareto = defineCommand({
  meta: { name: "bench pareto", description: "Measure filters, hypervolume and choice on fronts" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const points = parseCount("points", given.points, 1);
    const runs = parseCount("runs", given.runs, 1);
    const seed = parseCount("seed", given.seed, 0);
    const operations = await withProgress((progress) =>
      measurePareto(points, runs, seed, cpuMs, progress),
    );
    await reportRun({
      gates: paretoGates(operations),
      text: paretoTable(operations),
      context: { seed, operations },
      json: given.json,
      enforce: given.enforce,
      // A wrong result is a failure, too.
      hasFailed: operations.some(({ failures }) => failures.length > 0),
    });
  },
});

function paretoTable(operations: readonly ParetoOperation[]): string {
  const head = ["", "objectives", "vectors", "kept", "P50 CPU ms", "P95", "max"];
  const rows = operations.map(({ title, objectives, points, kept, ms }) => [
    title,
    ...[objectives, points, kept].map(String),
    ...shown(ms, 2),
  ]);
  return textTable([head, ...rows], new Set([...head.keys()].slice(1)));
}

/** All results right, and the three-objective filters within their budget. */
export function paretoGates(operations: readonly ParetoOperation[]): Gate[] {
  const failures = operations.flatMap(({ title, failures: own }) =>
    own.map((failure) => `${title}: ${failure}`),
  );
  const filters = operations.filter(({ id }) => id.startsWith("filter-3-"));
  return [
    {
      id: "pareto-results",
      subsystem: "pareto",
      title: "all results right",
      rationale: "Fronts are checked vector by vector, volumes against those of their fronts.",
      threshold: 100,
      measure: async () => ({
        score: failures.length === 0 ? 100 : 0,
        facts: { operations: operations.length, failures: failures.length },
        failures,
      }),
    },
    ...filters.map(({ id, title, points, ms }) =>
      budgetGate({
        id: `pareto-${id}`,
        subsystem: "pareto",
        title: `median CPU time of 3-objective ${title}`,
        rationale: "A front is filtered within a request.",
        budget: FILTER_BUDGET_MS,
        unit: "ms",
        measure: async () => ({ observed: ms.p50, facts: { vectors: points } }),
      }),
    ),
  ];
}
