import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { runGates } from "@gradeway/quality-gates";
import { isReasonError, REASON_CODES, ReasonError } from "@gradeway/reason-codes";
import type { RoutePlanner } from "@gradeway/route-core";
import { describe, expect, it } from "vitest";

import { reasonGate } from "../src/provocations/reason-gate.ts";
import { bench } from "./run-bench.ts";

async function judged(...args: Parameters<typeof reasonGate>) {
  const { results } = await runGates([reasonGate(...args)], { now: () => 0 });
  return results[0]!;
}

/** Tells two refusals of trips under each other's names. */
function swapping(planner: RoutePlanner): RoutePlanner {
  return {
    ...planner,
    planRoute(request, control) {
      try {
        return planner.planRoute(request, control);
      } catch (error) {
        if (isReasonError(error, "end_avoided")) {
          throw new ReasonError("no_route_candidates", error.message, {});
        }
        if (isReasonError(error, "no_route_candidates")) {
          const { origin } = request;
          const details = { point: "origin", lonLat: origin, osmWayId: 1 } as const;
          throw new ReasonError("end_avoided", error.message, details);
        }
        throw error;
      }
    },
  };
}

describe("the score of reason codes", () => {
  it("is 100: every code comes from its cause", async () => {
    const codes = Object.keys(REASON_CODES).length;
    expect(await judged()).toMatchObject({
      status: "pass",
      score: 100,
      facts: { codes, provoked: codes },
      failures: [],
    });
  });

  it("is too low as soon as two codes are exchanged", async () => {
    expect(await judged(swapping)).toMatchObject({
      status: "fail",
      failures: [
        "no_route_candidates: the cause went through with end_avoided",
        "end_avoided: the cause went through with no_route_candidates",
      ],
    });
  });

  it("is measured alone, and without a region", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "gradeway-reasons-"));
    const nowhere = path.join(folder, "nowhere");
    const run = await bench(
      "score",
      "--subsystem",
      "reason-codes",
      "--region",
      nowhere,
      "--out",
      folder,
    );
    expect(run.stdout).toMatch(/reason-codes +each reason code provoked +100\.0 +100\.0 +pass/);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    await rm(folder, { recursive: true });
  });
});
