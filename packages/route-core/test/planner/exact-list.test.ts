import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ExactList } from "../../src/planner/exact-list.ts";

describe("ExactList", () => {
  it("hands out what was collected since the last time, in arrays of their own", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer(), { maxLength: 40 }), { maxLength: 8 }),
        (lines) => {
          const list = new ExactList<number>();
          const taken = lines.map((line) => {
            for (const item of line) list.add(item);
            expect(list.last).toBe(line.at(-1));
            return list.take();
          });
          expect(taken).toEqual(lines);
          expect(list.last).toBeUndefined();
        },
      ),
    );
  });
});
