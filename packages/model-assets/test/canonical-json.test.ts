import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { canonicalJsonBytes } from "../src/index.ts";

const textOf = (value: unknown): string => new TextDecoder().decode(canonicalJsonBytes(value));

/** RFC 8785 in a few lines, without the library: keys by UTF-16 unit, numbers as ECMAScript has them. */
function byHand(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(byHand).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const members = keys.map(
    (key) => `${JSON.stringify(key)}:${byHand((value as Record<string, unknown>)[key])}`,
  );
  return `{${members.join(",")}}`;
}

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((child) => shuffled(child, random));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .map((entry) => ({ entry, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ entry: [key, child] }) => [key, shuffled(child, random)] as const);
  return Object.fromEntries(entries);
}

describe("canonical JSON", () => {
  it("writes the example of RFC 8785, section 3.2.2, as its section 3.2.3 prints it", () => {
    const value: unknown = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],` +
        String.raw`"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    );
    expect(textOf(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it("sorts keys by UTF-16 code units, as section 3.2.3 demands", () => {
    const keys = ["\u20ac", "\r", "\ufb33", "1", "\u{1f600}", "\u0080", "\u00f6"];
    const value = Object.fromEntries(keys.map((key) => [key, 0]));
    const sorted = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\u{1f600}", "\ufb33"];
    expect(Object.keys(JSON.parse(textOf(value)) as object).filter((key) => key !== "1")).toEqual(
      sorted.filter((key) => key !== "1"),
    );
    expect(textOf(value)).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(",")}}`);
  });

  it("does not depend on the order of keys, and agrees with a second implementation", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.infiniteStream(fc.double({ min: 0, max: 1 })),
        (value, rng) => {
          const random = (): number => rng.next().value as number;
          const text = textOf(value);
          expect(textOf(shuffled(value, random))).toBe(text);
          // -0 becomes 0 in JSON; the other writer is given what a reader would see.
          expect(text).toBe(byHand(JSON.parse(JSON.stringify(value))));
          expect(textOf(JSON.parse(text))).toBe(text);
        },
      ),
      { seed: 8785, numRuns: 500 },
    );
  });

  it("keeps a key that is called __proto__", () => {
    expect(textOf(JSON.parse('{"b":1,"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1},"b":1}');
  });

  it("refuses what JSON cannot say", () => {
    for (const value of [undefined, Number.NaN, Infinity]) {
      expect(() => canonicalJsonBytes(value)).toThrow();
    }
  });
});
