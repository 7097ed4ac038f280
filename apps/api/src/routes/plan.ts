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

import type { AppDeps, AppEnv, PlannerPort } from "../app-deps.ts";
import { taggedResponse } from "../http/entity-tag.ts";
import { readJsonBody } from "../http/json-body.ts";
import { parsePlanRequest, type PlanKind } from "../schemas/plan-request.ts";
import { assetHashesOf } from "../schemas/required-assets.ts";
import { planStrictly } from "../terrain/plan-strictly.ts";
import { requireRegion } from "./require-region.ts";
import { refuseStale, staleWarnings } from "./stale-assets.ts";

type Plan<Result> = (
  planner: PlannerPort,
  request: PlanRequest,
  control: { readonly signal: AbortSignal },
) => Promise<Result>;

/** What an endpoint does with a request. */
interface Endpoint<Answer extends ParetoAnswer | RouteAnswer> {
  readonly kind: PlanKind;
  readonly plan: Plan<Answer>;
  readonly planFinalists: Plan<EvaluablePlan<Answer>>;
  readonly evaluate: (
    plan: EvaluablePlan<Answer>,
    request: PlanRequest,
    heights: PlanHeights,
  ) => Answer;
}

/** `POST /pareto` and `POST /route`. */
export function addPlanRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.post("/pareto", (context) =>
    answerPlan<ParetoAnswer>(context, deps, {
      kind: "pareto",
      plan: (planner, request, control) => planner.planPareto(request, control),
      planFinalists: (planner, request, control) => planner.planFinalists(request, control),
      evaluate: evaluateFront,
    }),
  );
  app.post("/route", (context) =>
    answerPlan<RouteAnswer>(context, deps, {
      kind: "route",
      plan: (planner, request, control) => planner.planRoute(request, control),
      planFinalists: (planner, request, control) => planner.planFinalist(request, control),
      evaluate: evaluateBest,
    }),
  );
}

async function answerPlan<Answer extends ParetoAnswer | RouteAnswer>(
  context: Context<AppEnv>,
  deps: AppDeps,
  endpoint: Endpoint<Answer>,
): Promise<Response> {
  const { planner, summary, assets } = requireRegion(context);
  const body = await readJsonBody(context.req.raw);
  const report = assets();
  const region = { bbox: summary.bbox, assetHashes: assetHashesOf(report) };
  const request = parsePlanRequest(body, region, endpoint.kind);
  if (request.strict === true) refuseStale(report);
  const { signal } = context.req.raw;
  const plan = (): Promise<Answer> => endpoint.plan(planner, request, { signal });
  const { answer, terrain } =
    request.strict === true
      ? await planStrictly({
          request,
          terrain: deps.terrain,
          signal,
          plan,
          planFinalists: () => endpoint.planFinalists(planner, request, { signal }),
          evaluate: endpoint.evaluate,
        })
      : { answer: await plan(), terrain: undefined };
  const headers = { "content-type": "application/json" };
  const { diagnostics, ...planned } = answer;
  const reproducible = { ...planned, warnings: [...answer.warnings, ...staleWarnings(report)] };
  if (context.req.query("diagnostics") === "1") {
    const all = terrain === undefined ? diagnostics : { ...diagnostics, terrain };
    return unstored({ ...reproducible, diagnostics: all }, headers);
  }
  // An answer that a deadline cut short depends on the machine's mood: it must not be kept.
  return answer.certificate.complete
    ? taggedResponse(context.req.raw, JSON.stringify(reproducible), headers)
    : unstored(reproducible, headers);
}

function unstored(body: object, headers: Readonly<Record<string, string>>): Response {
  return new Response(JSON.stringify(body), {
    headers: { ...headers, "cache-control": "no-store" },
  });
}
