import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { decodeGraph, graphSha256 } from "@gradeway/route-core";
import {
  buildHierarchy,
  encodeHierarchy,
  nestedDissection,
  nestedDissectionWith,
  type NetworkShape,
  networkShape,
} from "@gradeway/route-core/hierarchy";

import { sha256 } from "../sha256.ts";
import type { BuildSteps, StepResult } from "./build-steps.ts";
import { createDissectionPool } from "./dissection-pool.ts";
import { isOnDisk, writeAsset, type WrittenAsset } from "./write-region.ts";

/** A hierarchy on disk. */
export interface BuiltHierarchyFile {
  readonly written: WrittenAsset;
  /** Hierarchy arcs, those of the graph included. */
  readonly arcCount: number;
}

/**
 * Builds the hierarchy of a routing graph as a step of its own (`hierarchy`), which depends on nothing
 * but the graph.
 *
 * @param directory - of the region, in which the graph lies
 * @param threads - that work out the order; 1 is the calling one
 */
export function buildHierarchyFile(
  directory: string,
  graph: WrittenAsset,
  steps: BuildSteps,
  threads = 1,
): Promise<StepResult<BuiltHierarchyFile>> {
  return steps.run({
    name: "hierarchy",
    inputs: { graph: graph.sha256 },
    run: async () => {
      const { shape, hash } = await readShape(join(directory, graph.path));
      const { nodeCount, tails, heads } = shape;
      const order = await orderOf(shape, threads);
      const hierarchy = buildHierarchy(nodeCount, tails, heads, order);
      const bytes = encodeHierarchy({ hierarchy, graphSha256: hash }, sha256);
      return {
        written: await writeAsset(directory, "hierarchy", bytes),
        arcCount: hierarchy.arcCount,
      };
    },
    isUsable: ({ written }) => isOnDisk(directory, written),
  });
}

/** Reads what a hierarchy needs to know of a graph, and lets go of the rest, which is far larger. */
async function readShape(file: string): Promise<{ shape: NetworkShape; hash: string }> {
  const bytes = await readFile(file);
  const isWhole = bytes.byteLength === bytes.buffer.byteLength;
  const { buffer } = isWhole ? bytes : new Uint8Array(bytes);
  const shape = networkShape(decodeGraph(buffer));
  // Latitudes are a view of the whole file.
  return { shape: { ...shape, y: shape.y.slice() }, hash: graphSha256(buffer) };
}

async function orderOf(shape: NetworkShape, threads: number): Promise<Int32Array> {
  if (threads === 1) return nestedDissection(shape);
  const pool = createDissectionPool(threads);
  try {
    return await nestedDissectionWith(shape, pool.run);
  } finally {
    await pool.close();
  }
}
