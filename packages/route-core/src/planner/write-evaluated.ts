import { createWarning, type Warning } from "@gradeway/reason-codes";

import { WH_PER_KWH } from "../costing/energy-model.ts";
import type { CostingRates } from "../costing/rates.ts";
import { courseDeviation, tierDeviation } from "../evaluation/tier-deviation.ts";
import type { Shown } from "./answer-json.ts";
import { exceededLimits } from "./answer-warnings.ts";
import { routesInRange } from "./battery-range.ts";
import { chooseRoutes } from "./choose-routes.ts";
import { driverSchedule } from "./driver-times.ts";
import { createRouteEvaluation, type EvaluatedRoute } from "./evaluate-routes.ts";
import {
  type Certificate,
  MAX_FINALISTS,
  OBJECTIVES,
  type ParetoAnswer,
  type PlannedRoute,
  type PlanRequest,
  type RouteAnswer,
} from "./plan-types.ts";
import type { DrivenRoute } from "./present-route.ts";
import { createRouteOverlap } from "./route-overlap.ts";
import { tripValues } from "./route-figures.ts";
import { settledParts, settleFront } from "./settle-front.ts";
import type { AnswerWriter, SearchedTrip } from "./write-answer.ts";

/** What choosing the finalists of a large front takes at most, ms, give or take. */
const LONGEST_CHOICE_MS = 50;

/**
 * Creates a writer whose answers show evaluated figures: finalists are driven again on the heights of
 * the graph. Where the deadline leaves no time for that, figures stay those of the search, with a
 * warning.
 */
export function createEvaluatedWriter(
  writer: AnswerWriter,
  now: () => number,
): Pick<AnswerWriter, "front" | "best"> {
  const evaluate = createRouteEvaluation();
  const isInTime =
    ({ deadlineAtMs, poll }: SearchedTrip) =>
    (): boolean => {
      poll();
      return now() < deadlineAtMs;
    };

  return {
    front(searched, request) {
      const { costing, driven } = searched;
      // Choosing from a large front does not look at the clock.
      const choiceMs = driven.length > MAX_FINALISTS ? LONGEST_CHOICE_MS : 0;
      if (now() + choiceMs >= searched.deadlineAtMs) {
        return skipped(writer.front(searched, request));
      }
      const finalists = finalistsOf(searched, request);
      const routes = finalists.map((index) => driven[index]!);
      const evaluated = evaluate(costing, routes, isInTime(searched), headroomWhOf(searched));
      if (evaluated === undefined) return skipped(writer.front(searched, request));
      const inRange = routesInRange(evaluated, searched.battery).map((at) => evaluated[at]!);
      return evaluatedFront(writer, searched, request, finalists, inRange);
    },
    best(searched, request) {
      const { costing, driven } = searched;
      const best = driven.slice(0, 1);
      const evaluated = evaluate(costing, best, isInTime(searched), headroomWhOf(searched));
      if (evaluated === undefined) return skipped(writer.best(searched, request));
      routesInRange(evaluated, searched.battery);
      const { answer, shown } = writer.best({ ...searched, driven: evaluated }, request);
      const route = withDeviation(answer.route, evaluated[0]!, costing.rates);
      const parts = evaluatedParts(answer, request, evaluated, [route], costing.rates);
      return { answer: { ...answer, ...parts, route }, shown };
    },
  };
}

function headroomWhOf({ battery }: SearchedTrip): number {
  return (battery?.headroomKwh ?? Infinity) * WH_PER_KWH;
}

/** The routes of a front that are evaluated, as indices. */
function finalistsOf(
  { driven, poll }: SearchedTrip,
  { objectives }: PlanRequest,
): readonly number[] {
  const costs = driven.map(({ searchCosts }) => searchCosts);
  return chooseRoutes(costs, objectives ?? OBJECTIVES, {
    maxRoutes: MAX_FINALISTS,
    maxOverlapRatio: 1,
    overlap: createRouteOverlap(driven.map(({ parts }) => parts)),
    poll,
  }).shown;
}

