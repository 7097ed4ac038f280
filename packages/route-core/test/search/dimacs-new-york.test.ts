import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

import { findDataDir } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { exactSearch } from "../../src/search/exact-search.ts";
import { buildSearchGraph, INF, type SearchGraph } from "../../src/search/search-graph.ts";
import { NO_ARC, type SearchQuery } from "../../src/search/search-query.ts";
import { createSearchSpace } from "../../src/search/search-space.ts";
import { buildTurnBans } from "../../src/search/turn-bans.ts";
import { UNLIMITED } from "./results.ts";

const NODES = 264_346;
const ROWS = 6;

const dataDir = findDataDir();
const folder = dataDir === undefined ? undefined : path.join(dataDir, "dimacs-ny");
const available =
  folder !== undefined && existsSync(path.join(folder, "three-objective-fronts.csv"));
if (!available) {
  process.stdout.write("dimacs-ny skipped: no data folder; set GRADEWAY_DATA_DIR\n");
}

/** `a <tail> <head> <weight>` lines, 1-based. */
function arcLines(file: string): string[][] {
  const text = gunzipSync(readFileSync(path.join(folder!, file))).toString();
  return text.split("\n").flatMap((line) => (line.startsWith("a ") ? [line.split(" ")] : []));
}

/** Distance, time and 1 per arc; the first of parallel arcs; each arc is an edge of its own. */
function newYork(): SearchGraph {
  const distances = arcLines("USA-road-d.NY.gr.gz");
  const times = arcLines("USA-road-t.NY.gr.gz");
  const arcIdCount = distances.length * 2;
  const tails = new Int32Array(arcIdCount);
  const heads = new Int32Array(arcIdCount);
  const costs = new Int32Array(arcIdCount * 3).fill(INF);
  const seen = new Set<number>();
  for (const [k, [, tail, head, distance]] of distances.entries()) {
    const from = Number(tail) - 1;
    const to = Number(head) - 1;
    if (seen.has(from * NODES + to)) continue;
    seen.add(from * NODES + to);
    tails[k * 2] = from;
    heads[k * 2] = to;
    costs.set([Number(distance), Number(times[k]![3]), 1], k * 6);
  }
  return buildSearchGraph({
    nodeCount: NODES,
    tails,
    heads,
    costs,
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

describe.skipIf(!available)("DIMACS New York, three objectives", () => {
  it("finds fronts of the published sizes", () => {
    const rows = readFileSync(path.join(folder!, "three-objective-fronts.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1, ROWS + 1)
      .map((line) => line.split(",").map(Number));
    const space = createSearchSpace(newYork());
    const sizes = rows.map(
      ([source, target]) => exactSearch(space, fromTo(source!, target!), UNLIMITED).paths.length,
    );
    expect(sizes).toEqual(rows.map(([, , size]) => size));
  });
});
