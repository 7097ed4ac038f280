import { createRoutePlanner, type PlanRequest, type RegionData } from "@gradeway/route-core";

import { monotonicMs } from "../monotonic-clock.ts";
import {
  type ChoiceQuality,
  type ChoiceSample,
  differences,
  nonDominated,
  qualityOf,
  sampleOf,
  type Vector,
} from "./choice-quality.ts";
import { evaluatedRoutes, evaluatedShown } from "./evaluated-routes.ts";
import { buildHillyValley } from "./hilly-valley.ts";

/** How many routes are shown, and how much alike they may be. */
export interface ChoiceSetting {
  readonly maxRoutes: number;
  readonly maxOverlapRatio: number;
}

/** One row of the table: a setting in a tier, over the valleys with more to show than it allows. */
export interface ChoiceRow extends ChoiceSetting {
  readonly tier: "search" | "evaluation";
  readonly quality: ChoiceQuality | undefined;
}

/** Result of comparing choices with all routes. */
export interface ChoiceMeasurement {
  readonly valleys: number;
  /** Routes listed in all valleys together. */
  readonly routes: number;
  readonly frontSizeMean: number;
  readonly evaluatedFrontSizeMean: number;
  /** Front points of exact searches that listing all routes does not give, or the other way round. */
  readonly differing: number;
  readonly rows: readonly ChoiceRow[];
}

const SETTINGS: readonly ChoiceSetting[] = [
  { maxRoutes: 3, maxOverlapRatio: 1 },
  { maxRoutes: 5, maxOverlapRatio: 1 },
  { maxRoutes: 7, maxOverlapRatio: 1 },
  { maxRoutes: 10, maxOverlapRatio: 1 },
  { maxRoutes: 10, maxOverlapRatio: 0.9 },
  { maxRoutes: 10, maxOverlapRatio: 0.8 },
];
const MOST_ROUTES = 20_000;

/** Plans through valleys whose routes can all be listed, and compares what is shown with the truth. */
export async function measureChoice(
  like: RegionData,
  valleys: number,
  seed: number,
  progress: (valley: number) => void,
): Promise<ChoiceMeasurement> {
  const tallies = SETTINGS.flatMap((setting) =>
    (["search", "evaluation"] as const).map((tier) => ({
      setting,
      tier,
      samples: [] as ChoiceSample[],
    })),
  );
  let routes = 0;
  let frontSizes = 0;
  let evaluatedFrontSizes = 0;
  let differing = 0;
  for (let valley = 0; valley < valleys; valley++) {
    progress(valley);
    const made = await buildHillyValley(seed + valley, like);
    const planner = createRoutePlanner(made.region, { now: monotonicMs });
    const { origin, destination, ground } = made;
    const request: PlanRequest = { origin, destination, geometry: "none" };
    const shownOf = (asked: PlanRequest): Vector[] =>
      planner.planPareto(asked).routes.map(({ searchCosts }) => searchCosts);
    const all = planner.planEveryRoute(request, MOST_ROUTES).routes;
    const truth = {
      search: nonDominated(all.map(({ searchCosts }) => searchCosts)),
      evaluation: nonDominated(await evaluatedRoutes(planner, request, MOST_ROUTES, ground)),
    };
    routes += all.length;
    frontSizes += truth.search.length;
    evaluatedFrontSizes += truth.evaluation.length;
    differing += differences(truth.search, shownOf(request));
    for (const { setting, tier, samples } of tallies) {
      if (setting.maxRoutes >= truth[tier].length) continue;
      const asked = { ...request, ...setting };
      const shown =
        tier === "search" ? shownOf(asked) : await evaluatedShown(planner, asked, ground);
      samples.push(sampleOf(truth[tier], shown));
    }
  }
  return {
    valleys,
    routes,
    frontSizeMean: frontSizes / valleys,
    evaluatedFrontSizeMean: evaluatedFrontSizes / valleys,
    differing,
    rows: tallies.map(({ setting, tier, samples }) => ({
      ...setting,
      tier,
      quality: qualityOf(samples),
    })),
  };
}
