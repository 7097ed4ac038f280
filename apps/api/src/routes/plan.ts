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
import { type AnswerBody, answerBody, type BodyStyle } from "../body/answer-body.ts";
import { taggedResponse } from "../http/entity-tag.ts";
import { eventStream, NDJSON } from "../http/event-stream.ts";
import { readJsonBody } from "../http/json-body.ts";
import { loggedProblem } from "../http/logged-problem.ts";
import { parsePlanRequest, type PlanKind } from "../schemas/plan-request.ts";
import { assetHashesOf } from "../schemas/required-assets.ts";
import { planStrictly } from "../terrain/plan-strictly.ts";
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
  readonly write: (
    planner: PlannerPort,
    request: PlanRequest,
    style: BodyStyle,
    control: PlanControl<AnswerBody>,
  ) => Promise<AnswerBody>;
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
  write: (planner, request, style, control) => planner.writePareto(request, style, control),
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
      write: (planner, request, style, control) => planner.writeRoute(request, style, control),
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
  readonly style: BodyStyle;
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
  const isDiagnosed = context.req.query("diagnostics") === "1";
  const supports = ["application/json", NDJSON];
  const accepted = accepts(context, { header: "Accept", supports, default: "application/json" });
  const isTagged = accepted !== NDJSON && !isDiagnosed;
  const style = { warnings: staleWarnings(report), isDiagnosed, isTagged };
  const trip = { request, planner, style, endpoint, terrain: deps.terrain };
  const client = context.req.raw.signal;
  if (accepted === NDJSON) {
    return eventStream({
      client,
      async produce(send, signal) {
        // The stream outlasts the request, which holds the region no longer than to its beginning.
        const release = hold?.();
        try {
          const onImprovement = ({ json }: AnswerBody): void =>
            send([`{"type":"improved","answer":`, json, "}"]);
          const { json } = await planTrip(trip, { signal, onImprovement });
          send([`{"type":"done","answer":`, json, "}"]);
        } finally {
          release?.();
        }
      },
      describeError: (error) => fatalEvent(error, context.get("requestId"), deps),
    });
  }
  const { json, tag } = await planTrip(trip, { signal: client });
  const headers = { "content-type": "application/json" };
  return tag === undefined
    ? new Response(json, { headers: { ...headers, "cache-control": "no-store" } })
    : taggedResponse(context.req.raw, json, headers, tag);
}

/** Answers one trip, on live heights where it is strict. */
export async function planTrip<Answer extends ParetoAnswer | RouteAnswer>(
  { request, planner, style, endpoint, terrain }: PlannedTrip<Answer>,
  control: PlanControl<AnswerBody>,
): Promise<AnswerBody> {
  if (request.strict !== true) return endpoint.write(planner, request, style, control);
  const { signal } = control;
  // Fronts on the way are of the search tier: a strict request waits for its evaluated one.
  const alone = signal === undefined ? {} : { signal };
  const { answer, terrain: tiles } = await planStrictly({
    request,
    terrain,
    ...alone,
    plan: () => endpoint.plan(planner, request, alone),
    planFinalists: () => endpoint.planFinalists(planner, request, alone),
    evaluate: endpoint.evaluate,
  });
  return answerBody(answer, style, tiles === undefined ? {} : { terrain: tiles });
}

/** The end of a stream that cannot have a status any more. */
function fatalEvent(error: unknown, requestId: string, { logger }: AppDeps): object {
  return { type: "fatal", problem: loggedProblem(error, requestId, logger) };
}
