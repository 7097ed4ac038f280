import { runGates } from "@gradeway/quality-gates";
import { ReasonError } from "@gradeway/reason-codes";
import type { RoutePlanner } from "@gradeway/route-core";
import { describe, expect, it } from "vitest";

import { benchmarkGates } from "../src/benchmark-gates.ts";
import { measureOperation, type OperationResult } from "../src/measure-operation.ts";
import type { Operation } from "../src/operations.ts";
import type { TripPair } from "../src/random-pairs.ts";

const NO_PLANNER = {} as RoutePlanner;
const DIAGNOSTICS = { searchMs: 1, totalMs: 2, labels: 30, pops: 20, frontSize: 3 };

/** Measures ten trips of which trip k behaves as `act(k)` says; every clock reading adds `stepMs`. */
function measured(act: (trip: number) => void, stepMs = 2): OperationResult {
  let now = 0;
  let trip = 0;
  const operation: Operation = {
    id: "route",
    title: "made up",
    run() {
      act(trip++);
      return { routes: 3, diagnostics: DIAGNOSTICS, warnings: [] };
    },
  };
  const trips: TripPair[] = Array.from({ length: 10 }, (_, k) => ({
    origin: [k, 0],
    destination: [k, 1],
  }));
  return measureOperation(
    NO_PLANNER,
    operation,
    trips,
    () => (now += stepMs),
    () => undefined,
  );
}

function disconnect(): never {
  throw new ReasonError("routing_graph_disconnected_od", "No road.", {
    originComponentNodes: 1,
    destinationComponentNodes: 2,
  });
}

async function verdictOn(result: OperationResult) {
  return runGates(benchmarkGates([result]), { now: () => 0 });
}

describe("measureOperation", () => {
  it("tells answers, trips without a route and failures apart", () => {
    const result = measured((trip) => {
      if (trip < 2) disconnect();
      if (trip === 5) throw new TypeError("broken");
    });
    expect(result).toMatchObject({
      trips: 10,
      answered: 7,
      withoutRoute: { routing_graph_disconnected_od: 2 },
      latencyMs: { count: 7, p50: 2 },
      withoutRouteMs: { count: 2 },
      labels: { p50: 30 },
    });
    expect(result.failures).toEqual(["route 5,0 -> 5,1: TypeError: broken"]);
  });

  it("counts a search that ran out of time as a failure", () => {
    const result = measured(() => {
      throw new ReasonError("route_compute_timeout", "Late.", { deadlineMs: 1, elapsedMs: 2 });
    });
    expect(result.failures).toHaveLength(10);
  });
});

describe("benchmarkGates", () => {
  it("passes quick work, trips without a route included", async () => {
    const verdict = await verdictOn(measured((trip) => trip < 5 && disconnect()));
    expect(verdict).toMatchObject({ status: "pass", exitCode: 0 });
  });

  it("fails over the budget", async () => {
    expect(await verdictOn(measured(() => undefined, 2_000))).toMatchObject({ exitCode: 0 });
    expect(await verdictOn(measured(() => undefined, 2_001))).toMatchObject({ exitCode: 1 });
  });

  it("fails when one unit of work failed", async () => {
    const verdict = await verdictOn(
      measured((trip) => {
        if (trip === 9) throw new Error("broken");
      }),
    );
    expect(verdict.exitCode).toBe(1);
    expect(verdict.results[0]).toMatchObject({ id: "failed-work", score: 90 });
  });

  it("measures nothing when most trips have no route", async () => {
    const verdict = await verdictOn(measured((trip) => trip < 6 && disconnect()));
    expect(verdict).toMatchObject({ status: "not_measured", exitCode: 2 });
  });
});
