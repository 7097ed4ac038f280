import { createApp, createPlannerPool } from "@gradeway/api";

import { monotonicMs } from "../monotonic-clock.ts";
import { NETWORK, type ProvocationStand } from "./provocation-stand.ts";
import { askable, openProvokedApp, type ProvokedApp, SILENT } from "./provoked-app.ts";

/** More than a request of one trip may send. */
const TOO_LARGE = " ".repeat(70_000);

/** A trip across the network that every vehicle can make. */
export const TRIP = {
  origin: NETWORK.position("A"),
  destination: NETWORK.position("H"),
} as const;

/** Requests that cannot be read or served, and a service that cannot answer. */
export function requestProvocations(stand: ProvocationStand, app: ProvokedApp) {
  return {
    request_invalid: () => app.post("/route", { ...TRIP, origin: [900, 0] }),
    request_feature_unavailable: () =>
      app.post("/pareto", { ...TRIP, departAt: "2026-01-01T06:00:00Z" }),
    request_too_large: () => app.post("/route", JSON.stringify(TRIP) + TOO_LARGE),
    media_type_unsupported: () => app.post("/route", TRIP, { "content-type": "text/plain" }),
    method_not_allowed: () => app.request("/pareto"),
    not_found: () => app.request("/nowhere"),
    carbon_price_unknown: () => app.post("/pareto", { ...TRIP, carbonPrice: "moon.central" }),
    asset_requirement_unmet: () =>
      app.post("/route", { ...TRIP, requireAssets: { "routing-graph": "0".repeat(64) } }),
    routing_graph_warming_up: () => withoutRegion().post("/pareto", TRIP),
    planner_overloaded: () => askTwiceAtOnce(stand),
    planner_stopped: () => askWhatIsClosed(stand),
    internal_error: () => askFaulty(stand),
  };
}

/** A server that has just been started. */
function withoutRegion(): ProvokedApp {
  const requestId = (): string => "provoked";
  return askable(
    createApp({ region: () => undefined, now: monotonicMs, requestId, logger: SILENT }),
  );
}

/** Two trips for a planner of one thread and without a waiting room. */
async function askTwiceAtOnce(stand: ProvocationStand): Promise<unknown> {
  const pool = await oneThread(stand);
  return Promise.all([pool.planRoute(TRIP), pool.planRoute(TRIP)]);
}

async function askWhatIsClosed(stand: ProvocationStand): Promise<unknown> {
  const pool = await oneThread(stand);
  await pool.close(0);
  return pool.planRoute(TRIP);
}

async function oneThread(stand: ProvocationStand) {
  const regionData = stand.bundle.region;
  const pool = await createPlannerPool({ regionData, threads: 1, maxQueue: 0 });
  stand.atEnd(() => pool.close(0));
  return pool;
}

/** A planner with a bug. */
async function askFaulty(stand: ProvocationStand): Promise<unknown> {
  const app = await openProvokedApp(stand, {
    wrapPlanner: (planner) => ({
      ...planner,
      planRoute() {
        throw new TypeError("undefined is not a road");
      },
    }),
  });
  return app.post("/route", TRIP);
}
