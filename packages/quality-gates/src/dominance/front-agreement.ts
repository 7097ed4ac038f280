import { dominates, weaklyDominates } from "@gradeway/pareto";
import type { CostVector } from "@gradeway/route-core/search";

import type { Fact, Gate, Measurement } from "../gate.ts";
import { reasonText } from "../run-gates.ts";
import { textOf, uncoveredPoint } from "./judge-front.ts";

const PERCENT = 1;
const LEAST_ANSWERED_SHARE = 0.5;

/** What three searches say about one trip, in search costs. */
export interface TripAnswers {
  readonly exact: readonly CostVector[];
  /** The front within 1 %. */
  readonly near: readonly CostVector[];
  /** The single best route by time. */
  readonly quickest: CostVector;
}

/** A region that can be asked. */
export interface AskedRegion {
  readonly trips: number;
  /** What the region is, for the report. */
  readonly facts: Readonly<Record<string, Fact>>;
  /** Undefined where no route exists, which is a legitimate answer; throws on a failure. */
  ask(trip: number): Promise<TripAnswers | undefined>;
}

/** Whom to ask. */
export interface FrontAgreementOptions {
  /** Called by the measurement; a region that cannot be opened is one that cannot be measured. */
  open(): Promise<AskedRegion>;
}

/** The gate that lets independent searches of one region check each other; see its rationale. */
export function frontAgreement(options: FrontAgreementOptions): Gate {
  return {
    id: "front-agreement",
    subsystem: "search",
    title: "fronts agree on the region",
    rationale:
      "A region is too large to enumerate, but three searches must agree on it: nothing on the exact " +
      "front dominates anything else there, the 1 % front covers it within 1.01 and holds nothing " +
      "better, and the quickest route is as quick as the front's first. The score is the share of " +
      "answered trips in which all of this holds. The threshold is 100: each disagreement proves " +
      "one of the searches wrong.",
    threshold: 100,
    measure: async () => askAll(await options.open()),
  };
}

/** @throws RangeError when too few trips have a route to say anything */
async function askAll(region: AskedRegion): Promise<Measurement> {
  const { trips } = region;
  const failures: string[] = [];
  let withoutRoute = 0;
  let largestFront = 0;
  let points = 0;
  for (let trip = 0; trip < trips; trip++) {
    try {
      const answers = await region.ask(trip);
      if (answers === undefined) {
        withoutRoute++;
        continue;
      }
      largestFront = Math.max(largestFront, answers.exact.length);
      points += answers.exact.length;
      const problem = disagreement(answers);
      if (problem !== undefined) failures.push(`trip ${trip}: ${problem}`);
    } catch (error) {
      failures.push(`trip ${trip}: ${reasonText(error)}`);
    }
  }
  const judged = trips - withoutRoute;
  if (!(judged >= LEAST_ANSWERED_SHARE * trips && judged > 0)) {
    throw new RangeError(`only ${judged} of ${trips} trips have a route`);
  }
  const score = (100 * (judged - failures.length)) / judged;
  const facts = { ...region.facts, trips, withoutRoute, points, largestFront };
  return { score, facts, failures };
}

function disagreement({ exact, near, quickest }: TripAnswers): string | undefined {
  const dominated = exact.find((point) => exact.some((other) => dominates(other, point)));
  if (dominated !== undefined) return `${textOf(dominated)} on the exact front is dominated`;
  const uncovered = uncoveredPoint(exact, near, PERCENT);
  if (uncovered !== undefined) return uncovered;
  const better = near.find((point) => !exact.some((other) => weaklyDominates(other, point)));
  if (better !== undefined)
    return `the exact front lacks ${textOf(better)} of the ${PERCENT} % front`;
  const least = Math.min(...exact.map(([time]) => time));
  return quickest[0] === least
    ? undefined
    : `the quickest route takes ${quickest[0]}, the front's first ${least}`;
}
