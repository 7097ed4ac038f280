import { ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { selfTestTrips, testPlanner } from "../src/index.ts";
import { createFakePlanner } from "./fake-region.ts";

const MANIFEST = "ab".repeat(32);
const trips = [
  { origin: [7, 49], destination: [7.1, 49.1] },
  { origin: [7.2, 49.2], destination: [7.3, 49.1] },
] as const;

describe("the self-test of a region", () => {
  it("is passed when one of the trips can be planned", async () => {
    const planner = createFakePlanner(1);
    let asked = 0;
    const flaky = {
      planRoute: (request: Parameters<typeof planner.planRoute>[0]) => {
        asked += 1;
        const problem = new ReasonError("no_route_candidates", "No route.", {});
        return asked === 1 ? Promise.reject(problem) : planner.planRoute(request);
      },
    };
    await testPlanner({ planner: flaky, trips, manifestSha256: MANIFEST });
    expect(asked).toBe(2);
  });

  it("fails when no trip can be planned, when there is none, and when answers name other data", async () => {
    const none = {
      planRoute: () => Promise.reject(new ReasonError("no_route_candidates", "No route.", {})),
    };
    const failed = { reasonCode: "region_self_test_failed" };
    await expect(
      testPlanner({ planner: none, trips, manifestSha256: MANIFEST }),
    ).rejects.toMatchObject(failed);
    await expect(
      testPlanner({ planner: createFakePlanner(1), trips: [], manifestSha256: MANIFEST }),
    ).rejects.toMatchObject(failed);
    await expect(
      testPlanner({ planner: createFakePlanner(1), trips, manifestSha256: "cd".repeat(32) }),
    ).rejects.toMatchObject(failed);
  });

  it("takes its trips from the largest connected part", () => {
    const graph = {
      nodeCount: 6,
      nodeComponent: Int32Array.of(0, 1, 1, 0, 1, 1),
      componentNodes: Int32Array.of(2, 4),
      nodeLonE7: Int32Array.of(0, 1e7, 2e7, 3e7, 4e7, 5e7),
      nodeLatE7: new Int32Array(6),
    } as unknown as Parameters<typeof selfTestTrips>[0];
    expect(selfTestTrips(graph)).toEqual([
      { origin: [1, 0], destination: [4, 0] },
      { origin: [2, 0], destination: [5, 0] },
    ]);
  });
});
