import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { INF } from "@gradeway/route-core/hierarchy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { readDimacsNetwork } from "../src/hierarchy/dimacs-network.ts";
import { hierarchyGates } from "../src/hierarchy/hierarchy-gates.ts";
import { METRICS, type MeasuredNetwork } from "../src/hierarchy/measured-network.ts";
import { createBoundedSearch, createOneToAll } from "../src/hierarchy/plain-search.ts";
import type { HierarchyResult } from "../src/hierarchy/run-hierarchy.ts";
import { writeDimacsGrid } from "./dimacs-folder.ts";

const MAIN = path.resolve(import.meta.dirname, "../src/main.ts");
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "gradeway-dimacs-"));
  await writeDimacsGrid(folder, (distance) => distance * 2);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function bench(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const nodeArgs = ["--conditions=@gradeway/source", MAIN, "hierarchy", ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, nodeArgs, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

/** Distances by relaxing every arc until nothing changes. */
function bellmanFord(network: MeasuredNetwork, metric: number, source: number): number[] {
  const { nodeCount, tails, heads } = network.shape;
  const distance = Array.from({ length: nodeCount }, () => INF);
  distance[source] = 0;
  for (let changed = true; changed;) {
    changed = false;
    for (let arc = 0; arc < tails.length; arc++) {
      const reached = distance[tails[arc]!]! + network.costs[arc * METRICS + metric]!;
      if (network.closed[arc] === 1 || reached >= distance[heads[arc]!]!) continue;
      distance[heads[arc]!] = reached;
      changed = true;
    }
  }
  return distance;
}

describe("networks to measure", () => {
  it("reads a DIMACS graph, of parallel arcs the first", async () => {
    const network = await readDimacsNetwork(folder);
    expect(network.shape.nodeCount).toBe(400);
    expect(network.shape.tails.length).toBe(1520);
    const [time, distance, hops] = network.costs;
    expect([time, hops]).toEqual([2 * distance!, 1]);
    expect(distance).toBeGreaterThan(0);
    expect([network.shape.x[21], network.shape.y[21]]).toEqual([1000, 1000]);
  });

  it("has a Dijkstra and an A* that are right", async () => {
    const read = await readDimacsNetwork(folder);
    const closed = Uint8Array.from(read.closed, (_, arc) => (arc % 5 === 0 ? 1 : 0));
    const network = { ...read, closed };
    for (let metric = 0; metric < METRICS; metric++) {
      const wanted = bellmanFord(network, metric, 7);
      const oneToAll = createOneToAll(network, metric);
      expect([...oneToAll(7)]).toEqual(wanted);
      const toTarget = createBoundedSearch(network, metric);
      const backward = { ...network.shape, tails: network.shape.heads, heads: network.shape.tails };
      const rest = bellmanFord({ ...network, shape: backward }, metric, 333);
      expect(toTarget(7, 333, (node) => rest[node]!).distance).toBe(wanted[333]);
      expect(toTarget(7, 333, () => 0).distance).toBe(wanted[333]);
    }
  });
});

describe("bench hierarchy", () => {
  it("measures, compares with Dijkstra and writes a report", async () => {
    const json = path.join(folder, "report.json");
    const asked = ["--dimacs", folder, "--pairs", "200", "--enforce"];
    const { code, stdout } = await bench(...asked, "--json", json);
    expect(stdout).toContain("400 nodes");
    expect(stdout).toContain("200 pairs compared with Dijkstra in 3 metrics: 0 differences");
    expect(stdout).toContain("verdict: pass");
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(json, "utf8"))).toMatchObject({
      status: "pass",
      isSameOrder: true,
      threads: 2,
      agreement: { pairs: 200, differences: 0, unreachable: 0 },
      queries: [{ title: "distance, basic", timesUs: { count: 200 } }, {}, {}, {}, {}, {}, {}],
    });
  });

  it.each([
    [[], "give either --dimacs or --region"],
    [["--dimacs", "a", "--region", "b"], "give either --dimacs or --region"],
    [["--dimacs", "no-such-folder"], "--dimacs: no"],
    [["--region", "no-such-folder"], "asset_missing"],
    [["--dimacs", "x", "--pairs", "0"], "--pairs: expected a whole number from 1"],
  ])("answers %j with exit code 2 and a reason", async (args, reason) => {
    const { code, stderr } = await bench(...args);
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
  });

  it("fails on a wrong distance, an order that depends on threads, and each budget", async () => {
    const good = {
      network: { name: "", nodes: 264_346, arcs: 730_100 },
      order: { cpuMs: 1000, wallMs: 1000 },
      dijkstra: { cpuMs: 10, wallMs: 10 },
      build: { cpuMs: 100, wallMs: 100 },
      customizeThree: { cpuMs: 100, wallMs: 100 },
      hierarchyArcs: 1_430_675,
      isSameOrder: true,
      threads: 2,
      agreement: { pairs: 1, differences: 0, unreachable: 0 },
      peakRssMb: 100,
    } as unknown as HierarchyResult;
    const failed = async (changes: Partial<HierarchyResult>): Promise<string[]> => {
      const verdict = await runGates(hierarchyGates({ ...good, ...changes }), { now: () => 0 });
      return verdict.results.filter(({ status }) => status !== "pass").map(({ id }) => id);
    };
    expect(await failed({})).toEqual([]);
    expect(await failed({ agreement: { pairs: 9, differences: 1, unreachable: 0 } })).toEqual([
      "hierarchy-distances",
    ]);
    expect(await failed({ isSameOrder: false })).toEqual(["hierarchy-same-order"]);
    expect(await failed({ hierarchyArcs: 1_430_676 })).toEqual(["hierarchy-arcs"]);
    expect(await failed({ order: { cpuMs: 1101, wallMs: 1 } })).toEqual(["hierarchy-order-time"]);
    expect(await failed({ peakRssMb: 5000 })).toEqual(["hierarchy-memory"]);
    expect(await failed({ build: { cpuMs: 95_000, wallMs: 1 } })).toEqual([
      "hierarchy-preparation",
    ]);
  });
});
