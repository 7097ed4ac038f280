import { coverageFactor, hypervolume } from "@gradeway/pareto";
import { isReasonError } from "@gradeway/reason-codes";
import { createRoutePlanner, type PlanRequest, type RegionData } from "@gradeway/route-core";

import { monotonicMs } from "../monotonic-clock.ts";
import { noRouteCode } from "../no-route.ts";
import { buildHillyTown } from "./hilly-town.ts";

/** How many routes are shown, and how much alike they may be. */
export interface ChoiceSetting {
  readonly maxRoutes: number;
  readonly maxOverlapRatio: number;
}

/** What is shown against all there is, over the trips with more to show than the setting allows. */
export interface ChoiceQuality extends ChoiceSetting {
  readonly trips: number;
  readonly shownMean: number;
  /** Share of the true front that is shown. */
  readonly recallMean: number;
  /** Each route of the true front is within this factor of a shown one in every objective. */
  readonly factorMean: number;
  readonly factorWorst: number;
  /** Hypervolume of what is shown by that of the true front. */
  readonly volumeRatioMean: number;
  readonly volumeRatioWorst: number;
}

/** Result of comparing choices with all routes. */
export interface ChoiceMeasurement {
  readonly towns: number;
  /** Towns with a route and no more of them than can be listed. */
  readonly listed: number;
  readonly routes: number;
  readonly frontSizeMean: number;
  /** Front points of exact searches that listing all routes does not give, or the other way round. */
  readonly differing: number;
  readonly settings: readonly ChoiceQuality[];
}

export const CHOICE_SETTINGS: readonly ChoiceSetting[] = [3, 5, 7, 10].flatMap((maxRoutes) =>
  [0.8, 0.9, 1].map((maxOverlapRatio) => ({ maxRoutes, maxOverlapRatio })),
);
const MOST_ROUTES = 20_000;
/** The hypervolume ends this share of each range beyond the nadir. */
const MARGIN = 0.1;

type Vector = readonly number[];

/** Plans across towns whose routes can all be listed, and compares what is shown with the truth. */
export async function measureChoice(
  like: RegionData,
  towns: number,
  seed: number,
  progress: (town: number) => void,
): Promise<ChoiceMeasurement> {
  const tallies = CHOICE_SETTINGS.map((setting) => ({ setting, samples: [] as Sample[] }));
  let listed = 0;
  let routes = 0;
  let frontSizes = 0;
  let differing = 0;
  for (let town = 0; town < towns; town++) {
    progress(town);
    const { region, origin, destination } = await buildHillyTown(seed + town, like);
    const planner = createRoutePlanner(region, { now: monotonicMs });
    const request: PlanRequest = { origin, destination, geometry: "none" };
    const shownOf = (asked: PlanRequest): Vector[] =>
      planner.planPareto(asked).routes.map(({ searchCosts }) => searchCosts);
    try {
      const all = planner.planEveryRoute(request, MOST_ROUTES).routes;
      const truth = nonDominated(all.map(({ searchCosts }) => searchCosts));
      listed++;
      routes += all.length;
      frontSizes += truth.length;
      differing += differences(truth, shownOf(request));
      for (const { setting, samples } of tallies) {
        if (setting.maxRoutes >= truth.length) continue;
        samples.push(sampleOf(truth, shownOf({ ...request, ...setting })));
      }
    } catch (error) {
      // A town of one-way streets may have no way through, or too many ways to list.
      const isTooMany = isReasonError(error, "search_budget_exceeded");
      if (noRouteCode(error) === undefined && !isTooMany) throw error;
    }
  }
  return {
    towns,
    listed,
    routes,
    frontSizeMean: frontSizes / listed,
    differing,
    settings: tallies.map(({ setting, samples }) => qualityOf(setting, samples)),
  };
}

interface Sample {
  readonly shown: number;
  readonly recall: number;
  readonly factor: number;
  readonly volumeRatio: number;
}

function sampleOf(truth: readonly Vector[], shown: readonly Vector[]): Sample {
  const keys = new Set(shown.map(String));
  const range = (k: number): [number, number] => {
    const values = truth.map((vector) => vector[k]!);
    return [Math.min(...values), Math.max(...values)];
  };
  const reference = truth[0]!.map((_, k) => {
    const [least, most] = range(k);
    return most + MARGIN * (most - least) + 1;
  });
  return {
    shown: shown.length,
    recall: truth.filter((vector) => keys.has(String(vector))).length / truth.length,
    factor: coverageFactor(truth, shown),
    volumeRatio: hypervolume(shown, reference) / hypervolume(truth, reference),
  };
}

function qualityOf(setting: ChoiceSetting, samples: readonly Sample[]): ChoiceQuality {
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  return {
    ...setting,
    trips: samples.length,
    shownMean: mean(({ shown }) => shown),
    recallMean: mean(({ recall }) => recall),
    factorMean: mean(({ factor }) => factor),
    factorWorst: Math.max(...samples.map(({ factor }) => factor)),
    volumeRatioMean: mean(({ volumeRatio }) => volumeRatio),
    volumeRatioWorst: Math.min(...samples.map(({ volumeRatio }) => volumeRatio)),
  };
}

/** Vector by vector: nothing of the filters that the product uses. */
function nonDominated(all: readonly Vector[]): Vector[] {
  const distinct = [...new Map(all.map((vector) => [String(vector), vector])).values()];
  return distinct.filter(
    (vector) =>
      !distinct.some((other) => other !== vector && other.every((cost, k) => cost <= vector[k]!)),
  );
}

function differences(a: readonly Vector[], b: readonly Vector[]): number {
  const [inA, inB] = [new Set(a.map(String)), new Set(b.map(String))];
  return (
    [...inA].filter((key) => !inB.has(key)).length + [...inB].filter((key) => !inA.has(key)).length
  );
}
