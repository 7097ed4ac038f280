import { describe, expect, it } from "vitest";

import { parseFrontPairs } from "../src/index.ts";

const HEAD = "source_node,target_node,front_size,reference_time_s";

describe("a table of published fronts", () => {
  it("is read by column name, with empty lines and further columns passed over", () => {
    const text = "front_size,source_node,note,target_node,reference_time_s\r\n3,7,x,9,0.25\r\n\r\n";
    expect(parseFrontPairs(text)).toEqual([
      { source: 7, target: 9, frontSize: 3, referenceTimeS: 0.25 },
    ]);
    expect(parseFrontPairs(`${HEAD}\n`)).toEqual([]);
  });

  it.each([
    ["source_node,target_node,front_size\n1,2,3", "line 1: there is no column reference_time_s"],
    [`${HEAD}\n1,2,3,0.5\n1,2,3`, "line 3"],
    [`${HEAD}\n1,2,3,`, "line 2"],
    [`${HEAD}\n0,2,3,0.5`, "line 2"],
    [`${HEAD}\n1,2.5,3,0.5`, "line 2"],
    [`${HEAD}\n1,2,3,-1`, "line 2"],
    [`${HEAD}\n1,2,3,Infinity`, "line 2"],
  ])("refuses %j", (text, reason) => {
    expect(() => parseFrontPairs(text)).toThrow(reason);
    expect(() => parseFrontPairs(text)).toThrow(RangeError);
  });
});
