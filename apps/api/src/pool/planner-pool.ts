import { availableParallelism } from "node:os";

import {
  type CostingStats,
  costingStats,
  createCostingMemory,
  type RegionData,
  type RegionSummary,
  releaseMember,
} from "@gradeway/route-core";

import type { PlannerPort } from "../app-deps.ts";
import type { PlannerThreadData } from "./planner-thread-data.ts";
import { createWorkerPool } from "./worker-pool.ts";

/** Options of {@link createPlannerPool}. */
export interface PlannerPoolOptions {
  /** The region; its graph lies in shared memory, so that all threads read the same bytes. */
  readonly regionData: RegionData;
  /** Default: one per processor. */
  readonly threads?: number | undefined;
  /** Requests that may wait while every thread is busy; default 16 per thread. */
  readonly maxQueue?: number | undefined;
  /**
   * Memory for customised weights, which all threads share; room for those of one vehicle and payload
   * there is in any case. Default: of two per thread and two more.
   */
  readonly weightsMaxBytes?: number | undefined;
}

/** A planner that runs on several threads. */
export interface PlannerPool extends PlannerPort {
  readonly summary: RegionSummary;
  readonly threads: number;
  /** How the memory of customised weights does. */
  costings(): CostingStats;
  /**
   * Refuses new requests and waits for the running ones.
   *
   * @param graceMs After this time running searches are stopped. Default 5,000.
   */
  close(graceMs?: number): Promise<void>;
}

/**
 * Starts the threads and waits until the region answers on one of them.
 *
 * @throws {ReasonError} when the region cannot be used, for example asset_version_unsupported
 */
export async function createPlannerPool(options: PlannerPoolOptions): Promise<PlannerPool> {
  const threads = options.threads ?? availableParallelism();
  const { regionData } = options;
  const costings = createCostingMemory(regionData, {
    members: threads,
    maxBytes: options.weightsMaxBytes,
  });
  const workerData: PlannerThreadData = { regionData, costings };
  // From source the worker is TypeScript beside this file; built, it is a chunk of its own.
  const fromSource = import.meta.url.endsWith(".ts");
  const pool = createWorkerPool({
    worker: new URL(fromSource ? "./planner-worker.ts" : "./planner-worker.js", import.meta.url),
    workerData,
    onThreadEnd: (threadId) => releaseMember(costings, threadId),
    threads,
    maxQueue: options.maxQueue ?? threads * 16,
    ...(fromSource ? { execArgv: ["--conditions=@gradeway/source"] } : {}),
  });
  try {
    const summary = await pool.run("summary");
    return {
      summary,
      threads,
      costings: () => costingStats(costings),
      planPareto: (request, control) => pool.run("pareto", request, control),
      planRoute: (request, control) => pool.run("route", request, control),
      writePareto: (request, style, control) => pool.run("paretoBody", request, control, style),
      writeRoute: (request, style, control) => pool.run("routeBody", request, control, style),
      planFinalists: (request, control) => pool.run("finalists", request, control),
      planFinalist: (request, control) => pool.run("finalist", request, control),
      close: (graceMs = 5_000) => pool.close(graceMs),
    };
  } catch (error) {
    await pool.close(0);
    throw error;
  }
}
