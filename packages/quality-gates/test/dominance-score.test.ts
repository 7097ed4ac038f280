import { describe, expect, it } from "vitest";

import {
  type ClaimedRoute,
  dominanceScore,
  type FrontSolver,
  type GateResult,
  runGates,
} from "../src/index.ts";
import { solveExactly, solveWithinOnePercent } from "./kernel-solvers.ts";

async function scored(solvers: {
  readonly solve?: FrontSolver;
  readonly epsilonSolve?: FrontSolver;
  readonly seed?: number;
  readonly trials?: number;
}): Promise<GateResult> {
  const gate = dominanceScore({
    trials: 200,
    seed: 1,
    solve: solveExactly,
    epsilonSolve: solveWithinOnePercent,
    ...solvers,
  });
  const verdict = await runGates([gate], { now: () => 0 });
  return verdict.results[0]!;
}

/** The exact solver with its answer tampered with. */
function tampered(change: (routes: readonly ClaimedRoute[]) => ClaimedRoute[]): FrontSolver {
  return (trial) => change(solveExactly(trial));
}

describe("dominanceScore", () => {
  it.each([1, 2, 20_260_212])("gives the kernels 100 with seed %i", async (seed) => {
    const result = await scored({ seed });
    expect(result.failures).toEqual([]);
    expect(result).toMatchObject({ status: "pass", score: 100 });
  });

  it("draws trials that can tell right from wrong", async () => {
    const { facts } = await scored({ trials: 500 });
    expect(facts["withRoute"]).toBeGreaterThan(300);
    expect(facts["withFront"]).toBeGreaterThan(200);
    expect(facts["largestFront"]).toBeGreaterThanOrEqual(7);
    expect(facts["merged"]).toBeGreaterThan(5);
    expect(facts["redrawn"]).toBeLessThan(150);
  });

  it.each([
    ["drops a solution", tampered((routes) => routes.slice(1)), /missing/],
    [
      "drops the last solution of fronts of five or more",
      tampered((routes) => (routes.length >= 5 ? routes.slice(0, -1) : [...routes])),
      /missing/,
    ],
    ["finds nothing", () => [], /missing/],
    [
      "claims a lower cost",
      tampered((routes) =>
        routes.map(({ costs: [time, money, co2e], path }) => ({
          costs: [time, money, Math.max(0, co2e - 1)],
          path,
        })),
      ),
      /costs \(.*, not \(/,
    ],
    [
      "ignores turn bans",
      (trial) => solveExactly({ ...trial, network: { ...trial.network, bans: [] } }),
      /may not follow/,
    ],
    [
      "ignores forbidden paths",
      (trial) => solveExactly({ ...trial, network: { ...trial.network, paths: [] } }),
      /may not follow/,
    ],
    ["repeats a route", tampered((routes) => [...routes, ...routes.slice(0, 1)]), /given twice/],
    [
      "throws",
      () => {
        throw new Error("out of luck");
      },
      /out of luck/,
    ],
  ] satisfies [string, FrontSolver, RegExp][])(
    "fails an exact solver that %s",
    async (_, solve, reason) => {
      const result = await scored({ solve });
      expect(result.status).toBe("fail");
      expect(result.score).toBeLessThan(result.threshold);
      expect(result.failures.every((failure) => failure.includes("exact:"))).toBe(true);
      expect(result.failures.join("\n")).toMatch(reason);
    },
  );

  it.each([
    ["returns the first route alone", (routes: readonly ClaimedRoute[]) => routes.slice(0, 1)],
    ["leaves out the last route", (routes: readonly ClaimedRoute[]) => routes.slice(0, -1)],
  ])("fails a 1 %% solver that %s", async (_, change) => {
    const result = await scored({ epsilonSolve: (trial) => change(solveWithinOnePercent(trial)) });
    expect(result.status).toBe("fail");
    expect(result.failures.join("\n")).toContain("1 %: no route within 1 %");
  });

  it("fails on one wrong front in 200", async () => {
    let call = 0;
    let spoilt = 0;
    const solve: FrontSolver = (trial) => {
      const routes = solveExactly(trial);
      if (++call < 50 || routes.length < 2 || spoilt > 0) return routes;
      spoilt++;
      return routes.slice(1);
    };
    expect(await scored({ solve })).toMatchObject({ status: "fail", score: 99.5 });
    expect(spoilt).toBe(1);
  });

  it("cannot be measured without trials", async () => {
    expect(await scored({ trials: 0 })).toMatchObject({ status: "not_measured", score: null });
  });

  it("gives the same result for the same seed", async () => {
    const solve = tampered((routes) => routes.slice(1));
    expect(await scored({ solve })).toEqual(await scored({ solve }));
  });
});
