import { parentPort, workerData } from "node:worker_threads";

import type { CostingMemory } from "../../src/costing-store/costing-memory.ts";
import type { PlanRequest } from "../../src/planner/plan-types.ts";
import type { RegionData } from "../../src/planner/region-data.ts";
import { createRoutePlanner } from "../../src/planner/route-planner.ts";

/** What a planning thread of a test is started with. */
export interface PlannerWorkerData {
  readonly region: RegionData;
  readonly memory: CostingMemory;
  readonly token: number;
  readonly requests: readonly PlanRequest[];
  /** The thread stops at this look at its clock, says so, and goes on when the gate is open. */
  readonly stopAtLook: number;
  /** One cell; 1 = open. */
  readonly gate: Int32Array<SharedArrayBuffer>;
}

const { region, memory, token, requests, stopAtLook, gate }: PlannerWorkerData = workerData;
let looks = 0;
const planner = createRoutePlanner(region, {
  now() {
    looks++;
    if (looks === stopAtLook) {
      parentPort!.postMessage("stopped", []);
      Atomics.wait(gate, 0, 0);
    }
    return 0;
  },
  sharedCostings: { memory, token },
});
parentPort!.postMessage(
  requests.map((request) => planner.planPareto(request)),
  [],
);
