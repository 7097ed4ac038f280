import { budgetGate, type Gate } from "@gradeway/quality-gates";

import { distributionOf } from "./distribution.ts";
import type { ImportRuns } from "./run-imports.ts";

/** What an import of some ten thousand junctions may take. */
const TIME_BUDGET_MS = 5_000;
const MEMORY_BUDGET_MB = 400;

/** Judges finished imports: all done with equal results, and within the budgets. */
export function importGates({ runs, failures }: ImportRuns): Gate[] {
  const rationale = "The design's target for a region of the size of Rhein-Neckar.";
  const subsystem = "import";
  return [
    {
      id: "failed-imports",
      subsystem,
      title: "all imports done, same graph",
      rationale: "Equal sources give equal bytes, every time.",
      threshold: 100,
      measure: async () => ({
        score: failures.length === 0 ? 100 : 0,
        facts: { runs: runs.length, failures: failures.length },
        failures,
      }),
    },
    budgetGate({
      id: "import-time",
      subsystem,
      title: "median time, process included",
      rationale,
      budget: TIME_BUDGET_MS,
      unit: "ms",
      measure: async () => ({
        observed: distributionOf(runs.map(({ processMs }) => processMs)).p50,
        facts: { runs: runs.length },
      }),
    }),
    budgetGate({
      id: "import-memory",
      subsystem,
      title: "peak memory of any run",
      rationale,
      budget: MEMORY_BUDGET_MB,
      unit: "MB",
      measure: async () => ({
        observed: distributionOf(runs.map(({ peakRssMb }) => peakRssMb)).max,
        facts: { runs: runs.length },
      }),
    }),
  ];
}
