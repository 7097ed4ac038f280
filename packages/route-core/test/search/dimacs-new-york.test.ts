import { describe, expect, it } from "vitest";

import { exactSearch } from "../../src/search/exact-search.ts";
import { buildSearchGraph, INF, type SearchGraph } from "../../src/search/search-graph.ts";
import { NO_ARC, type SearchQuery } from "../../src/search/search-query.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { buildTurnBans } from "../../src/search/turn-bans.ts";
import { hasNewYork, newYorkFronts, readNewYork } from "../new-york.ts";
import { UNLIMITED } from "./results.ts";

const ROWS = 6;

/** Each arc is an edge of its own, without a way back. */
function newYork(): SearchGraph {
  const { nodeCount, tails, heads, costs } = readNewYork();
  const arcIdCount = tails.length * 2;
  const spread = (nodes: Int32Array): Int32Array =>
    Int32Array.from({ length: arcIdCount }, (_, id) => (id % 2 === 0 ? nodes[id / 2]! : 0));
  const spreadCosts = new Int32Array(arcIdCount * 3).fill(INF);
  for (let arc = 0; arc < tails.length; arc++) {
    spreadCosts.set(costs.subarray(arc * 3, arc * 3 + 3), arc * 6);
  }
  return buildSearchGraph({
    nodeCount,
    tails: spread(tails),
    heads: spread(heads),
    costs: spreadCosts,
    restricted: new Uint8Array(arcIdCount),
    turnBans: buildTurnBans(arcIdCount, []),
  });
}

function fromTo(source: number, target: number): SearchQuery {
  return {
    starts: [{ node: source - 1, arcId: NO_ARC, costs: [0, 0, 0] }],
    ends: [{ node: target - 1, arcId: NO_ARC, costs: [0, 0, 0] }],
    direct: [],
    openArcs: new Int32Array(0),
  };
}

describe.skipIf(!hasNewYork)("DIMACS New York, three objectives", () => {
  it("finds fronts of the published sizes", () => {
    const rows = newYorkFronts(ROWS);
    const space = createSearchSpace(newYork());
    const sizes = rows.map(
      ([source, target]) => exactSearch(space, fromTo(source!, target!), UNLIMITED).paths.length,
    );
    expect(sizes).toEqual(rows.map(([, , size]) => size));
  });
});
