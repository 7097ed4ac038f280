import path from "node:path";

import { caseScore, type Gate, LEAST_SCORE } from "@gradeway/quality-gates";

import { runVecto } from "../vecto/run-vecto.ts";
import { tierErrors } from "../vecto/vecto-errors.ts";
import { VECTO_BUDGETS } from "../vecto/vecto-gates.ts";

/** The gate of whole trips against the simulator that trucks are certified with. */
export function vectoScore(dataDir: string): Gate {
  return {
    id: "vecto-cases",
    subsystem: "fuel",
    title: "fuel and time of VECTO cases",
    rationale:
      "Both tiers drive the cycles of the EU's certification simulator. RMS and largest errors must stay " +
      "within the budgets of the design; the score is 100, or 0 with any of them exceeded.",
    threshold: LEAST_SCORE,
    async measure() {
      const folder = path.join(dataDir, "vecto");
      const results = await runVecto(path.join(folder, "cases.csv"), folder);
      const facts: Record<string, number> = { vehicles: results.length };
      const cases = VECTO_BUDGETS.map(([tier, error, budget, title]) => {
        const observed = tierErrors(results, tier)[error];
        facts[`${tier} ${error} %`] = observed;
        const failure =
          observed <= budget ? undefined : `${title}: ${observed.toFixed(2)} %, not ${budget} %`;
        return { group: title, failure };
      });
      return caseScore(cases, facts);
    },
  };
}
