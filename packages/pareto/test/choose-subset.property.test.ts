import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  chooseSubset,
  type ChooseOptions,
  type CostVector,
  hypervolume,
  kneeIndex,
  maxRegret,
  normalize,
  paretoFilter,
} from "../src/index.ts";
import { flat, REFUSED, vectors } from "./arbitraries.ts";
import { gameValueByParts } from "./game-oracle.ts";

const fronts = fc
  .integer({ min: 1, max: 4 })
  .chain((size) => vectors(size, { maxLength: 60, max: 40 }))
  .map((set) => paretoFilter(set).map((index) => set[index]!));
const counts = fc.integer({ min: 0, max: 8 });
const WAYS = ["hypervolume", "regret"] as const;

/** The best of each objective and the knee, each once, in order. */
function anchorsOf(front: readonly CostVector[]): number[] {
  const best = front[0]!.map((_, k) => {
    const column = front.map((vector) => vector[k]!);
    return column.indexOf(Math.min(...column));
  });
  return [...new Set([...best, kneeIndex(front)])];
}

/** What one more vector adds, by the definition of each way to choose; costs on the unit scale. */
const GAIN = {
  hypervolume(scaled: readonly CostVector[], chosen: readonly number[], next: number): number {
    const reference = scaled[0]!.map(() => 1.1);
    const volume = (indices: readonly number[]): number =>
      hypervolume(
        indices.map((index) => scaled[index]!),
        reference,
      );
    return volume([...chosen, next]) - volume(chosen);
  },
  regret(scaled: readonly CostVector[], chosen: readonly number[], next: number): number {
    const own = scaled[next]!;
    return gameValueByParts(own.map((cost, k) => chosen.map((at) => scaled[at]![k]! - cost)));
  },
} as const;

/** Replays a choice: every step but the anchors takes the greatest gain that the limit leaves. */
function expectGreedy(
  front: readonly CostVector[],
  chosen: readonly number[],
  { count, by = "hypervolume", maxOverlap = 1 }: ChooseOptions,
  overlap: (a: number, b: number) => number = () => 0,
): void {
  const anchors = anchorsOf(front).slice(0, count);
  expect(chosen.slice(0, anchors.length)).toEqual(anchors);
  expect(chosen.length).toBeLessThanOrEqual(count);
  expect(new Set(chosen).size).toBe(chosen.length);
  const scaled = normalize(front);
  for (let step = anchors.length; step < count; step++) {
    const before = chosen.slice(0, step);
    const gains = front.map((_, index) => {
      const isFree =
        !before.includes(index) && before.every((other) => overlap(other, index) <= maxOverlap);
      return isFree ? GAIN[by](scaled, before, index) : -Infinity;
    });
    const next = chosen[step];
    const greatest = Math.max(...gains);
    if (next === undefined) expect(greatest).toBeLessThan(1e-8);
    else expect(gains[next]).toBeGreaterThan(Math.max(0, greatest - 1e-8));
    if (next === undefined) return;
  }
}

describe.each(WAYS)("chooseSubset by %s", (by) => {
  it("takes the extremes, the knee, and then the greatest gain each time", () => {
    fc.assert(
      fc.property(fronts, counts, (front, count) => {
        const chosen = chooseSubset(front, { count, by });
        expectGreedy(front, chosen, { count, by });
        expect(chooseSubset(flat(front), { count, by })).toEqual(chosen);
      }),
    );
  });

  it("shows no two that are too alike, the extremes and the knee apart", () => {
    const seeds = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(fronts, counts, seeds, (front, count, seed) => {
        // Alternatives of the same kind overlap by 0.875, neighbouring kinds by 0.625.
        const overlap = (a: number, b: number): number =>
          0.875 - 0.25 * Math.abs(seed[a]! - seed[b]!);
        const options = { count, by, maxOverlap: 0.625 } as const;
        const chosen = chooseSubset(front, { ...options, overlap });
        expectGreedy(front, chosen, options, overlap);
        const matrix = front.map((_, a) => front.map((__, b) => overlap(a, b)));
        expect(chooseSubset(front, { ...options, overlap: matrix })).toEqual(chosen);
        for (const [at, index] of chosen.entries()) {
          if (at < anchorsOf(front).length) continue;
          for (const other of chosen.slice(0, at)) {
            expect(overlap(other, index)).toBeLessThanOrEqual(0.625);
          }
        }
      }),
    );
  });

  it("does not depend on units or offsets", () => {
    fc.assert(
      fc.property(fronts, counts, (front, count) => {
        const moved = front.map((vector) => vector.map((cost, k) => 4 ** k * cost - 32));
        expect(chooseSubset(moved, { count, by })).toEqual(chooseSubset(front, { count, by }));
      }),
    );
  });

  it("chooses all that count when there is room, and nothing from nothing", () => {
    const front = [
      [0, 9, 5],
      [1, 5, 5],
      [4, 2, 5],
      [9, 0, 5],
    ];
    expect(chooseSubset(front, { count: 9, by }).sort((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    expect(chooseSubset([], { count: 3, by })).toEqual([]);
    expect(chooseSubset([[7, 7]], { count: 3, by })).toEqual([0]);
  });

  it.each(REFUSED)("refuses %s", (_what, costs) => {
    expect(() => chooseSubset(costs, { count: 2, by })).toThrow(RangeError);
  });
});

it("lets the hypervolume end a tenth of a range beyond the nadir", () => {
  // With an end at 1.2 the last vector, which is good in two objectives, would come before the second.
  const front = [
    [2, 3, 6],
    [3, 4, 5],
    [6, 0, 8],
    [8, 9, 0],
    [10, 1, 1],
  ];
  const chosen = chooseSubset(front, { count: 4 });
  expectGreedy(front, chosen, { count: 4 });
  expect(chosen).toEqual([0, 2, 3, 1]);
});

it("leaves no regret once all that matter to some weights are chosen", () => {
  fc.assert(
    fc.property(fronts, (front) => {
      const chosen = chooseSubset(front, { count: front.length, by: "regret" });
      const shown = chosen.map((index) => front[index]!);
      expect(maxRegret(front, shown)).toBeLessThan(1e-8);
    }),
  );
});

it("refuses a count or an overlap that is no number", () => {
  const front = [
    [0, 2],
    [1, 1],
    [2, 0],
    [0.5, 1.75],
  ];
  for (const count of [-1, 1.5, Number.NaN, Infinity]) {
    expect(() => chooseSubset(front, { count })).toThrow(RangeError);
  }
  for (const overlap of [() => Number.NaN, [[0, 0, 0, Number.NaN]], [[0]]]) {
    expect(() => chooseSubset(front, { count: 4, overlap })).toThrow(RangeError);
  }
});
