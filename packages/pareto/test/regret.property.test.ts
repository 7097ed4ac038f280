import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { maxRegret, normalize, paretoFilter } from "../src/index.ts";
import { gameValue } from "../src/matrix-game.ts";
import { flat, REFUSED, vectors } from "./arbitraries.ts";
import { gameValueByParts } from "./game-oracle.ts";

const matrices = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) => {
    const payoff = fc.integer({ min: -4, max: 4 });
    const row = fc.array(payoff, { minLength: columns, maxLength: columns });
    return fc.array(row, { minLength: rows, maxLength: rows });
  });

describe("the value of a game", () => {
  it("is the best that any equalising mixture yields", () => {
    fc.assert(
      fc.property(matrices, (payoff) => {
        const value = gameValue(Float64Array.from(payoff.flat()), payoff.length, payoff[0]!.length);
        expect(value).toBeCloseTo(gameValueByParts(payoff), 9);
      }),
      { numRuns: 500 },
    );
  });

  it("is known for matching pennies and for rock, paper, scissors", () => {
    expect(gameValue(Float64Array.of(1, -1, -1, 1), 2, 2)).toBeCloseTo(0, 12);
    expect(gameValue(Float64Array.of(0, -1, 1, 1, 0, -1, -1, 1, 0), 3, 3)).toBeCloseTo(0, 12);
    expect(gameValue(Float64Array.of(5), 1, 1)).toBe(5);
  });
});

describe("maxRegret", () => {
  it("is the worst over the front of a game between weights and choices", () => {
    const sets = fc.integer({ min: 1, max: 3 }).chain((size) => vectors(size, { maxLength: 12 }));
    fc.assert(
      fc.property(sets, fc.integer({ min: 1, max: 4 }), (set, count) => {
        const front = paretoFilter(set).map((index) => set[index]!);
        const shown = front.slice(0, count);
        const scaled = normalize(front);
        const scaledShown = scaled.slice(0, count);
        const regrets = scaled.map((own) =>
          gameValueByParts(own.map((cost, k) => scaledShown.map((other) => other[k]! - cost))),
        );
        const regret = maxRegret(front, shown);
        expect(regret).toBeCloseTo(Math.max(0, ...regrets), 9);
        expect(maxRegret(flat(front), flat(shown))).toBe(regret);
      }),
    );
  });

  it("is never less than what some weights lose, and falls as more is shown", () => {
    fc.assert(
      fc.property(vectors(3), (set) => {
        const front = paretoFilter(set).map((index) => set[index]!);
        const scaled = normalize(front);
        const best = (count: number, weights: readonly number[]): number =>
          Math.min(
            ...scaled
              .slice(0, count)
              .map((costs) => costs.reduce((sum, cost, k) => sum + (cost * weights[k]!) / 12, 0)),
          );
        let last = Infinity;
        for (let count = 1; count <= front.length; count++) {
          const regret = maxRegret(front, front.slice(0, count));
          for (let a = 0; a <= 12; a++) {
            for (let b = 0; a + b <= 12; b++) {
              const weights = [a, b, 12 - a - b];
              expect(best(count, weights) - best(front.length, weights)).toBeLessThan(
                regret + 1e-9,
              );
            }
          }
          expect(regret).toBeLessThan(last + 1e-9);
          last = regret;
        }
        expect(last).toBeCloseTo(0, 9);
      }),
      { numRuns: 30 },
    );
  });

  it("has the value of an example by hand", () => {
    // Without the middle, equal weights lose 0.5 - 0.2 of a range.
    const front = [
      [0, 10],
      [2, 2],
      [10, 0],
    ];
    expect(maxRegret(front, [front[0]!, front[2]!])).toBeCloseTo(0.3, 12);
    expect(maxRegret(front, [])).toBe(Infinity);
    expect(() => maxRegret([], [[1]])).toThrow(RangeError);
    expect(() => maxRegret([[1, 2]], [[1]])).toThrow(RangeError);
  });

  it.each(REFUSED)("refuses %s", (_what, costs) => {
    expect(() => maxRegret(costs, [[1, 1]])).toThrow(RangeError);
    expect(() => maxRegret([[1, 1]], costs)).toThrow(RangeError);
  });
});
