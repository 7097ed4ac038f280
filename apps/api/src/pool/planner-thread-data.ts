import type { CostingMemory, RegionData } from "@gradeway/route-core";

/** What a planning thread is started with. */
export interface PlannerThreadData {
  readonly regionData: RegionData;
  /** Shared by all threads of the pool. */
  readonly costings: CostingMemory;
}
