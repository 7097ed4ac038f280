import type { LonLat, ParetoAnswer, PlanRequest, RegionSummary } from "@gradeway/route-core";

import type { Problem } from "../src/http/problem.ts";

/** A trip worth showing first. */
export interface DemoTrip {
  readonly origin: LonLat;
  readonly destination: LonLat;
  readonly vehicle?: string;
  readonly payloadKg?: number;
}

/** Answer of `GET /region`. */
export type Region = RegionSummary & {
  /** Id of the vehicle that plans when none is named. */
  readonly defaultVehicle: string;
  readonly demo?: DemoTrip;
};

/** An answer without the figures that differ from run to run. */
export type Front = Omit<ParetoAnswer, "diagnostics">;

/** The part of a problem that people need. */
export type Fault = Pick<Problem, "title" | "detail" | "remedy"> & {
  readonly reasonCode: string;
  readonly instance?: string;
};

/** An answer that is a problem document. */
export class ApiError extends Error {
  readonly fault: Fault;
  readonly retryAfterS: number | undefined;

  constructor(fault: Fault, retryAfterS?: number) {
    super(fault.detail);
    this.fault = fault;
    this.retryAfterS = retryAfterS;
  }
}

/** What to tell about anything that went wrong. */
export function faultOf(error: unknown): Fault {
  return error instanceof ApiError
    ? error.fault
    : {
        title: "The server cannot be reached",
        detail: error instanceof Error ? error.message : String(error),
        remedy: "Check that the server is running, then plan again.",
        reasonCode: "network_error",
      };
}

/** Loads the region; waits as long as the server is still loading it. */
export async function loadRegion(onWaiting: () => void): Promise<Region> {
  for (;;) {
    try {
      return await read<Region>(await fetch("./region"));
    } catch (error) {
      const isWarming =
        error instanceof ApiError && error.fault.reasonCode === "routing_graph_warming_up";
      if (!isWarming) {
        throw error;
      }
      onWaiting();
      await new Promise((resolve) => setTimeout(resolve, (error.retryAfterS ?? 2) * 1000));
    }
  }
}

/** Asks for the front of a trip. */
export async function planPareto(request: PlanRequest, signal: AbortSignal): Promise<Front> {
  const response = await fetch("./pareto", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
    signal,
  });
  return read<Front>(response);
}

/** The request as a command line for a terminal. */
export function asCurl(request: PlanRequest, pageUrl: string): string {
  const url = new URL("./pareto", pageUrl).href;
  // A single quote cannot stand in JSON written here: numbers, known words and vehicle ids only.
  const json = JSON.stringify(request).replaceAll("'", String.raw`\u0027`);
  return `curl -sS '${url}' -H 'content-type: application/json' -d '${json}'`;
}

async function read<T>(response: Response): Promise<T> {
  const type = response.headers.get("content-type") ?? "";
  if (!type.includes("json")) {
    throw new Error(`The server answered ${response.status} without JSON.`);
  }
  if (response.ok) {
    // The page and the API are built from the same types and served by the same process.
    const body: T = await response.json();
    return body;
  }
  const fault: Fault = await response.json();
  const waitS = Number(response.headers.get("retry-after"));
  throw new ApiError(fault, waitS > 0 ? waitS : undefined);
}
