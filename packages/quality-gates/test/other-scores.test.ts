import { REASON_CODES, type ReasonCode, ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import {
  droppedRoutes,
  type Provocations,
  reasonScore,
  reproducibilityScore,
  type WholeAnswer,
} from "../src/index.ts";
import { judged } from "./judged.ts";

describe("reproducibilityScore", () => {
  const scored = (second: Readonly<Record<string, string>>) =>
    judged(
      reproducibilityScore([
        {
          name: "build",
          run: async (attempt) =>
            new Map(Object.entries(attempt === 0 ? { graph: "a", manifest: "b" } : second)),
        },
      ]),
    );

  it("passes equal bytes", async () => {
    expect(await scored({ graph: "a", manifest: "b" })).toMatchObject({ status: "pass" });
  });

  it.each([
    ["a changed file", { graph: "a", manifest: "c" }, "build: manifest differs between two runs"],
    ["a lost file", { graph: "a" }, "build: manifest differs between two runs"],
    ["a new file", { graph: "a", manifest: "b", log: "c" }, "build: log differs between two runs"],
  ])("catches %s", async (_, second, failure) => {
    expect(await scored(second)).toMatchObject({ status: "fail", failures: [failure] });
  });

  it("is red for one file of a thousand", async () => {
    const files = (last: string) =>
      new Map(Array.from({ length: 1000 }, (_, at) => [`${at}`, at === 999 ? last : "same"]));
    const gate = reproducibilityScore([
      { name: "build", run: async (attempt) => files(String(attempt)) },
    ]);
    expect(await judged(gate)).toMatchObject({ status: "fail" });
  });
});

describe("reasonScore", () => {
  const provoke = (code: ReasonCode) => async () => {
    throw ReasonError.fromJSON({ reasonCode: code, message: "It happened.", details: {} });
  };
  const all: Provocations = Object.fromEntries(
    Object.keys(REASON_CODES).map((code) => [code, provoke(code as ReasonCode)]),
  );
  /** One code of all, given a fault. */
  const spoilt = (fault: () => Promise<unknown>): Provocations => ({
    ...all,
    request_invalid: fault,
  });

  it("passes codes that come from their causes, as errors or as answers of a service", async () => {
    expect(await judged(reasonScore(all))).toMatchObject({ status: "pass", score: 100 });
    const answered: Provocations = { ...all, not_found: async () => "not_found" };
    expect(await judged(reasonScore(answered))).toMatchObject({ status: "pass", score: 100 });
  });

  it.each([
    ["causes that go through", async () => "fine", /the cause went through with fine/],
    [
      "causes that come as another",
      provoke("search_cost_overflow"),
      /came as search_cost_overflow/,
    ],
    ["crashes", () => Promise.reject(new TypeError("oh")), /came as TypeError: oh/],
  ])("catches %s", async (_, fault, failure) => {
    const result = await judged(reasonScore(spoilt(fault)));
    expect(result.status).toBe("fail");
    expect(result.failures[0]).toMatch(failure);
  });

  it("catches codes that nobody provokes", async () => {
    const result = await judged(reasonScore({}));
    expect(result).toMatchObject({ status: "fail", score: 0 });
    const { not_found: _, ...rest } = all;
    expect(await judged(reasonScore(rest))).toMatchObject({
      status: "fail",
      failures: ["nothing provokes not_found"],
    });
    expect(result.failures[0]).toBe("nothing provokes request_invalid");
  });
});

describe("droppedRoutes", () => {
  const route = (id: string, durationS: number) =>
    ({ id, durationS, cost: { amount: 1 }, co2eKg: { total: 2 } }) as WholeAnswer["routes"][number];
  const whole: WholeAnswer = {
    front: {
      size: 2,
      objectives: ["time", "money", "co2e"],
      points: [
        [10, 1, 2],
        [20, 1, 2],
      ],
      routeIds: ["a", "b"],
    },
    routes: [route("a", 10), route("b", 20)],
  };
  const scored = (change: Partial<WholeAnswer>) =>
    judged(droppedRoutes(async () => [{ ...whole, ...change }]));

  it("passes a front with all its routes", async () => {
    expect(await scored({})).toMatchObject({ status: "pass", facts: { points: 2, dropped: 0 } });
  });

  it.each([
    ["a route that was dropped", { routes: [route("a", 10)] }, "trip 0: point 1 has no route"],
    [
      "a point that was dropped",
      { front: { ...whole.front, points: whole.front.points.slice(1), routeIds: ["b"] } },
      "trip 0: 1 points of 2 arrived",
    ],
    [
      "a route of other figures",
      { routes: [route("a", 10), route("b", 21)] },
      "trip 0: point 1 is not what its route b says",
    ],
  ] satisfies [string, Partial<WholeAnswer>, string][])(
    "catches %s",
    async (_, change, failure) => {
      expect(await scored(change)).toMatchObject({ status: "fail", failures: [failure] });
    },
  );
});
