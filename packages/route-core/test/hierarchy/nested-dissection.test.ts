import { once } from "node:events";
import { Worker } from "node:worker_threads";

import { createSeededRandom } from "@gradeway/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dissect } from "../../src/hierarchy/dissect.ts";
import type { DissectionStep } from "../../src/hierarchy/dissection-task.ts";
import {
  type DissectionRunner,
  nestedDissection,
  nestedDissectionWith,
} from "../../src/hierarchy/nested-dissection.ts";
import type { NetworkShape } from "../../src/hierarchy/network-shape.ts";
import { hierarchyOf, smallGraph, town } from "./arc-graphs.ts";

function isPermutation(order: Int32Array, nodeCount: number): boolean {
  return order.length === nodeCount && new Set(order).size === nodeCount && !order.includes(-1);
}

/** Threads that take one job at a time each. */
async function withWorkers<T>(count: number, use: (runner: DissectionRunner) => Promise<T>) {
  const file = new URL("dissection-worker.ts", import.meta.url);
  const idle = Array.from({ length: count }, () => new Worker(file));
  const workers = [...idle];
  const waiting: ((worker: Worker) => void)[] = [];
  const jobs = workers.map(() => 0);
  try {
    const result = await use(async (job) => {
      const worker = idle.pop() ?? (await new Promise<Worker>((resolve) => waiting.push(resolve)));
      jobs[workers.indexOf(worker)]!++;
      const answer = once(worker, "message");
      worker.postMessage(job, []);
      const [step] = (await answer) as [DissectionStep];
      const next = waiting.shift();
      if (next === undefined) idle.push(worker);
      else next(worker);
      return step;
    });
    return { result, jobs };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** A network that no few nodes part: every node is joined to four others anywhere. */
function tangle(nodeCount: number): NetworkShape {
  const random = createSeededRandom(5);
  const ends = Array.from({ length: 4 * nodeCount }, () => random.integer(0, nodeCount - 1));
  return {
    nodeCount,
    tails: Int32Array.from(ends, (_, k) => k >> 2),
    heads: Int32Array.from(ends),
    x: Int32Array.from(ends.slice(0, nodeCount)),
    y: new Int32Array(nodeCount),
  };
}

describe("nestedDissection", () => {
  it("orders every node once, whatever the graph", () => {
    fc.assert(
      fc.property(smallGraph(30), (graph) => {
        expect(isPermutation(nestedDissection(graph), graph.nodeCount)).toBe(true);
      }),
    );
  });

  it("orders towns so that a grid's hierarchy grows little faster than the grid", () => {
    const perNode = [16, 32, 64].map((side) => {
      const shape = town(side, 1);
      const order = nestedDissection(shape);
      expect(isPermutation(order, shape.nodeCount)).toBe(true);
      return hierarchyOf(shape).arcCount / shape.nodeCount;
    });
    // In nested dissection a doubling of the side adds a constant to the arcs per node (A. George,
    // SIAM J. Numer. Anal. 10 (1973)); row by row it would double them, to about 64 here.
    expect(perNode[1]! - perNode[0]!).toBeLessThan(4);
    expect(perNode[2]! - perNode[1]!).toBeLessThan(4);
    expect(perNode[2]).toBeLessThan(16);
  });

  it("copes with a tangle, with islands, and with nodes that all lie in one place", () => {
    const tangled = tangle(3000);
    expect(isPermutation(nestedDissection(tangled), 3000)).toBe(true);
    const one = town(30, 2);
    const heap = { ...one, x: new Int32Array(900), y: new Int32Array(900) };
    expect(isPermutation(nestedDissection(heap), 900)).toBe(true);
    const islands: NetworkShape = {
      nodeCount: 2000,
      tails: Int32Array.from([...one.tails, ...one.tails.map((tail) => tail + 950)]),
      heads: Int32Array.from([...one.heads, ...one.heads.map((head) => head + 950)]),
      x: Int32Array.from({ length: 2000 }, (_, node) => one.x[node % 950] ?? 0),
      y: Int32Array.from({ length: 2000 }, (_, node) => one.y[node % 950] ?? 0),
    };
    expect(isPermutation(nestedDissection(islands), 2000)).toBe(true);
  });

  it("gives the same order for any runner, any number of threads and any size of jobs", async () => {
    const shape = town(50, 3);
    const order = nestedDissection(shape);
    for (const [threads, stepsAbove] of [
      [1, 400],
      [2, 150],
    ] as const) {
      const { result, jobs } = await withWorkers(threads, (run) =>
        nestedDissectionWith(shape, ({ task }) => run({ task, stepsAbove })),
      );
      expect(result).toEqual(order);
      expect(jobs.length).toBe(threads);
      expect(Math.min(...jobs)).toBeGreaterThan(2);
    }
    expect(await nestedDissectionWith(shape, async ({ task }) => dissect(task))).toEqual(order);
  });

  it("refuses a shape without positions and nodes out of range", () => {
    const shape = town(5, 4);
    expect(() => nestedDissection({ ...shape, x: new Int32Array(24) })).toThrow(RangeError);
    expect(() => nestedDissection({ ...shape, nodeCount: 24 })).toThrow(RangeError);
  });
});