function evaluatedFront(
  writer: AnswerWriter,
  searched: SearchedTrip,
  request: PlanRequest,
  finalists: readonly number[],
  evaluated: readonly EvaluatedRoute[],
): Shown<ParetoAnswer> {
  const { costing, driven } = searched;
  const { rates } = costing;
  const { objectives = OBJECTIVES, maxRoutes = Infinity, maxOverlapRatio = 1 } = request;
  const others = driven.filter((_, index) => !finalists.includes(index));
  const valuesOf = ({ consumption }: DrivenRoute): [number, number, number] =>
    tripValues(consumption, rates, driverSchedule(request, costing.vehicle, consumption.seconds));
  const front = {
    objectives,
    values: evaluated.map(valuesOf),
    others: others.map(valuesOf),
    ...(searched.battery === undefined ? {} : { outOfRange: finalists.length - evaluated.length }),
  };
  const overlap = createRouteOverlap(evaluated.map(({ parts }) => parts));
  const settled = settleFront(front, { maxRoutes, maxOverlapRatio, overlap, poll: searched.poll });
  const { kept, choice, rows } = settled;
  const tagsOf = new Map(choice.shown.map((at) => [kept[at]!, choice.tags[at]!]));
  // Routes that were not evaluated come last: they are shown where there is room for all alike.
  const room = maxOverlapRatio >= 1 ? maxRoutes - choice.shown.length : 0;
  const shownRows = rows.filter(({ tier, index }) =>
    tier === "evaluated" ? tagsOf.has(index) : index < room,
  );
  const shown = shownRows.map(({ tier, index }) =>
    tier === "evaluated" ? evaluated[index]! : others[index]!,
  );
  const written = writer.routes(
    searched,
    request,
    shown,
    shownRows.map(({ tier, index }) => (tier === "evaluated" ? tagsOf.get(index)! : [])),
  );
  const routes = written.map((route, at) => {
    const { tier, index } = shownRows[at]!;
    return tier === "evaluated" ? withDeviation(route, evaluated[index]!, rates) : route;
  });
  const facts = writer.facts({ ...searched, driven: [...evaluated, ...others] }, request);
  const answer: ParetoAnswer = {
    routes,
    recommended: routes[shownRows.findIndex(isKnee(kept[choice.knee]!))]!.id,
    ...facts,
    ...settledParts(front, settled, (row) => routes[shownRows.indexOf(row)]?.id ?? null),
    ...evaluatedParts(facts, request, evaluated, routes, rates),
  };
  return { answer, shown };
}

function isKnee(knee: number): (row: { readonly tier: string; readonly index: number }) => boolean {
  return ({ tier, index }) => tier === "evaluated" && index === knee;
}

function withDeviation(
  route: PlannedRoute,
  evaluated: EvaluatedRoute,
  rates: CostingRates,
): PlannedRoute {
  return { ...route, tierDeviation: courseDeviation(evaluated, evaluated, rates) };
}

/** Parts of an answer that change when its routes are evaluated. */
function evaluatedParts(
  answer: { readonly certificate: Certificate; readonly warnings: readonly Warning[] },
  { constraints = {} }: PlanRequest,
  evaluated: readonly EvaluatedRoute[],
  shown: readonly PlannedRoute[],
  rates: CostingRates,
): Pick<ParetoAnswer, "certificate" | "warnings"> {
  return {
    certificate: {
      ...answer.certificate,
      tierDeviation: tierDeviation(evaluated, evaluated, rates),
    },
    warnings: [...exceededLimits(constraints, shown), ...answer.warnings],
  };
}

function skipped<Answer extends ParetoAnswer | RouteAnswer>({
  answer,
  shown,
}: Shown<Answer>): Shown<Answer> {
  const warnings = [createWarning("evaluation_skipped"), ...answer.warnings];
  return { answer: { ...answer, warnings }, shown };
}
