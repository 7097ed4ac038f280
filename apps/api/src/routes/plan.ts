import type { ParetoAnswer, PlanRequest, RouteAnswer } from "@gradeway/route-core";
import type { Context, Hono } from "hono";

import type { AppDeps, AppEnv, PlannerPort } from "../app-deps.ts";
import { taggedResponse } from "../http/entity-tag.ts";
import { readJsonBody } from "../http/json-body.ts";
import { parsePlanRequest, type PlanKind } from "../schemas/plan-request.ts";
import { requireRegion } from "./require-region.ts";

type Plan = (
  planner: PlannerPort,
  request: PlanRequest,
  control: { readonly signal: AbortSignal },
) => Promise<ParetoAnswer | RouteAnswer>;

/** `POST /pareto` and `POST /route`. */
export function addPlanRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.post("/pareto", (context) =>
    answerPlan(context, deps, "pareto", (planner, request, control) =>
      planner.planPareto(request, control),
    ),
  );
  app.post("/route", (context) =>
    answerPlan(context, deps, "route", (planner, request, control) =>
      planner.planRoute(request, control),
    ),
  );
}

async function answerPlan(
  context: Context<AppEnv>,
  deps: AppDeps,
  kind: PlanKind,
  plan: Plan,
): Promise<Response> {
  const { planner, summary } = requireRegion(deps);
  const request = parsePlanRequest(await readJsonBody(context.req.raw), summary, kind);
  const answer = await plan(planner, request, { signal: context.req.raw.signal });
  const headers = { "content-type": "application/json" };
  if (context.req.query("diagnostics") === "1") {
    return unstored(answer, headers);
  }
  const { diagnostics: _, ...reproducible } = answer;
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
