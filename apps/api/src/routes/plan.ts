import type { AssetReport } from "@gradeway/model-assets";
import {
  evaluateBest,
  evaluateFront,
  type EvaluablePlan,
  type ParetoAnswer,
  type PlanHeights,
  type PlanRequest,
  type RouteAnswer,
} from "@gradeway/route-core";
import type { Context, Hono } from "hono";
import { accepts } from "hono/accepts";

import type { AppDeps, AppEnv, PlanControl, PlannerPort } from "../app-deps.ts";
import { taggedResponse } from "../http/entity-tag.ts";
import { eventStream, NDJSON } from "../http/event-stream.ts";
import { readJsonBody } from "../http/json-body.ts";
import { loggedProblem } from "../http/logged-problem.ts";
import { parsePlanRequest, type PlanKind } from "../schemas/plan-request.ts";
import { assetHashesOf } from "../schemas/required-assets.ts";
import { planStrictly, type StrictAnswer } from "../terrain/plan-strictly.ts";
import type { ServedTerrain } from "../terrain/served-terrain.ts";
import { requireRegion } from "./require-region.ts";
import { refuseStale, staleWarnings } from "./stale-assets.ts";

type Plan<Result> = (
  planner: PlannerPort,
  request: PlanRequest,
  control: PlanControl,
) => Promise<Result>;

/** What an endpoint does with a request. */
export interface Endpoint<Answer extends ParetoAnswer | RouteAnswer> {
  readonly kind: PlanKind;
  readonly plan: Plan<Answer>;
  readonly planFinalists: Plan<EvaluablePlan<Answer>>;
  readonly evaluate: (
    plan: EvaluablePlan<Answer>,
    request: PlanRequest,
    heights: PlanHeights,
  ) => Answer;
}

/** How fronts are planned. */
export const PARETO_ENDPOINT: Endpoint<ParetoAnswer> = {
  kind: "pareto",
  plan: (planner, request, control) => planner.planPareto(request, control),
  planFinalists: (planner, request, control) => planner.planFinalists(request, control),
  evaluate: evaluateFront,
};

/** `POST /pareto` and `POST /route`. */
export function addPlanRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.post("/pareto", (context) => answerPlan<ParetoAnswer>(context, deps, PARETO_ENDPOINT));
  app.post("/route", (context) =>
    answerPlan<RouteAnswer>(context, deps, {
      kind: "route",
      plan: (planner, request, control) => planner.planRoute(request, control),
      planFinalists: (planner, request, control) => planner.planFinalist(request, control),
      evaluate: evaluateBest,
    }),
  );
}

/** A request that has been read, with what answers it. */
export interface PlannedTrip<Answer extends ParetoAnswer | RouteAnswer> {
  readonly request: PlanRequest;
  readonly planner: PlannerPort;
  readonly report: AssetReport;
  readonly endpoint: Endpoint<Answer>;
  readonly terrain: ServedTerrain | undefined;
}

async function answerPlan<Answer extends ParetoAnswer | RouteAnswer>(
  context: Context<AppEnv>,
  deps: AppDeps,
  endpoint: Endpoint<Answer>,
): Promise<Response> {
  const { planner, summary, assets, hold } = requireRegion(context);
  const body = await readJsonBody(context.req.raw);
  const report = assets();
  const region = { bbox: summary.bbox, assetHashes: assetHashesOf(report) };
  const request = parsePlanRequest(body, region, endpoint.kind);
  if (request.strict === true) refuseStale(report);
  const trip = { request, planner, report, endpoint, terrain: deps.terrain };
  const isDiagnosed = context.req.query("diagnostics") === "1";
  const supports = ["application/json", NDJSON];
  const accepted = accepts(context, { header: "Accept", supports, default: "application/json" });
  const client = context.req.raw.signal;
  if (accepted === NDJSON) {
    return eventStream({
      client,
      async produce(send, signal) {
        // The stream outlasts the request, which holds the region no longer than to its beginning.
        const release = hold?.();
        try {
          const onImprovement = (answer: ParetoAnswer): void =>
            send({ type: "improved", answer: written({ answer }, report, isDiagnosed) });
          const planned = await planTrip(trip, { signal, onImprovement });
          send({ type: "done", answer: written(planned, report, isDiagnosed) });
        } finally {
          release?.();
        }
      },
      describeError: (error) => fatalEvent(error, context.get("requestId"), deps),
    });
  }
  const planned = await planTrip(trip, { signal: client });
  const answer = written(planned, report, isDiagnosed);
  const headers = { "content-type": "application/json" };
  // An answer that a deadline cut short depends on the machine's mood: it must not be kept.
  return !isDiagnosed && planned.answer.certificate.complete
    ? taggedResponse(context.req.raw, JSON.stringify(answer), headers)
    : new Response(JSON.stringify(answer), {
        headers: { ...headers, "cache-control": "no-store" },
      });
}

/** Answers one trip, on live heights where it is strict. */
export async function planTrip<Answer extends ParetoAnswer | RouteAnswer>(
  { request, planner, endpoint, terrain }: PlannedTrip<Answer>,
  control: PlanControl,
): Promise<Written<Answer>> {
  if (request.strict !== true) return { answer: await endpoint.plan(planner, request, control) };
  const { signal } = control;
  // Fronts on the way are of the search tier: a strict request waits for its evaluated one.
  const alone = signal === undefined ? {} : { signal };
  return planStrictly({
    request,
    terrain,
    ...alone,
    plan: () => endpoint.plan(planner, request, alone),
    planFinalists: () => endpoint.planFinalists(planner, request, alone),
    evaluate: endpoint.evaluate,
  });
}

/** An answer, and what happened to the tiles where any were looked at. */
export interface Written<Answer> {
  readonly answer: Answer;
  readonly terrain?: StrictAnswer<Answer>["terrain"];
}

/** The body of an answer; without diagnostics it is reproducible. */
export function written(
  { answer, terrain }: Written<ParetoAnswer | RouteAnswer>,
  report: AssetReport,
  isDiagnosed: boolean,
): object {
  const { diagnostics, ...planned } = answer;
  const reproducible = { ...planned, warnings: [...answer.warnings, ...staleWarnings(report)] };
  if (!isDiagnosed) return reproducible;
  const all = terrain === undefined ? diagnostics : { ...diagnostics, terrain };
  return { ...reproducible, diagnostics: all };
}

/** The end of a stream that cannot have a status any more. */
function fatalEvent(error: unknown, requestId: string, { logger }: AppDeps): object {
  return { type: "fatal", problem: loggedProblem(error, requestId, logger) };
}
