import {
  type AbsentGate,
  type AskedRegion,
  coverageScore,
  createSteadyDriver,
  dominanceScore,
  droppedRoutes,
  emissionScore,
  freshnessScore,
  type FrontSolver,
  frontAgreement,
  fuelScore,
  type Gate,
  type GateList,
  graphScore,
  heightScore,
  priceScore,
  reproducibilityScore,
  speedScore,
  TAG_FAMILIES,
  type TagFamily,
  tollScore,
} from "@gradeway/quality-gates";
import {
  createRoutePlanner,
  type ParetoAnswer,
  type PlannedRoute,
  type RoutePlanner,
} from "@gradeway/route-core";

import { solveExactly, solveWithinOnePercent } from "../kernel-solvers.ts";
import { monotonicMs } from "../monotonic-clock.ts";
import { noRouteCode } from "../no-route.ts";
import { reasonGate } from "../provocations/reason-gate.ts";
import { randomPairs } from "../random-pairs.ts";
import { openRegion } from "../region-under-test.ts";
import { ABSENT_MODELS } from "./absent-models.ts";
import { createRegionOpener, type ScoredRegion } from "./opened-region.ts";
import { repeatedRuns } from "./rebuilds.ts";
import { datedFigures, emittingRegion, pricedRegion } from "./region-figures.ts";
import { tolledRegion } from "./region-tolls.ts";
import { sampleTerrain, type WrapSampler } from "./sample-terrain.ts";
import { surveyedHeights } from "./surveyed-heights.ts";
import { vectoScore } from "./vecto-score.ts";

/** Seed of every score. */
export const SCORE_SEED = 20_260_212;
const DOMINANCE_TRIALS = 500;
const REGION_TRIPS = 60;
/** Families of which every real extract has some. */
const COMMON_FAMILIES: readonly TagFamily[] = ["oneway", "access", "maxspeed", "bridges"];
/** Extracts are cut at borders, so that ends of roads are left without a way back. */
const LEAST_CONNECTED_SHARE = 0.85;

/** What is scored, and what stands between the product and the gates. */
export interface ScoreSubject {
  readonly regionDirectory: string;
  /** Surveyed heights and the tiles that they judge. */
  readonly survey?: { readonly csvFile: string; readonly tilesDirectory: string };
  /** Folder with `vecto/`. */
  readonly dataDirectory?: string;
  /** Ports; the product's own unless something else is to be judged. */
  readonly solve?: FrontSolver;
  readonly wrapPlanner?: (planner: RoutePlanner) => RoutePlanner;
  readonly wrapSampler?: WrapSampler;
}

/** The gates of `score`, with the product's kernels, models and planner behind their ports. */
export function scoreGates(subject: ScoreSubject): GateList {
  const open = createRegionOpener(subject.regionDirectory, SCORE_SEED);
  const driver = async () => createSteadyDriver((await open()).bundle.region.vehicles);
  const gates: Gate[] = [
    dominanceScore({
      trials: DOMINANCE_TRIALS,
      seed: SCORE_SEED,
      solve: subject.solve ?? solveExactly,
      epsilonSolve: solveWithinOnePercent,
    }),
    frontAgreement({ open: () => openAskedRegion(subject) }),
    droppedRoutes(async () => wholeAnswers(await open(), subject)),
    heightScore({
      id: "terrain-heights",
      title: "heights and voids of a known terrain",
      rationale:
        "Tiles are written from a function and read again by the product's decoder and sampler. Heights " +
        "must come within a metre (they are stored as whole ones), and points in the hole must have none: " +
        "a void that reads as a height is the worst thing that terrain can do. The score is the share of " +
        "right ones among heights or voids, whichever is less.",
      open: () => sampleTerrain(SCORE_SEED, subject.wrapSampler),
    }),
    coverageScore(async () => (await open()).graph),
    fuelScore(driver),
    speedScore(driver),
    emissionScore(async () => emittingRegion(await open())),
    tollScore(async () => tolledRegion(await open())),
    priceScore(async () => pricedRegion(await open())),
    freshnessScore(async () => datedFigures(await open())),
    graphScore(async () => {
      const { graph, bundle } = await open();
      const expectedFamilies = bundle.region.synthetic ? TAG_FAMILIES : COMMON_FAMILIES;
      return { graph, expectedFamilies, leastConnectedShare: LEAST_CONNECTED_SHARE };
    }),
    reproducibilityScore(repeatedRuns(open)),
    reasonGate(subject.wrapPlanner),
  ];
  const absent: AbsentGate[] = [...ABSENT_MODELS];
  const { survey, dataDirectory } = subject;
  if (survey === undefined) absent.push(withoutSurvey);
  else gates.push(surveyGate(survey));
  if (dataDirectory === undefined) absent.push(withoutVecto);
  else gates.push(vectoScore(dataDirectory));
  return { gates, absent };
}

const SURVEY = {
  id: "terrain-survey",
  title: "heights against surveyed ones",
} as const;

const withoutSurvey: AbsentGate = {
  ...SURVEY,
  subsystem: "terrain",
  status: "no_reference",
  reason: "No surveyed heights were given (--control-points and --tiles).",
};

const withoutVecto: AbsentGate = {
  id: "vecto-cases",
  subsystem: "fuel",
  title: "fuel and time of VECTO cases",
  status: "no_reference",
  reason: "No runs of VECTO were given (--data).",
};

function surveyGate({ csvFile, tilesDirectory }: NonNullable<ScoreSubject["survey"]>): Gate {
  return heightScore({
    ...SURVEY,
    rationale:
      "Saddles and summits that were surveyed must read within 30 m: cells of 30 m on steep ridges are " +
      "off by half a cell's rise. A twentieth of the survey may be wrong or misplaced itself.",
    open: () => surveyedHeights(csvFile, tilesDirectory),
  });
}

function wholeAnswers(
  { bundle, trips }: ScoredRegion,
  { wrapPlanner = itself }: ScoreSubject,
): ParetoAnswer[] {
  const planner = wrapPlanner(createRoutePlanner(bundle.region, { now: monotonicMs }));
  return trips.map((trip) => planner.planPareto({ ...trip, epsilon: 0, geometry: "none" }));
}

function itself(planner: RoutePlanner): RoutePlanner {
  return planner;
}

async function openAskedRegion({
  regionDirectory,
  wrapPlanner = itself,
}: ScoreSubject): Promise<AskedRegion> {
  const { region, graph, facts } = await openRegion(regionDirectory);
  const planner = wrapPlanner(createRoutePlanner(region, { now: monotonicMs }));
  const pairs = randomPairs(graph, REGION_TRIPS, SCORE_SEED);
  return {
    trips: pairs.length,
    facts: { region: facts.name, synthetic: facts.synthetic, graphSha256: facts.graphSha256 },
    async ask(trip) {
      const request = { ...pairs[trip]!, geometry: "none" as const };
      try {
        return {
          exact: costsOf(planner.planPareto(request)),
          near: costsOf(planner.planPareto({ ...request, epsilon: 0.01 })),
          quickest: planner.planRoute(request).route.searchCosts,
        };
      } catch (error) {
        if (noRouteCode(error) === undefined) throw error;
        return undefined;
      }
    },
  };
}

function costsOf({ routes }: ParetoAnswer): PlannedRoute["searchCosts"][] {
  return routes.map(({ searchCosts }) => searchCosts);
}
