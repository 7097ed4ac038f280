import { textTable } from "@gradeway/quality-gates";

import { shown } from "./distribution.ts";
import type { OperationResult } from "./measure-operation.ts";
import type { RegionUnderTest } from "./region-under-test.ts";

const HEAD = ["", "answered", "P50 ms", "P95 ms", "max ms", "routes P50", "P95", "max"];
const LABEL_HEAD = ["labels P50", "P95", "max", "no route", "failed"];

/** One row per operation. */
export function operationsTable(operations: readonly OperationResult[]): string {
  const rows = operations.map((result) => {
    const withoutRoute = Object.values(result.withoutRoute).reduce((sum, n) => sum + n, 0);
    return [
      result.title,
      String(result.answered),
      ...shown(result.latencyMs, 2),
      ...shown(result.routes, 0),
      ...shown(result.labels, 0),
      `${((100 * withoutRoute) / result.trips).toFixed(1)} %`,
      String(result.failures.length),
    ];
  });
  const head = [...HEAD, ...LABEL_HEAD];
  return textTable([head, ...rows], new Set([...head.keys()].slice(1)));
}

/** Reason codes of trips without a route; they are the same trips in every operation. */
export function withoutRouteText(
  operations: readonly Pick<OperationResult, "withoutRoute">[],
): string {
  const entries = Object.entries(operations[0]?.withoutRoute ?? {});
  const codes = entries.map(([code, count]) => `${count} ${code}`);
  return codes.length === 0 ? "every trip has a route" : `without a route: ${codes.join(", ")}`;
}

/** A region in one line. */
export function regionText(facts: RegionUnderTest["facts"]): string {
  const { name, nodes, edges, graphSha256 } = facts;
  return `${name}: ${nodes} nodes, ${edges} edges, graph ${graphSha256.slice(0, 12)}`;
}
