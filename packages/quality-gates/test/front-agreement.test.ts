import { describe, expect, it } from "vitest";

import { frontAgreement, type GateResult, runGates, type TripAnswers } from "../src/index.ts";

const RIGHT: TripAnswers = {
  exact: [
    [1_000, 3_000, 500],
    [2_000, 1_000, 500],
    [2_010, 999, 501],
  ],
  near: [
    [1_000, 3_000, 500],
    [2_000, 1_000, 500],
  ],
  quickest: [1_000, 3_000, 500],
};

async function judged(ask: (trip: number) => TripAnswers | undefined): Promise<GateResult> {
  const gate = frontAgreement({
    open: async () => ({ trips: 10, facts: { region: "x" }, ask: async (trip) => ask(trip) }),
  });
  return (await runGates([gate], { now: () => 0 })).results[0]!;
}

describe("frontAgreement", () => {
  it("passes where the searches agree, and leaves trips without a route out", async () => {
    const result = await judged((trip) => (trip < 3 ? undefined : RIGHT));
    expect(result).toMatchObject({
      status: "pass",
      score: 100,
      facts: { region: "x", withoutRoute: 3 },
    });
  });

  it.each([
    ["a dominated point", { exact: [...RIGHT.exact, [2_011, 1_000, 501]] }, "is dominated"],
    ["a point that is not covered", { near: RIGHT.near.slice(0, 1) }, "no route within 1 %"],
    ["a 1 % route beyond the front", { exact: RIGHT.exact.slice(0, 1) }, "the exact front lacks"],
    ["a slow quickest route", { quickest: [1_001, 1, 1] }, "takes 1001, the front's first 1000"],
  ] satisfies [string, Partial<TripAnswers>, string][])(
    "fails on %s",
    async (_, change, reason) => {
      const result = await judged((trip) => (trip === 4 ? { ...RIGHT, ...change } : RIGHT));
      expect(result).toMatchObject({ status: "fail", score: 90 });
      expect(result.failures).toEqual([expect.stringMatching(new RegExp(`^trip 4: .*${reason}`))]);
    },
  );

  it("counts a trip that fails as wrong", async () => {
    const result = await judged((trip) => {
      if (trip === 0) throw new Error("crashed");
      return RIGHT;
    });
    expect(result).toMatchObject({ status: "fail", failures: ["trip 0: Error: crashed"] });
  });

  it("cannot be measured when hardly any trip has a route", async () => {
    const result = await judged((trip) => (trip < 6 ? undefined : RIGHT));
    expect(result).toMatchObject({
      status: "not_measured",
      reason: "RangeError: only 4 of 10 trips have a route",
    });
  });
});
