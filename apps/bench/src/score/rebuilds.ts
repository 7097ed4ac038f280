import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { sha256, sha256Hex } from "@gradeway/model-assets";
import type { RepeatedRun, Traces } from "@gradeway/quality-gates";
import { createRoutePlanner, encodeGraph } from "@gradeway/route-core";
import { buildSampleRegion } from "@gradeway/sample-region";

import { monotonicMs } from "../monotonic-clock.ts";
import type { ScoredRegion } from "./opened-region.ts";

/** What must come out the same twice: a built region, a graph written again, and answers. */
export function repeatedRuns(open: () => Promise<ScoredRegion>): RepeatedRun[] {
  return [
    { name: "sample region built", run: buildSample },
    { name: "graph written again", run: async (attempt) => graphTraces(await open(), attempt) },
    { name: "answers of two planners", run: async () => answerTraces(await open()) },
  ];
}

async function buildSample(): Promise<Traces> {
  const root = await mkdtemp(path.join(tmpdir(), "gradeway-score-"));
  try {
    const region = path.join(root, "region");
    await buildSampleRegion(path.join(root, "source"), region);
    const traces = new Map<string, string>();
    for (const entry of await readdir(region, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      traces.set(path.relative(region, file), sha256Hex(await readFile(file)));
    }
    return traces;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** First the bytes of the region, then the same graph decoded and encoded. */
function graphTraces({ bundle, graph }: ScoredRegion, attempt: 0 | 1): Traces {
  const bytes =
    attempt === 0
      ? new Uint8Array(bundle.region.graph)
      : new Uint8Array(encodeGraph(graph, sha256));
  return new Map([["graph", sha256Hex(bytes)]]);
}

/** Answers without diagnostics, which hold times. */
function answerTraces({ bundle, trips }: ScoredRegion): Traces {
  const planner = createRoutePlanner(bundle.region, { now: monotonicMs });
  return new Map(
    trips.map((trip, index) => {
      const { diagnostics: _, ...answer } = planner.planPareto({ ...trip, epsilon: 0.01 });
      return [`trip ${index}`, sha256Hex(Buffer.from(JSON.stringify(answer)))];
    }),
  );
}
