import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";

import { buildRegion } from "@gradeway/model-assets";
import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";

import { monotonicMs } from "./monotonic-clock.ts";
import { peakRssMb } from "./peak-memory.ts";

/** Steps of an import in order: those of the builder, with hashing before and writing between. */
export const IMPORT_STEPS = [
  "hash",
  "read",
  "contract",
  "elevation",
  "finish",
  "write",
  "hierarchy",
] as const;

/** One of {@link IMPORT_STEPS}. */
export type ImportStep = (typeof IMPORT_STEPS)[number];

/** What one import in a process of its own took. */
export interface ImportMeasurement {
  readonly totalMs: number;
  readonly stepMs: Readonly<Record<ImportStep, number>>;
  readonly peakRssMb: number;
  /** Before the import began: the runtime and our code. */
  readonly idleRssMb: number;
  readonly pbfBytes: number;
  readonly graphBytes: number;
  readonly graphSha256: string;
  readonly hierarchyBytes: number;
  readonly hierarchyArcs: number;
  readonly nodes: number;
  readonly edges: number;
  readonly lengthKm: number;
  readonly roadWays: number;
  readonly highwayWays: number;
  readonly elevationCoverage: number;
}

/** Imports a region with the production builder and measures this process; call it once. */
export async function measureImport(
  osm: string,
  tiles: string,
  directory: string,
): Promise<ImportMeasurement> {
  const idleRssMb = process.memoryUsage.rss() / 2 ** 20;
  const startedAtMs = monotonicMs();
  const startMs = new Map<ImportStep, number>([["hash", startedAtMs]]);
  const begin = (step: ImportStep): void => {
    if (!startMs.has(step)) startMs.set(step, monotonicMs());
  };
  const { size } = await stat(osm);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(osm)) hash.update(chunk as Uint8Array);
  begin("read");
  const report = await buildRegion({
    directory,
    name: path.basename(osm),
    osm: { byteLength: size, open: () => createReadStream(osm) },
    osmInput: { name: path.basename(osm), sha256: hash.digest("hex") },
    elevation: createElevationSampler(await openTileSource(tiles)),
    progress: (step, fraction) => begin(step === "finish" && fraction === 1 ? "write" : step),
  });
  const endedAtMs = monotonicMs();
  const starts = IMPORT_STEPS.map((step) => startMs.get(step) ?? Number.NaN);
  const stepMs = Object.fromEntries(
    IMPORT_STEPS.map((step, at) => [step, (starts[at + 1] ?? endedAtMs) - starts[at]!]),
  ) as Record<ImportStep, number>;
  return {
    totalMs: endedAtMs - startedAtMs,
    stepMs,
    peakRssMb: await peakRssMb(),
    idleRssMb,
    pbfBytes: size,
    graphBytes: report.graphBytes,
    graphSha256: report.graphSha256,
    hierarchyBytes: report.hierarchyBytes,
    hierarchyArcs: report.hierarchyArcs,
    nodes: report.summary.nodes,
    edges: report.summary.edges,
    lengthKm: report.summary.lengthKm,
    roadWays: report.roadWays,
    highwayWays: report.highwayWays,
    elevationCoverage: report.coverageRatio,
  };
}
