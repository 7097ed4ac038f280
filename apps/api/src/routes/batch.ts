import { availableParallelism } from "node:os";

import type { ParetoAnswer } from "@gradeway/route-core";
import type { Hono } from "hono";

import type { AppDeps, AppEnv } from "../app-deps.ts";
import { type BatchSummary, type PairResult, planBatch } from "../batch/plan-batch.ts";
import { createSlots } from "../batch/slots.ts";
import { chunkedResponse } from "../http/chunked-response.ts";
import { readJsonBody } from "../http/json-body.ts";
import { loggedProblem } from "../http/logged-problem.ts";
import { parseBatchRequest } from "../schemas/batch-request.ts";
import { assetHashesOf } from "../schemas/required-assets.ts";
import { PARETO_ENDPOINT, planTrip, written } from "./plan.ts";
import { requireRegion } from "./require-region.ts";
import { refuseStale } from "./stale-assets.ts";

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
    const shared = { planner, report, endpoint: PARETO_ENDPOINT, terrain };
    return chunkedResponse({
      client: context.req.raw.signal,
      headers: { "content-type": "application/json", "cache-control": "no-store" },
      // The answer outlasts the request, which holds the region no longer than to its beginning.
      hold: hold ?? (() => () => undefined),
      produce: (signal) =>
        batchText(
          planBatch({
            pairs: batch.pairs,
            batchDeadlineMs: batch.batchDeadlineMs,
            concurrency,
            slots,
            signal,
            async plan(request, pairSignal) {
              const control = { signal: pairSignal };
              const planned = await planTrip<ParetoAnswer>({ ...shared, request }, control);
              return written(planned, report, isDiagnosed);
            },
            describeError: (error) => loggedProblem(error, requestId, logger),
            now,
            isDiagnosed,
          }),
        ),
    });
  });
}

/** A batch as one JSON document, piece by piece: all fronts at once may be more than memory holds. */
async function* batchText(batch: AsyncGenerator<PairResult, BatchSummary>): AsyncGenerator<string> {
  let separator = `{"results":[`;
  for (;;) {
    const { done, value } = await batch.next();
    if (done) {
      yield `],"summary":${JSON.stringify(value)}}\n`;
      return;
    }
    yield `${separator}${JSON.stringify(value)}`;
    separator = ",\n";
  }
}
