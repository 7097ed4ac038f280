import type { Gate } from "@gradeway/quality-gates";

import { LEAST_ANSWERED_SHARE } from "../benchmark-gates.ts";
import type { AblationResult } from "./run-ablation.ts";

const subsystem = "terrain";

/** Judges that the comparison is one: all trips planned, and no search beaten on its own ground. */
export function ablationGates(result: AblationResult): Gate[] {
  const { pairs, trips, failures, differing, rows } = result;
  return [
    {
      id: "ablation-trips",
      subsystem,
      title: "every trip was planned on every terrain",
      rationale: "Means over trips that failed are means of other trips.",
      threshold: 100,
      async measure() {
        if (failures.length === 0 && trips < LEAST_ANSWERED_SHARE * pairs) {
          throw new RangeError(`only ${trips} of ${pairs} trips have a route`);
        }
        return {
          score: (100 * (pairs - failures.length)) / pairs,
          facts: { pairs, trips, failed: failures.length },
          failures,
        };
      },
    },
    {
      id: "ablation-regret",
      subsystem,
      title: "no other terrain finds a better route than the true one",
      rationale: "Regret counts from the best route, so nothing may be better than that.",
      threshold: 100,
      async measure() {
        const better = rows.filter(({ least }) => least < 0);
        const wrong = better.map(
          ({ terrain, objective, least }) => `${terrain}, ${objective}: ${least}`,
        );
        if (differing > 0) wrong.push(`${differing} routes cost other than the search said`);
        return {
          score: wrong.length === 0 ? 100 : 0,
          facts: { better: better.length, differing },
          failures: wrong,
        };
      },
    },
  ];
}
