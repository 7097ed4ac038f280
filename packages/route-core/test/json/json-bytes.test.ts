import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { JsonBytes } from "../../src/json/json-bytes.ts";

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("a document of JSON", () => {
  it("has numbers as JSON.stringify writes them", () => {
    const json = new JsonBytes();
    const unit = fc.oneof(
      fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }),
      fc.integer({ min: -2000, max: 2000 }),
      fc.maxSafeInteger(),
      fc.constantFrom(-0, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1),
    );
    fc.assert(
      fc.property(unit, fc.integer({ min: 0, max: 7 }), (units, digits) => {
        json.begin("");
        json.decimal(units, digits);
        expect(textOf(json.take())).toBe(JSON.stringify(units / 10 ** digits));
      }),
      { numRuns: 20_000 },
    );
  });

  it("has text, characters and what was written before in the order in which they came", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 400 })), (texts) => {
        const json = new JsonBytes();
        let expected = "[";
        json.begin("[");
        for (const text of texts) {
          const from = json.length;
          json.text(text);
          json.ascii(44);
          json.again(from, json.length);
          expected += `${text},${text},`;
        }
        expect(textOf(json.take())).toBe(expected);
      }),
    );
  });

  it("grows beyond any size, and begins anew after that", () => {
    const json = new JsonBytes();
    const line = "Straße 1, ".repeat(1000);
    json.begin(line);
    const lineBytes = json.length;
    for (let count = 1; count < 3000; count++) json.again(0, lineBytes);
    const document = json.take();
    expect(document).toHaveLength(3000 * lineBytes);
    expect(textOf(document.subarray(-lineBytes))).toBe(line);
    json.begin("lost");
    json.begin("{}");
    expect(textOf(json.take())).toBe("{}");
    // What was taken is nobody else's.
    expect(textOf(document.subarray(0, lineBytes))).toBe(line);
    expect(document.buffer.byteLength).toBe(document.byteLength);
  });
});
