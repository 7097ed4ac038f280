import type { ClaimedRoute, FrontSolver, Trial } from "@gradeway/quality-gates";
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

const UNLIMITED: SearchBudget = { now: () => 0, deadlineAtMs: Infinity, maxBytes: Infinity };

/** The exact kernel as the dominance gate asks it. */
export const solveExactly: FrontSolver = (trial) =>
  claimsOf(exactSearch(spaceOf(trial), trial.query, UNLIMITED));

/** The 1 % kernel as the dominance gate asks it. */
export const solveWithinOnePercent: FrontSolver = (trial) =>
  claimsOf(epsilonSearch(spaceOf(trial), trial.query, 0.01, UNLIMITED));

function spaceOf({ network: { arcs, bans, paths, nodeCount } }: Trial): SearchSpace {
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

function claimsOf({ status, costs, paths }: SearchResult): ClaimedRoute[] {
  if (status !== "complete") throw new Error(`the search ended with ${status}`);
  return paths.map((path, k) => ({
    costs: [costs[3 * k]!, costs[3 * k + 1]!, costs[3 * k + 2]!],
    path: [...path],
  }));
}
