import { type AppDeps, type Logger, REASON_HTTP, withBodies } from "@gradeway/api";
import { isReasonCode } from "@gradeway/reason-codes";
import {
  createRoutePlanner,
  type PlannerOptions,
  type PlanRequest,
  type RoutePlanner,
} from "@gradeway/route-core";

import { monotonicMs } from "../monotonic-clock.ts";
import { openRegionApp, type RegionApp, type ServingPlanner } from "../region-app.ts";
import type { ProvocationStand, WrapPlanner } from "./provocation-stand.ts";

/** An application that is asked for reason codes. */
export interface ProvokedApp {
  /** The code of the answer to a JSON document; see {@link codeOf}. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<unknown>;
  /** The same for any other request. */
  request(path: string, init?: RequestInit): Promise<unknown>;
}

/** What a provoked application is made of. */
export interface ProvokedAppOptions {
  /** Default: the region of the stand. */
  readonly directory?: string;
  readonly planner?: Partial<PlannerOptions>;
  readonly terrain?: AppDeps["terrain"];
  /** Stands between the application and its planner; default: what the stand puts there. */
  readonly wrapPlanner?: WrapPlanner;
}

/** The product's application over a region, with a planner in this thread, without a socket. */
export async function openProvokedApp(
  stand: ProvocationStand,
  options: ProvokedAppOptions = {},
): Promise<ProvokedApp> {
  const { directory = stand.directory, terrain, wrapPlanner = stand.wrapPlanner } = options;
  const served = await openRegionApp(
    directory,
    async (region) => {
      const given = { now: monotonicMs, evaluates: true, ...options.planner };
      return servingPlanner(wrapPlanner(createRoutePlanner(region, given)));
    },
    { logger: SILENT, ...(terrain === undefined ? {} : { terrain }) },
  );
  stand.atEnd(() => served.close());
  return askable(served.app);
}

/** An application as something to ask. */
export function askable(app: RegionApp["app"]): ProvokedApp {
  const request = async (path: string, init?: RequestInit): Promise<unknown> =>
    codeOf(await app.request(path, init));
  return {
    request,
    post: (path, body, headers = {}) =>
      request(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
  };
}

/** Faults that are provoked are nobody's to read. */
export const SILENT: Logger = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** The reason code of an answer; a text that is none where its status is not that of the code. */
async function codeOf(response: Response): Promise<unknown> {
  const { reasonCode } = (await response.json()) as { readonly reasonCode?: string };
  if (reasonCode === undefined || !isReasonCode(reasonCode)) return `status ${response.status}`;
  const { status } = REASON_HTTP[reasonCode];
  return response.status === status ? reasonCode : `${reasonCode} with status ${response.status}`;
}

function servingPlanner(planner: RoutePlanner): ServingPlanner {
  return withBodies({
    summary: planner.summary,
    planPareto: async (request: PlanRequest) => planner.planPareto(request),
    planRoute: async (request: PlanRequest) => planner.planRoute(request),
    planFinalists: async (request: PlanRequest) => planner.planFinalists(request),
    planFinalist: async (request: PlanRequest) => planner.planFinalist(request),
  });
}
