import { availableParallelism } from "node:os";

import type { Hono } from "hono";

import type { AppDeps, AppEnv } from "../app-deps.ts";
import { batchPieces } from "../batch/batch-pieces.ts";
import { planBatch } from "../batch/plan-batch.ts";
import { createSlots } from "../batch/slots.ts";
import { chunkedResponse } from "../http/chunked-response.ts";
import { readJsonBody } from "../http/json-body.ts";
import { loggedProblem } from "../http/logged-problem.ts";
import { parseBatchRequest } from "../schemas/batch-request.ts";
import { assetHashesOf } from "../schemas/required-assets.ts";
import { PARETO_ENDPOINT, planTrip } from "./plan.ts";
import { requireRegion } from "./require-region.ts";
import { refuseStale, staleWarnings } from "./stale-assets.ts";

/** Room for the most pairs with all the digits that a program writes, and some waypoints. */
const BATCH_BODY_LIMIT_BYTES = 1024 * 1024;

/** `POST /batch/pareto` */
export function addBatchRoute(app: Hono<AppEnv>, deps: AppDeps): void {
  const concurrency = deps.batchConcurrency ?? availableParallelism();
  const slots = createSlots(concurrency);
  app.post("/batch/pareto", async (context) => {
    const { planner, summary, assets, hold } = requireRegion(context);
    const body = await readJsonBody(context.req.raw, BATCH_BODY_LIMIT_BYTES);
    const report = assets();
    const region = { bbox: summary.bbox, assetHashes: assetHashesOf(report) };
    const batch = parseBatchRequest(body, region);
    if (batch.strict) refuseStale(report);
    const isDiagnosed = context.req.query("diagnostics") === "1";
    const requestId = context.get("requestId");
    const { terrain, logger, now } = deps;
    const style = { warnings: staleWarnings(report), isDiagnosed, isTagged: false };
    const shared = { planner, style, endpoint: PARETO_ENDPOINT, terrain };
    return chunkedResponse({
      client: context.req.raw.signal,
      headers: { "content-type": "application/json", "cache-control": "no-store" },
      // The answer outlasts the request, which holds the region no longer than to its beginning.
      hold: hold ?? (() => () => undefined),
      produce: (signal) =>
        batchPieces(
          planBatch({
            pairs: batch.pairs,
            batchDeadlineMs: batch.batchDeadlineMs,
            concurrency,
            slots,
            signal,
            async plan(request, pairSignal) {
              return (await planTrip({ ...shared, request }, { signal: pairSignal })).json;
            },
            describeError: (error) => loggedProblem(error, requestId, logger),
            now,
            isDiagnosed,
          }),
        ),
    });
  });
}
