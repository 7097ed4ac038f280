import { runGates } from "@gradeway/quality-gates";
import { describe, expect, it } from "vitest";

import { distributionOf } from "../src/distribution.ts";
import { paretoGates } from "../src/pareto.ts";
import type { ParetoOperation } from "../src/pareto-measurement.ts";

function operation(id: string, ms: readonly number[], failures: string[] = []): ParetoOperation {
  const size = { objectives: 3, points: 100_000, kept: 7 };
  return { id, title: id, ...size, ms: distributionOf(ms), failures };
}

async function statusOf(...operations: ParetoOperation[]): Promise<string> {
  return (await runGates(paretoGates(operations), { now: () => 0 })).status;
}

describe("the gates of bench pareto", () => {
  it("hold the median of three-objective filters, and nothing else, to the budget", async () => {
    expect(await statusOf(operation("filter-3-cube", [90, 99, 900]))).toBe("pass");
    expect(await statusOf(operation("filter-3-plane", [90, 101, 102]))).toBe("fail");
    expect(await statusOf(operation("hypervolume-3-cube", [900]))).toBe("pass");
  });

  it("fail on a wrong result, however fast", async () => {
    expect(await statusOf(operation("archive", [1], ["a vector of the front is gone"]))).toBe(
      "fail",
    );
  });
});
