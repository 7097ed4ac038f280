import { execFileSync } from "node:child_process";

import { describe, expect, it } from "vitest";

import { referencePairs } from "../src/batch-pareto/drawn-pairs.ts";
import { mersenneTwister, pythonRandom } from "../src/batch-pareto/python-random.ts";

/** `random.Random(seed).random()`, four times, as CPython 3.11 prints them. */
const PYTHON_DRAWS: readonly (readonly [seed: number, draws: readonly number[]])[] = [
  [20_260_212, [0.2700565497461783, 0.6903994165923292, 0.576796052996986, 0.010669939998192768]],
  [0, [0.8444218515250481, 0.7579544029403025, 0.420571580830845, 0.25891675029296335]],
  [
    2 ** 40 + 12_345,
    [0.31036222241287226, 0.1148930862836336, 0.5335990945925775, 0.20403672857712885],
  ],
];

describe("the generator of the reference", () => {
  it("gives the published numbers of MT19937 for the authors' key", () => {
    const draw = mersenneTwister([0x123, 0x234, 0x345, 0x456]);
    const published = [1_067_595_299, 955_945_823, 477_289_528, 4_107_218_783, 4_228_976_476];
    expect(Array.from({ length: 5 }, draw)).toEqual(published);
  });

  it.each(PYTHON_DRAWS)("draws what Python draws for the seed %d", (seed, draws) => {
    const random = pythonRandom(seed);
    expect(Array.from({ length: 4 }, random)).toEqual(draws);
  });

  it("stays with Python beyond the first 624 words", () => {
    const random = pythonRandom(20_260_212);
    const draws = Array.from({ length: 2_000 }, random);
    expect(draws.at(-1)).toBe(0.4341786223421027);
  });

  it("gives the pairs of the reference: latitude first, uniform in its box", () => {
    expect(referencePairs(2, 20_260_212)).toEqual([
      {
        origin: [-0.5836020419268477, 51.58022619898471],
        destination: [-2.9626552100063255, 52.807184211987945],
      },
      {
        origin: [-2.195268441439067, 52.52135582830723],
        destination: [-0.9240179091138949, 52.04797418813967],
      },
    ]);
  });

  it.skipIf(!hasPython())("agrees with the Python of this machine on 500 pairs", () => {
    const script = [
      "import json, random",
      "r = random.Random(7)",
      "box = ((50.5, 54.5), (-3.0, 0.5))",
      "print(json.dumps([[r.uniform(*b) for b in box + box] for _ in range(500)]))",
    ].join("\n");
    const rows = JSON.parse(execFileSync("python3", ["-c", script], { encoding: "utf8" }));
    const ours = referencePairs(500, 7).map(({ origin, destination }) => [
      origin[1],
      origin[0],
      destination[1],
      destination[0],
    ]);
    expect(ours).toEqual(rows);
  });
});

function hasPython(): boolean {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
