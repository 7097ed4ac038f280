import {
  createRoutePlanner,
  type FrontFacts,
  type ParetoAnswer,
  type PlanRequest,
  type RouteAnswer,
  type RouteFacts,
  type RoutePlanner,
} from "@gradeway/route-core";

import { noRouteCode } from "../no-route.ts";
import { OPERATIONS, requestOf } from "../operations.ts";
import { randomPairs, type TripPair } from "../random-pairs.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";

/** What becomes of one trip's answer, ms. */
export interface WritingTimes {
  /** Searched and evaluated, without lines and heights. */
  readonly plan: number;
  /** The same with both, as arrays. */
  readonly planData: number;
  /** The answer copied, as from thread to thread. */
  readonly copy: number;
  /** The copy written as JSON in UTF-8. */
  readonly stringify: number;
  /** Planned and written without ever being arrays: all of the above but the copy. */
  readonly planWritten: number;
}

/** One operation over many trips. */
export interface WritingResult {
  readonly title: string;
  readonly times: readonly WritingTimes[];
  readonly bytes: readonly number[];
  /** Trips whose written answer has other bytes than `JSON.stringify` gives. */
  readonly differing: readonly string[];
}

/** What to measure and with what; failures are not caught. */
export interface WritingOptions {
  readonly directory: string;
  readonly pairs: number;
  readonly seed: number;
  readonly now: () => number;
  readonly progress: (text: string) => void;
}

/** A finished measurement. */
export interface WritingRun {
  readonly region: RegionUnderTest["facts"];
  readonly seed: number;
  readonly operations: readonly WritingResult[];
}

type Answer = ParetoAnswer | RouteAnswer;

/**
 * Compares answers that are made as data and then written with those that are written at once: the same
 * trips, one way after the other, all twice, of which the second time counts.
 *
 * @throws {ReasonError} of the first failed trip, and those of `openRegion`
 */
export async function runWriting(options: WritingOptions): Promise<WritingRun> {
  const { pairs, seed, now, progress } = options;
  const { region, graph, facts } = await openRegion(options.directory);
  const planner = createRoutePlanner(region, { now, evaluates: true });
  const trips = randomPairs(graph, pairs, seed);
  const operations = OPERATIONS.map(({ id, title }) => {
    const fields = id === "pareto-exact" ? { epsilon: 0 } : { epsilon: 0.01 };
    const ways = waysOf(planner, id === "route" ? "route" : "front");
    progress(`${title}: warming up`);
    measure(ways, trips, fields, now);
    progress(title);
    return { title, ...measure(ways, trips, fields, now) };
  });
  return { region: facts, seed, operations };
}

interface Ways {
  readonly data: (request: PlanRequest) => Answer;
  readonly written: (request: PlanRequest) => Uint8Array;
}

function waysOf(planner: RoutePlanner, kind: "route" | "front"): Ways {
  return kind === "route"
    ? {
        data: (request) => planner.planRoute(request),
        written: (request) => planner.writeRoute(request, untimed).json,
      }
    : {
        data: (request) => planner.planPareto(request),
        written: (request) => planner.writePareto(request, untimed).json,
      };
}

function measure(
  { data, written }: Ways,
  trips: readonly TripPair[],
  fields: object,
  now: () => number,
): Omit<WritingResult, "title"> {
  const times: WritingTimes[] = [];
  const bytes: number[] = [];
  const differing: string[] = [];
  const encoder = new TextEncoder();
  for (const trip of trips) {
    const request = { ...requestOf(trip), ...fields };
    const marks = [now()];
    const lap = <T>(result: T): T => {
      marks.push(now());
      return result;
    };
    try {
      const { annotations: _, ...plain } = request;
      lap(data({ ...plain, geometry: "none" }));
      const copy = lap(structuredClone(lap(data(request))));
      const expected = lap(encoder.encode(JSON.stringify(untimed(copy))));
      const json = lap(written(request));
      const tookMs = (step: number): number => marks[step + 1]! - marks[step]!;
      const [plan, planData, copied, stringify, planWritten] = [0, 1, 2, 3, 4].map(tookMs);
      times.push({
        plan: plan!,
        planData: planData!,
        copy: copied!,
        stringify: stringify!,
        planWritten: planWritten!,
      });
      bytes.push(json.length);
      if (Buffer.compare(json, expected) !== 0) differing.push(JSON.stringify(trip));
    } catch (error) {
      if (noRouteCode(error) === undefined) throw error;
    }
  }
  return { times, bytes, differing };
}

/** Without the times of the planner, which differ. */
function untimed({ diagnostics: _, ...answer }: Answer | FrontFacts | RouteFacts): object {
  return answer;
}
