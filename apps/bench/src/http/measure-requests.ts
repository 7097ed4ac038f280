import { NO_ROUTE_CODES } from "@gradeway/reason-codes";
import { reasonText } from "@gradeway/quality-gates";

import { type Distribution, distributionOf, percentileOf } from "../distribution.ts";
import { type Operation, requestOf } from "../operations.ts";
import type { TripPair } from "../random-pairs.ts";
import type { ServerProcess } from "./server-process.ts";

/** What is asked over HTTP. */
export interface HttpOperation extends Pick<Operation, "id" | "title"> {
  readonly path: string;
  readonly fields: object;
  /** Target of the design for the P95, ms. */
  readonly targetMs: number;
}

/** Every operation with everything that an answer can hold. */
export const HTTP_OPERATIONS: readonly HttpOperation[] = [
  { id: "route", title: "POST /route", path: "/route", fields: {}, targetMs: 3 },
  {
    id: "pareto-1pct",
    title: "POST /pareto within 1 %",
    path: "/pareto",
    fields: { epsilon: 0.01 },
    targetMs: 25,
  },
  {
    id: "pareto-exact",
    title: "POST /pareto exact",
    path: "/pareto",
    fields: { epsilon: 0 },
    targetMs: 50,
  },
];

/** One operation over many trips. Times are of trips that got a route. */
export interface HttpResult extends Pick<HttpOperation, "id" | "title" | "targetMs"> {
  readonly trips: number;
  readonly answered: number;
  /** Trips without a route by reason code; these are right answers. */
  readonly withoutRoute: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
  /** From sending to the last byte, on the client's clock. */
  readonly latencyMs: Distribution;
  readonly p99Ms: number;
  /** Processor time of the server per request, with what telling it takes. */
  readonly serverCpuMs: Distribution;
  readonly answerKb: Distribution;
}

/** Sends an operation for each trip, one after another on one connection. */
export async function measureRequests(
  server: ServerProcess,
  operation: HttpOperation,
  trips: readonly TripPair[],
  now: () => number,
  progress: (done: number) => void,
): Promise<HttpResult> {
  const { id, title, path, fields, targetMs } = operation;
  const wallMs: number[] = [];
  const cpu: number[] = [];
  const kilobytes: number[] = [];
  const withoutRoute: Record<string, number> = {};
  const failures: string[] = [];
  for (const [number, trip] of trips.entries()) {
    progress(number);
    const body = JSON.stringify({ ...requestOf(trip), ...fields });
    try {
      const cpuAtMs = await server.cpuMs();
      const startedAtMs = now();
      const response = await fetch(`${server.url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      const text = await response.text();
      const tookMs = now() - startedAtMs;
      const usedMs = (await server.cpuMs()) - cpuAtMs;
      if (response.ok) {
        wallMs.push(tookMs);
        cpu.push(usedMs);
        kilobytes.push(text.length / 1000);
        continue;
      }
      const { reasonCode, detail } = JSON.parse(text) as Record<string, string>;
      if (reasonCode === undefined || !NO_ROUTE_CODES.has(reasonCode)) {
        failures.push(`${id} ${body}: ${response.status} ${reasonCode}: ${detail}`);
      } else withoutRoute[reasonCode] = (withoutRoute[reasonCode] ?? 0) + 1;
    } catch (error) {
      failures.push(`${id} ${body}: ${reasonText(error)}`);
    }
  }
  return {
    id,
    title,
    targetMs,
    trips: trips.length,
    answered: wallMs.length,
    withoutRoute,
    failures,
    latencyMs: distributionOf(wallMs),
    p99Ms: percentileOf(wallMs, 0.99),
    serverCpuMs: distributionOf(cpu),
    answerKb: distributionOf(kilobytes),
  };
}
