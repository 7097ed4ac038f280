import { describe, expect, it } from "vitest";

import { OBJECTIVES, type PlannedRoute, type PlanRequest } from "../../src/planner/plan-types.ts";
import type { RouteLimits } from "../../src/planner/plan-constraints.ts";
import { lonLatAt, plannerOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { refusalOf } from "./refusal-of.ts";

const TOLLS = { tollByFacility: { t: 2.5 } };

/** Time, money and CO2e in search units. */
const costsOf = ({ searchCosts }: PlannedRoute): readonly number[] => searchCosts;

/** Trips with more than one route on their front, on random networks. */
async function* trips() {
  for (let seed = 0; seed < 60; seed++) {
    const { graph, random } = await randomNetwork(seed, (tags) => tags["hgv"] === undefined);
    const planner = plannerOf(graph, TOLLS);
    for (let round = 0; round < 4; round++) {
      const origin = lonLatAt(random.between(0, 800), random.between(-800, 0));
      const destination = lonLatAt(random.between(0, 800), random.between(-800, 0));
      const request: PlanRequest = { origin, destination, geometry: "none" };
      try {
        const front = planner.planPareto(request).routes.map(costsOf);
        if (front.length > 1) yield { planner, request, front, random };
      } catch {
        // No road between these two.
      }
    }
  }
}

describe("the constraints of a request", () => {
  it("leave the routes of the front that keep them, and the best of those", async () => {
    let forced = 0;
    let refused = 0;
    for await (const { planner, request, front, random } of trips()) {
      const [time, money, co2e] = random.pick(front) as [number, number, number];
      const fastest = front[0]![0]!;
      const share = Math.round((100 * (time - fastest)) / fastest + 1) / 100;
      const choices: readonly RouteLimits[] = [
        { maxDurationS: time / 100 },
        { maxCost: money / 1e4, maxDurationS: (time + random.between(-2, 2)) / 100 },
        { maxCo2eKg: (co2e - 1) / 1e4 },
        { overBest: { time: share } },
        { overBest: { time: 0.1, money: 0.01 }, maxCo2eKg: co2e / 1e4 },
      ];
      for (const constraints of choices) {
        const best = [0, 1, 2].map((k) => Math.min(...front.map((costs) => costs[k]!)));
        const { maxDurationS, maxCost, maxCo2eKg, overBest = {} } = constraints;
        const keeps = (costs: readonly number[]): boolean =>
          costs[0]! / 100 <= (maxDurationS ?? Infinity) &&
          costs[1]! / 1e4 <= (maxCost ?? Infinity) &&
          costs[2]! / 1e4 <= (maxCo2eKg ?? Infinity) &&
          costs[0]! <= best[0]! * (1 + (overBest.time ?? Infinity)) &&
          costs[1]! <= best[1]! * (1 + (overBest.money ?? Infinity));
        const within = front.filter(keeps);
        const limited = { ...request, constraints };
        if (within.length === 0) {
          const { details } = refusalOf(planner, limited, "epsilon_infeasible");
          const most = Math.max(...front.map((costs) => costs[0]!)) / 100;
          expect(details.best.time ?? most).toBeLessThanOrEqual(most);
          refused++;
          continue;
        }
        expect(planner.planPareto(limited).routes.map(costsOf)).toEqual(within);
        const merged = planner.planPareto({ ...limited, epsilon: 0.05 }).routes.map(costsOf);
        expect(merged.length).toBeGreaterThan(0);
        expect(merged.every(keeps)).toBe(true);
        const cheapest = planner.planRoute({ ...limited, weights: { money: 1 } }).route;
        const least = Math.min(...within.map((costs) => costs[1]!));
        expect(costsOf(cheapest)[1]).toBe(least);
        expect(keeps(costsOf(cheapest))).toBe(true);
        if (least > best[1]!) forced++;
      }
    }
    expect(forced).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(10);
  });

  it("may limit what does not span the front", async () => {
    let dropped = 0;
    for await (const { planner, request, front, random } of trips()) {
      const limit = random.pick(front)[1]!;
      const objectives = random.pick([["time"], ["co2e"], ["time", "co2e"]] as const);
      const used = objectives.map((objective) => OBJECTIVES.indexOf(objective));
      const answer = planner.planPareto({
        ...request,
        objectives,
        constraints: { maxCost: limit / 1e4 },
      });
      const within = front.filter((costs) => costs[1]! <= limit);
      const isBeaten = (costs: readonly number[]): boolean =>
        within.some(
          (other) =>
            used.every((k) => other[k]! <= costs[k]!) && used.some((k) => other[k]! < costs[k]!),
        );
      const usedOf = (costs: readonly number[]): number[] => used.map((k) => costs[k]!);
      const expected = new Set(
        within.filter((costs) => !isBeaten(costs)).map((costs) => usedOf(costs).join()),
      );
      const found = answer.routes.map(costsOf);
      expect(found.map((costs) => usedOf(costs).join())).toEqual([...expected]);
      expect(found.every((costs) => costs[1]! <= limit)).toBe(true);
      expect(answer.front.objectives).toEqual(objectives);
      if (found.length < within.length) dropped++;
    }
    expect(dropped).toBeGreaterThan(3);
  });

  it("say what is possible when no route keeps them, and mean nothing when empty", async () => {
    for await (const { planner, request, front } of trips()) {
      const [fastest] = front;
      const cheapest = front.reduce((a, b) => (a[1]! <= b[1]! ? a : b));
      const constraints = {
        maxDurationS: (fastest![0]! - 1) / 100,
        overBest: { money: 0 },
      };
      const { details, message } = refusalOf(
        planner,
        { ...request, constraints },
        "epsilon_infeasible",
      );
      expect(details).toEqual({
        limits: { time: constraints.maxDurationS, money: cheapest[1]! / 1e4 },
        best: { time: fastest![0]! / 100, money: cheapest[1]! / 1e4 },
      });
      expect(message).toBe(
        "No route keeps all limits at once in the search, which counts driving without breaks: " +
          `time at most ${details.limits.time}, at best ${details.best.time} s; ` +
          `money at most ${details.limits.money}, at best ${details.best.money} of the region's currency.`,
      );
      const clean = { ...request, constraints: { maxCo2eKg: 0.001 } };
      expect(refusalOf(planner, clean, "epsilon_infeasible").message).toMatch(
        /^No route keeps the limit in the search, .*: co2e at most 0.001, at best \d+(\.\d+)? kg\.$/,
      );
      const free = planner.planPareto({ ...request, constraints: {} });
      expect(free.routes.map(costsOf)).toEqual(front);
      return;
    }
  });
});
