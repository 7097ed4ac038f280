import { isReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { ArrayArena, newArrays } from "../../src/array-taker.ts";
import { costingStats } from "../../src/costing-store/costing-memory.ts";
import { costingByteLength } from "../../src/costing-store/costing-size.ts";
import type { PlanRequest } from "../../src/planner/plan-types.ts";
import { openHierarchy } from "../../src/planner/open-hierarchy.ts";
import { createPreparation } from "../../src/planner/prepare-costing.ts";
import { createCostingMemory } from "../../src/planner/region-costings.ts";
import { createRoutePlanner, type PlannerOptions } from "../../src/planner/route-planner.ts";
import { buildFromAscii, regionOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { BATTERY_ARTIC, RATES, SPEED_RULES, VAN, VEHICLES } from "../vehicles.ts";

const { graph, drawing } = await randomNetwork(3);
const region = regionOf(graph);
const trip: PlanRequest = { origin: drawing.position("A"), destination: drawing.position("I") };
const now = (): number => 0;

/** Requests of every vehicle with payloads and objectives of their own. */
const requests: readonly PlanRequest[] = Array.from({ length: 24 }, (_, number) => ({
  ...trip,
  vehicle: VEHICLES[number % 3]!.id,
  payloadKg: 100 + number,
  ...(number % 4 === 0 ? { objectives: ["time", "co2e"] } : {}),
}));

const freshAnswer = (request: PlanRequest): unknown =>
  createRoutePlanner(region, { now }).planPareto(request);

describe("weights in shared memory", () => {
  it("are those that a planner makes for itself", () => {
    const { hierarchy: _, ...plain } = region;
    for (const one of [region, plain]) {
      const memory = createCostingMemory(one, { members: 2 });
      const options = (token: number): PlannerOptions => ({
        now,
        sharedCostings: { memory, token },
      });
      const [maker, reader] = [1, 2].map((token) => createRoutePlanner(one, options(token)));
      for (const request of requests) {
        const answer = maker!.planPareto(request);
        expect(answer).toEqual(freshAnswer(request));
        expect(reader!.planPareto(request)).toEqual(answer);
      }
      expect(costingStats(memory)).toMatchObject({ hits: 24, builds: 24, privateBuilds: 0 });
    }
  });

  it("take the memory that is said, every road open", async () => {
    const { graph: open } = await buildFromAscii("A---B---C\n|       |\nD-------E", {
      gridM: 100,
      ways: { AB: {}, BC: {}, CE: {}, DE: {}, AD: {} },
    });
    const { graph: bytes, hierarchy } = regionOf(open);
    for (const opened of [undefined, openHierarchy(hierarchy!, bytes)]) {
      const said = costingByteLength(open, opened);
      const arena = new ArrayArena(new Uint8Array(said), false);
      // A battery and a wind take the most.
      const inputs = {
        vehicle: BATTERY_ARTIC,
        payloadKg: 0,
        rules: SPEED_RULES,
        rates: { ...RATES, electricity: { perKwh: 0.2, wttKgPerKwh: 0.3 } },
        weather: { wind: { speedMps: 5, fromDeg: 30 } },
        objectiveMask: 7,
      };
      createPreparation(open, opened)(inputs, arena, () => undefined);
      // All nodes are one part; there is room for as many parts as nodes, and for 32 gaps.
      const unused = 4 * (open.nodeCount - 1);
      expect(said - arena.usedBytes).toBeGreaterThanOrEqual(unused);
      expect(said - arena.usedBytes).toBeLessThanOrEqual(unused + 32 * 8);
    }
  });

  it("stay as they are while a search uses them, however many others come and go", () => {
    const memory = createCostingMemory(region, { members: 3, maxBytes: 1 });
    const sized = createCostingMemory(region, {
      members: 3,
      maxBytes: 2 * costingStats(memory).bytesPerCosting,
    });
    expect(sized.slotCount).toBe(2);
    const guests = [2, 3].map((token) =>
      createRoutePlanner(region, { now, sharedCostings: { memory: sized, token } }),
    );
    /** A long search: others are planned whenever it looks at its clock with its weights ready. */
    let visits = -1;
    const host = createRoutePlanner(region, {
      now() {
        if (visits >= 0 && costingStats(sized).held > 0) {
          const request = requests[visits++ % requests.length]!;
          expect(guests[visits % 2]!.planPareto(request)).toEqual(freshAnswer(request));
        }
        return 0;
      },
      sharedCostings: { memory: sized, token: 1 },
    });
    visits = 0;
    for (const request of requests) {
      expect(host.planPareto(request)).toEqual(freshAnswer(request));
    }
    expect(visits).toBeGreaterThan(40);
    const { evictions, privateBuilds, builds, misses } = costingStats(sized);
    expect(evictions).toBeGreaterThan(40);
    expect(privateBuilds).toBe(0);
    expect(builds).toBe(misses);
  });

  it("are made for one request where all that are kept are in use", () => {
    const memory = createCostingMemory(region, { members: 2, maxBytes: 1 });
    const guest = createRoutePlanner(region, { now, sharedCostings: { memory, token: 2 } });
    const [request, other] = requests;
    let visited = 0;
    const host = createRoutePlanner(region, {
      now() {
        if (costingStats(memory).held === 1) {
          visited++;
          expect(guest.planPareto(other!)).toEqual(freshAnswer(other!));
        }
        return 0;
      },
      sharedCostings: { memory, token: 1 },
    });
    expect(host.planPareto(request!)).toEqual(freshAnswer(request!));
    expect(visited).toBeGreaterThan(0);
    expect(costingStats(memory)).toMatchObject({
      slots: 1,
      held: 1,
      builds: 1,
      evictions: 0,
      privateBuilds: visited,
    });
  });
});

describe("making weights", () => {
  /** The reason why a request with a clock and a cancel slot found no route, or undefined. */
  function outcome(stop: "deadline" | "cancel", look: number) {
    const memory = createCostingMemory(region, { members: 2 });
    const cancelSlot = new Int32Array(new SharedArrayBuffer(4));
    let looks = 0;
    const clock = (): number => {
      looks++;
      if (stop === "cancel" && looks >= look) Atomics.store(cancelSlot, 0, 1);
      return stop === "deadline" && looks >= look ? 1000 : 0;
    };
    const planner = createRoutePlanner(region, {
      now: clock,
      sharedCostings: { memory, token: 1 },
    });
    let code: string | undefined;
    try {
      planner.planPareto({ ...trip, deadlineMs: 1000 }, { cancelSlot });
    } catch (error) {
      if (!isReasonError(error)) throw error;
      code = error.reasonCode;
    }
    const { held, stopped } = costingStats(memory);
    const other = createRoutePlanner(region, { now, sharedCostings: { memory, token: 2 } });
    expect(other.planPareto(trip)).toEqual(freshAnswer(trip));
    expect(costingStats(memory)).toMatchObject({ privateBuilds: 0, builds: 1, held: 1 });
    return { code, held, stopped };
  }

  it.each([
    ["deadline", "route_compute_timeout"],
    ["cancel", "planner_stopped"],
  ] as const)("is ended by a %s at any look, and leaves nothing half made", (stop, code) => {
    let whileMaking = 0;
    let look = 2;
    for (; ; look++) {
      const ended = outcome(stop, look);
      if (ended.code === undefined) break;
      expect(ended.code).toBe(code);
      expect(ended.held + ended.stopped).toBe(1);
      if (ended.stopped === 1) whileMaking++;
    }
    // With the first arcs, and between stages; a cancel is seen at the look that comes after it.
    expect(whileMaking).toBeGreaterThanOrEqual(stop === "cancel" ? 3 : 4);
    expect(look - 2).toBeGreaterThan(whileMaking);
  });

  it("looks at the budget all along", () => {
    const inputs = {
      vehicle: VAN,
      payloadKg: 0,
      rules: SPEED_RULES,
      rates: RATES,
      objectiveMask: 7,
    };
    let polls = 0;
    createPreparation(graph)(inputs, newArrays, () => polls++);
    expect(polls).toBeGreaterThanOrEqual(4);
  });
});

describe("a planner with memory of its own", () => {
  it("keeps four costings, or as many as it is given bytes for", () => {
    // Whether weights are made is seen from the looks at the clock.
    const looksOf = (options: Partial<PlannerOptions>): number[] => {
      let looks = 0;
      const clock = (): number => {
        looks++;
        return 0;
      };
      const planner = createRoutePlanner(region, { now: clock, ...options });
      return [0, 1, 2, 3, 0, 1, 2, 3].map((number) => {
        looks = 0;
        planner.planPareto({ ...trip, payloadKg: 100 + number });
        return looks;
      });
    };
    const four = looksOf({});
    const one = looksOf({ weightsMaxBytes: 1 });
    expect(Math.max(...four.slice(4))).toBeLessThan(Math.min(...four.slice(0, 4)));
    expect(one.slice(4)).toEqual(one.slice(0, 4));
  });
});
