import { expect } from "vitest";

import type { SearchBudget } from "../../src/search/search-budget.ts";
import type { SearchResult } from "../../src/search/search-result.ts";
import { drive } from "./brute-force.ts";
import type { SmallCase } from "./small-network.ts";

export const UNLIMITED: SearchBudget = {
  now: () => 0,
  deadlineAtMs: Infinity,
  maxBytes: Infinity,
};

export function vectorsOf(result: SearchResult): number[][] {
  const { paths, costs, objectiveCount: width } = result;
  return paths.map((_, k) => [...costs.subarray(k * width, (k + 1) * width)]);
}

/** Every path is legal and costs what the result says; the status and the flag agree. */
export function expectRealRoutes(made: SmallCase, result: SearchResult): void {
  expect(result.status).toBe("complete");
  expect(result.unreachable).toBe(result.paths.length === 0);
  expect(result.costs.length).toBe(result.paths.length * result.objectiveCount);
  expect(result.paths.map((path) => drive(made, path))).toEqual(vectorsOf(result));
}
