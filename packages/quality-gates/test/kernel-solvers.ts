import {
  buildSearchGraph,
  buildTurnBans,
  createSearchSpace,
  epsilonSearch,
  exactSearch,
  INF,
  type SearchBudget,
  type SearchResult,
  type SearchSpace,
} from "@gradeway/route-core/search";

import type { ClaimedRoute, FrontSolver, Trial } from "../src/index.ts";

const BUDGET: SearchBudget = { now: () => 0, deadlineAtMs: Infinity, maxBytes: Infinity };

function spaceOf({ network }: Trial): SearchSpace {
  const { arcs, bans, paths, nodeCount } = network;
  const turns = bans.map(([arcIn, arcOut]) => ({ arcIn, arcOut }));
  return createSearchSpace(
    buildSearchGraph({
      nodeCount,
      tails: Int32Array.from(arcs, (arc) => arc?.tail ?? 0),
      heads: Int32Array.from(arcs, (arc) => arc?.head ?? 0),
      costs: Int32Array.from(arcs.flatMap((arc) => arc?.costs ?? [INF, INF, INF])),
      restricted: Uint8Array.from(arcs, (arc) => Number(arc?.restricted === true)),
      turnBans: buildTurnBans(arcs.length, turns, paths),
    }),
  );
}

function routesOf({ costs, paths }: SearchResult): ClaimedRoute[] {
  return paths.map((path, k) => ({
    costs: [costs[3 * k]!, costs[3 * k + 1]!, costs[3 * k + 2]!],
    path: [...path],
  }));
}

export const solveExactly: FrontSolver = (trial) =>
  routesOf(exactSearch(spaceOf(trial), trial.query, BUDGET));

export const solveWithinOnePercent: FrontSolver = (trial) =>
  routesOf(epsilonSearch(spaceOf(trial), trial.query, 0.01, BUDGET));
