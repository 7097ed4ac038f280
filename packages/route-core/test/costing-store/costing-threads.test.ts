import { Worker } from "node:worker_threads";

import { afterEach, describe, expect, it } from "vitest";

import { costingStats, releaseMember } from "../../src/costing-store/costing-memory.ts";
import type { ParetoAnswer, PlanRequest } from "../../src/planner/plan-types.ts";
import { createCostingMemory } from "../../src/planner/region-costings.ts";
import { createRoutePlanner } from "../../src/planner/route-planner.ts";
import { regionOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import type { PlannerWorkerData } from "./planner-worker.ts";

const FILE = new URL("planner-worker.ts", import.meta.url);
/** The first look at the clock is that of the planner, the second while weights are being made. */
const WHILE_FILLING = 2;
const NOT_AT_ALL = -1;

const { graph, drawing } = await randomNetwork(3);
const region = regionOf(graph);
const trip: PlanRequest = { origin: drawing.position("A"), destination: drawing.position("I") };
const requests = [101, 102, 103].map((payloadKg) => ({ ...trip, payloadKg }));
const alone = createRoutePlanner(region, { now: () => 0 });
const expected = requests.map((request) => alone.planPareto(request));

const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

function start(data: Omit<PlannerWorkerData, "region">) {
  const worker = new Worker(FILE, { workerData: { region, ...data } });
  workers.push(worker);
  const stopped = Promise.withResolvers<void>();
  const answers = Promise.withResolvers<readonly ParetoAnswer[]>();
  // Whatever is not waited for may fail when its thread is ended.
  answers.promise.catch(() => undefined);
  worker.on("message", (message: "stopped" | readonly ParetoAnswer[]) => {
    if (message === "stopped") stopped.resolve();
    else answers.resolve(message);
  });
  worker.on("error", (error) => {
    stopped.reject(error);
    answers.reject(error);
  });
  return { worker, stopped: stopped.promise, answers: answers.promise };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

const gateOf = (): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(4));

function open(gate: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
}

describe("threads that share costings", () => {
  it("make weights once that both ask for at the same time", async () => {
    const memory = createCostingMemory(region, { members: 2 });
    const gate = gateOf();
    const common = { memory, requests: requests.slice(0, 1), gate };
    const first = start({ ...common, token: 1, stopAtLook: WHILE_FILLING });
    await first.stopped;
    const second = start({ ...common, token: 2, stopAtLook: NOT_AT_ALL });
    await until(() => costingStats(memory).waits === 1);
    expect(costingStats(memory)).toMatchObject({ builds: 0, misses: 2, held: 0 });
    open(gate);
    expect(await first.answers).toEqual(expected.slice(0, 1));
    expect(await second.answers).toEqual(expected.slice(0, 1));
    expect(costingStats(memory)).toMatchObject({ builds: 1, privateBuilds: 0, held: 1 });
  });

  it("go on when one of them ends in the middle of making weights", async () => {
    const memory = createCostingMemory(region, { members: 2 });
    const common = { memory, requests, gate: gateOf() };
    const first = start({ ...common, token: 1, stopAtLook: WHILE_FILLING });
    await first.stopped;
    const second = start({ ...common, token: 2, stopAtLook: NOT_AT_ALL });
    await until(() => costingStats(memory).waits === 1);
    await first.worker.terminate();
    releaseMember(memory, 1);
    expect(await second.answers).toEqual(expected);
    expect(costingStats(memory)).toMatchObject({ builds: 3, privateBuilds: 0, held: 3 });
  });

  it("answer as a planner alone while they push each other out of too little memory", async () => {
    const memory = createCostingMemory(region, { members: 3, maxBytes: 1 });
    expect(memory.slotCount).toBe(1);
    const many = Array.from({ length: 40 }, (_, turn) => requests[turn % 3]!);
    const gate = gateOf();
    const threads = [1, 2, 3].map((token) =>
      start({ memory, gate, token, requests: many, stopAtLook: 1 }),
    );
    await Promise.all(threads.map(({ stopped }) => stopped));
    open(gate);
    for (const { answers } of threads) {
      expect(await answers).toEqual(many.map((_, turn) => expected[turn % 3]));
    }
    const { hits, misses, builds, evictions, privateBuilds } = costingStats(memory);
    expect(hits + misses).toBe(3 * 40);
    expect(builds + privateBuilds).toBeLessThanOrEqual(misses);
    expect(evictions).toBe(builds - 1);
  });
});
