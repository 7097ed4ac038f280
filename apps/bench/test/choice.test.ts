import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { describe, expect, it } from "vitest";

import { choiceGates } from "../src/choice/choice.ts";
import { differences, nonDominated, qualityOf, sampleOf } from "../src/choice/choice-quality.ts";
import type { ChoiceMeasurement } from "../src/choice/measure-choice.ts";
import { bench, readJson } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();

describe("bench choice", () => {
  it("compares what is shown with all routes, in both tiers", async () => {
    const json = path.join(folders.root, "choice.json");
    const asked = ["--region", folders.region, "--valleys", "12", "--json", json, "--enforce"];
    const { code, stdout } = await bench("choice", ...asked);
    expect(stdout).toContain("verdict: pass");
    expect(code).toBe(0);
    const { routes, differing, rows } = (await readJson(json)) as ChoiceMeasurement;
    // Three roads from each of five towns to the next.
    expect(routes).toBe(12 * 3 ** 5);
    expect(differing).toBe(0);
    for (const tier of ["search", "evaluation"] as const) {
      const [few, , , many] = rows.filter((row) => row.tier === tier).map((row) => row.quality!);
      expect(few!.shownMean).toBeLessThanOrEqual(3);
      expect(few!.factorMean).toBeGreaterThan(many!.factorMean);
      expect(few!.volumeRatioMean).toBeLessThan(many!.volumeRatioMean);
      expect(many!.volumeRatioMean).toBeLessThan(1);
    }
  }, 120_000);

  it("fails when a front is not that of all routes, or nothing was compared", async () => {
    const right: ChoiceMeasurement = {
      valleys: 1,
      routes: 9,
      frontSizeMean: 3,
      evaluatedFrontSizeMean: 3,
      differing: 0,
      rows: [],
    };
    const now = (): number => 0;
    expect(await runGates(choiceGates(right), { now })).toMatchObject({ exitCode: 0 });
    const wrong = { ...right, differing: 1 };
    expect(await runGates(choiceGates(wrong), { now })).toMatchObject({ exitCode: 1 });
    const row = { tier: "search", maxRoutes: 3, maxOverlapRatio: 1, quality: undefined } as const;
    const empty = { ...right, rows: [row] };
    expect(await runGates(choiceGates(empty), { now })).toMatchObject({ exitCode: 1 });
  });
});

describe("the quality of a choice", () => {
  const truth = [
    [1, 9],
    [3, 5],
    [6, 2],
    [9, 1],
  ];

  it("is whole where all is shown", () => {
    const sample = sampleOf(truth, truth);
    expect(sample).toEqual({ shown: 4, recall: 1, factor: 1, volumeRatio: 1 });
  });

  it("says what is missing", () => {
    const { recall, factor, volumeRatio } = sampleOf(truth, [truth[0]!, truth[3]!]);
    expect(recall).toBe(0.5);
    // (6, 2) is nearest to (9, 1), (3, 5) to (1, 9).
    expect(factor).toBe(9 / 5);
    // Up to (9.8, 9.8): the two alone against the four, by squares.
    const all = 8.8 * 0.8 + 6.8 * 4 + 3.8 * 3 + 0.8 * 1;
    expect(volumeRatio).toBeCloseTo((8.8 * 0.8 + 0.8 * 8) / all, 9);
  });

  it("is averaged, with the worst beside it", () => {
    const one = { shown: 2, recall: 1, factor: 1, volumeRatio: 1 };
    const other = { shown: 4, recall: 0.5, factor: 1.5, volumeRatio: 0.8 };
    expect(qualityOf([one, other])).toEqual({
      trips: 2,
      shownMean: 3,
      recallMean: 0.75,
      factorMean: 1.25,
      factorWorst: 1.5,
      volumeRatioMean: 0.9,
      volumeRatioWorst: 0.8,
    });
    expect(qualityOf([])).toBeUndefined();
  });

  it("rests on fronts compared vector by vector", () => {
    const all = [...truth, [9, 9], [3, 6], [1, 9]];
    expect(nonDominated(all)).toEqual(truth);
    expect(differences(truth, truth.toReversed())).toBe(0);
    expect(differences(truth, [...truth.slice(1), [0, 0]])).toBe(2);
  });
});
