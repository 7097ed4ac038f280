import { describe, expect, it } from "vitest";

import { parseAnswerLine, parseGraphLine } from "../src/yardstick-reply.ts";

const ANSWER = {
  source: 1,
  target: 2,
  outcome: "exact",
  size: 1,
  boundsS: 0.1,
  searchS: 0.2,
  totalS: 0.3,
  wallS: 0.4,
  generated: 5,
  popped: 4,
  expanded: 3,
  peakRssMb: 60,
};

describe("the replies of a yardstick", () => {
  it("are read as they are", () => {
    const graph = { nodes: 2, arcs: 1, loadS: 0.01 };
    expect(parseGraphLine(JSON.stringify(graph))).toEqual(graph);
    const answer = { ...ANSWER, front: [[1, 2, 3]], paths: [[1, 2]] };
    expect(parseAnswerLine(JSON.stringify(answer))).toEqual(answer);
  });

  it.each([
    "",
    "null",
    "{}",
    "Segmentation fault",
    JSON.stringify({ ...ANSWER, outcome: "perhaps" }),
    JSON.stringify({ ...ANSWER, size: "1" }),
    JSON.stringify({ ...ANSWER, front: [[1, 2.5, 3]] }),
    JSON.stringify({ ...ANSWER, paths: {} }),
  ])("are refused when they are anything else: %s", (line) => {
    expect(() => parseAnswerLine(line)).toThrow("The yardstick said");
    expect(() => parseGraphLine(line)).toThrow("The yardstick said");
  });

  it("carry the reason of a refusal", () => {
    expect(() => parseAnswerLine('{"error":"no such node"}')).toThrow("no such node");
  });
});
