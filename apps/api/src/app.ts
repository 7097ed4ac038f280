import { ReasonError } from "@gradeway/reason-codes";
import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";

import type { AppDeps, AppEnv } from "./app-deps.ts";
import { problemResponse, reasonOf } from "./http/problem.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { addBatchRoute } from "./routes/batch.ts";
import { addCacheRoute } from "./routes/cache.ts";
import { addElevationRoutes } from "./routes/elevation.ts";
import { addFeedRoute } from "./routes/feeds.ts";
import { addHealthRoutes } from "./routes/health.ts";
import { addPageRoutes } from "./routes/page.ts";
import { addPlanRoutes } from "./routes/plan.ts";
import { addRegionRoutes } from "./routes/region.ts";
import { addTerrainStatusRoute } from "./routes/terrain-status.ts";

/** Status in the log, and only there, of a request whose client left before the answer. */
const CLIENT_LEFT_STATUS = 499;

/**
 * Builds the HTTP application: the API, the vector tiles and the page. It holds no state of its own
 * beyond the number of batch pairs under way, and opens no port, so a test can call it with
 * `app.request()`.
 */
export function createApp(deps: AppDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.use(async (context, next) => {
    const startedMs = deps.now();
    const requestId = deps.requestId();
    context.set("requestId", requestId);
    const region = deps.region();
    context.set("region", region);
    const release = region?.hold?.();
    try {
      await next();
    } finally {
      release?.();
    }
    context.header("x-request-id", requestId);
    // Nobody reads the answer to a client that left: its status would look like a fault of ours.
    const { aborted } = context.req.raw.signal;
    deps.logger.info("request", {
      requestId,
      method: context.req.method,
      path: context.req.path,
      status: aborted ? CLIENT_LEFT_STATUS : context.res.status,
      ...(aborted ? { aborted } : {}),
      durationMs: Math.round((deps.now() - startedMs) * 10) / 10,
    });
  });
  app.use(securityHeaders());
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) => {
        const allow = methods.join(", ");
        const message = `This address answers to ${allow} only.`;
        const error = new ReasonError("method_not_allowed", message, {});
        const response = problemResponse(error, context.get("requestId"));
        response.headers.set("allow", allow);
        return response;
      },
    }),
  );

  addPlanRoutes(app, deps);
  addBatchRoute(app, deps);
  addElevationRoutes(app, deps);
  addTerrainStatusRoute(app, deps);
  addRegionRoutes(app, deps);
  addFeedRoute(app, deps);
  addCacheRoute(app);
  addHealthRoutes(app);
  addPageRoutes(app, deps);

  app.notFound((context) =>
    problemResponse(
      new ReasonError("not_found", "There is nothing at this address.", {}),
      context.get("requestId"),
    ),
  );
  app.onError((error, context) => {
    const reason = reasonOf(error);
    const requestId = context.get("requestId");
    if (reason.reasonCode === "internal_error") {
      deps.logger.error("request_failed", { requestId, stack: error.stack ?? String(error) });
    }
    return problemResponse(reason, requestId);
  });
  return app;
}
