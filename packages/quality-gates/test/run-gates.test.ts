import { ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import {
  budgetGate,
  type Gate,
  type Measurement,
  runGates,
  verdictJson,
  verdictMarkdown,
  verdictText,
} from "../src/index.ts";

function gate(id: string, measure: () => Promise<Measurement>, threshold = 95): Gate {
  return { id, subsystem: "test", title: `the gate ${id}`, rationale: "Why.", threshold, measure };
}

function scoring(score: number, failures: readonly string[] = []): () => Promise<Measurement> {
  return () => Promise.resolve({ score, facts: { looked: 3 }, failures });
}

const passing = gate("good", scoring(95));
const failing = gate("bad", scoring(94.99, ["seven | eight", "nine"]));
const throwing = gate("broken", () =>
  Promise.reject(new ReasonError("asset_missing", "Gone.", { asset: "x", path: "y" })),
);

function clock(): () => number {
  let now = 0;
  return () => (now += 5);
}

function latencyGate(observed: number): Gate {
  return budgetGate({
    id: "latency",
    subsystem: "service",
    title: "latency",
    rationale: "Why.",
    budget: 2_000,
    unit: "ms",
    measure: () => Promise.resolve({ observed, facts: { runs: 100 } }),
  });
}

describe("runGates", () => {
  it.each([
    ["all pass", [passing], "pass", 0],
    ["one fails", [passing, failing], "fail", 1],
    ["one cannot be measured", [throwing, passing], "not_measured", 2],
    ["one fails and one cannot be measured", [throwing, failing, passing], "fail", 1],
    ["there are no gates", [], "not_measured", 2],
  ] as const)("says where %s", async (_, gates, status, exitCode) => {
    const verdict = await runGates(gates, { now: clock() });
    expect(verdict).toMatchObject({ status, exitCode });
    expect(verdict.results.map(({ id }) => id)).toEqual(gates.map(({ id }) => id));
  });

  it("keeps the reason of a gate that throws, also synchronously", async () => {
    const rude = gate("rude", () => {
      throw new TypeError("no such thing");
    });
    const { results } = await runGates([throwing, rude], { now: clock() });
    expect(results.map(({ reason }) => reason)).toEqual([
      "asset_missing: Gone.",
      "TypeError: no such thing",
    ]);
  });

  it.each([Number.NaN, -1, 100.1, Infinity])("takes %d for no score", async (score) => {
    const { status } = await runGates([gate("odd", scoring(score))], { now: clock() });
    expect(status).toBe("not_measured");
  });

  it("takes time with the clock it is given and reports progress", async () => {
    const seen: string[] = [];
    const { results } = await runGates([passing, failing], {
      now: clock(),
      progress: ({ id }) => seen.push(id),
    });
    expect(results.map(({ durationMs }) => durationMs)).toEqual([5, 5]);
    expect(seen).toEqual(["good", "bad"]);
  });

  it("refuses two gates of one id", async () => {
    await expect(runGates([passing, passing], { now: clock() })).rejects.toThrow(RangeError);
  });
});

describe("budgetGate", () => {
  it.each([
    [2_000, "pass", 100],
    [2_000.1, "fail", 99.9],
    [4_000, "fail", 50],
    [Number.NaN, "not_measured", null],
  ])("weighs %d ms against 2000 ms", async (observed, status, score) => {
    const { results } = await runGates([latencyGate(observed)], { now: clock() });
    expect(results[0]).toMatchObject({ status, score });
  });
});

describe("reports", () => {
  it("shows every gate and every reason as text", async () => {
    const verdict = await runGates([passing, failing, throwing], { now: clock() });
    expect(verdictText(verdict)).toBe(`subsystem  gate             score  least  status
test       the gate good     95.0   95.0  pass
test       the gate bad      94.9   95.0  FAIL
test       the gate broken      -   95.0  NOT MEASURED

bad: FAIL
  seven | eight
  nine

broken: NOT MEASURED
  asset_missing: Gone.

verdict: FAIL`);
  });

  it("writes Markdown with facts and rationale", async () => {
    const verdict = await runGates([failing, throwing], { now: clock() });
    const text = verdictMarkdown("Scores", verdict);
    expect(text).toContain("# Scores\n\nVerdict: **FAIL**\n\n| subsystem | gate |");
    expect(text).toContain("| looked | 3 |");
    expect(text).toContain("Could not be measured: asset_missing: Gone.");
    expect(text).toContain("- seven | eight");
  });

  it("keeps everything in JSON, context included", async () => {
    const verdict = await runGates([failing], { now: clock() });
    const read: unknown = JSON.parse(verdictJson(verdict, { seed: 3 }));
    expect(read).toEqual({ ...verdict, seed: 3 });
  });

  it("shortens long lists of failures for people only", async () => {
    const many = Array.from({ length: 12 }, (_, k) => `failure ${k}`);
    const verdict = await runGates([gate("many", scoring(0, many))], { now: clock() });
    expect(verdictText(verdict)).toContain("  failure 4\n  ... and 7 more");
    expect(verdictJson(verdict, {})).toContain("failure 11");
  });
});
