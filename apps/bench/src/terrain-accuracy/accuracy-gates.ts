import { budgetGate, type Gate } from "@gradeway/quality-gates";

import { type AccuracyResult, DEFAULT_LENGTH_M, JUDGED_REGION } from "./run-accuracy.ts";

/** Median difference in metres to surveyed heights. */
const MEDIAN_BUDGET_M = 8;
/** Climb in metres per kilometre that motorways and trunks of the judged region may have. */
const MAIN_ROADS_M_PER_KM = [2.5, 5] as const;

const subsystem = "terrain-accuracy";

/** Judges heights and climb. */
export function accuracyGates({ controlPoints, regions }: AccuracyResult): Gate[] {
  return [
    budgetGate({
      id: "control-points",
      subsystem,
      title: "median difference to surveyed heights",
      rationale:
        "30 m heights on saddles are off by some metres, and a few surveyed heights are wrong: the " +
        "median is robust against both.",
      budget: MEDIAN_BUDGET_M,
      unit: "m",
      measure: async () => ({
        observed: controlPoints.offM.p50,
        facts: {
          points: controlPoints.points,
          voids: controlPoints.voids,
          p90: controlPoints.offP90M,
        },
      }),
    }),
    {
      id: "main-roads",
      subsystem,
      title: `climb of motorways and trunks of ${JUDGED_REGION}`,
      rationale:
        "Such roads are built to climb little. Raw heights say twice as much, because every metre of " +
        "noise counts as climb.",
      threshold: 100,
      async measure() {
        const runs = regions.find(({ name }) => name === JUDGED_REGION)?.runs ?? [];
        const climb = (lengthM: number): number | undefined =>
          runs.find(({ askedM }) => askedM === lengthM)?.mainRoadsMPerKm;
        const observed = climb(DEFAULT_LENGTH_M);
        if (observed === undefined || Number.isNaN(observed)) {
          throw new RangeError(`there is no climb at ${DEFAULT_LENGTH_M} m`);
        }
        const [least, most] = MAIN_ROADS_M_PER_KM;
        const isWithin = observed >= least && observed <= most;
        return {
          score: isWithin ? 100 : 0,
          facts: { observed, least, most, raw: climb(0) ?? null },
          failures: isWithin ? [] : [`${observed.toFixed(2)} m/km, not ${least} to ${most} m/km`],
        };
      },
    },
  ];
}
