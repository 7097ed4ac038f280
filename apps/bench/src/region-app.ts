import { randomUUID } from "node:crypto";

import {
  type AppDeps,
  createApp,
  createJsonLogger,
  createPlannerPool,
  createRoadTiles,
  type PlannerPort,
} from "@gradeway/api";
import { assetReport, openRegion } from "@gradeway/model-assets";
import {
  type RegionData,
  type RegionSummary,
  roadFeatures,
  type RoutingGraph,
} from "@gradeway/route-core";

import { monotonicMs } from "./monotonic-clock.ts";
import { factsOf, type RegionUnderTest } from "./region-under-test.ts";

/** A planner that serves a region, and whatever ends it. */
export interface ServingPlanner extends PlannerPort {
  readonly summary: RegionSummary;
  close?(graceMs: number): Promise<void>;
}

/** Makes the planner of a region. */
export type CreatePlanner = (region: RegionData, graph: RoutingGraph) => Promise<ServingPlanner>;

/** The product's application over a region, without a socket. */
export interface RegionApp extends Pick<RegionUnderTest, "graph" | "facts"> {
  readonly app: ReturnType<typeof createApp>;
  close(): Promise<void>;
}

/**
 * Loads a region as a server does and builds the application over it. Only faults are logged, unless
 * another logger is given.
 *
 * @throws {ReasonError} those of `openRegion` and of the planner
 */
export async function openRegionApp(
  directory: string,
  createPlanner: CreatePlanner,
  parts: Partial<Pick<AppDeps, "batchConcurrency" | "terrain" | "logger">> = {},
): Promise<RegionApp> {
  const bundle = await openRegion(directory);
  const { graph, facts } = factsOf(bundle.region);
  const planner = await createPlanner(bundle.region, graph);
  const served = {
    summary: planner.summary,
    planner,
    roads: createRoadTiles(roadFeatures(graph)),
    assets: () => assetReport(bundle, Date.now()),
  };
  const logger = createJsonLogger(
    (line) => process.stderr.write(line),
    () => new Date(),
  );
  const app = createApp({
    region: () => served,
    now: monotonicMs,
    requestId: () => randomUUID(),
    logger: { ...logger, info: () => undefined },
    ...parts,
  });
  return {
    app,
    graph,
    facts,
    async close() {
      await planner.close?.(0);
    },
  };
}

/** Plans as the product does, on threads. */
export function poolOf(threads?: number): CreatePlanner {
  return (regionData) => createPlannerPool({ regionData, threads });
}
