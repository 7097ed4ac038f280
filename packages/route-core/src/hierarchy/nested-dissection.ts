import { dissect } from "./dissect.ts";
import {
  type DissectionStep,
  type DissectionTask,
  partOfTask,
  wholeGraphTask,
} from "./dissection-task.ts";
import type { NetworkShape } from "./network-shape.ts";
import { type ReducedGraph, reduceDegree } from "./reduce-degree.ts";
import { undirectedGraph } from "./undirected-graph.ts";

/** Parts with more nodes than this are jobs of their own for the runner. */
const LARGE_PART = 20_000;

/** Job for a {@link DissectionRunner}; typed arrays and a number, so that it can go to a worker. */
export interface DissectionJob {
  readonly task: DissectionTask;
  readonly stepsAbove: number;
}

/** Carries out jobs, each by `dissect(job.task, job.stepsAbove)`, as many at a time as it likes. */
export type DissectionRunner = (job: DissectionJob) => Promise<DissectionStep>;

/**
 * A nested dissection order of the network's nodes: node per rank. Nodes of high rank part the network
 * in large pieces, nodes of low rank are dead ends and side streets.
 *
 * @throws RangeError when the shape is not consistent
 */
export function nestedDissection(shape: NetworkShape): Int32Array {
  const { reduced, task } = prepare(shape);
  return joined(reduced, dissect(task).order);
}

/**
 * As {@link nestedDissection}, with the work handed out in jobs; the order is the same for any runner.
 *
 * @throws RangeError when the shape is not consistent, and whatever the runner rejects with
 */
export async function nestedDissectionWith(
  shape: NetworkShape,
  runner: DissectionRunner,
): Promise<Int32Array> {
  const { reduced, task } = prepare(shape);
  return joined(reduced, await ordered(task, runner));
}

function prepare(shape: NetworkShape): { reduced: ReducedGraph; task: DissectionTask } {
  const { nodeCount, tails, heads } = shape;
  if (shape.x.length !== nodeCount || shape.y.length !== nodeCount) {
    throw new RangeError(`positions are not given for ${nodeCount} nodes`);
  }
  const reduced = reduceDegree(undirectedGraph(nodeCount, tails, heads));
  const x = Int32Array.from(reduced.nodes, (node) => shape.x[node]!);
  const y = Int32Array.from(reduced.nodes, (node) => shape.y[node]!);
  return { reduced, task: wholeGraphTask(reduced.core, x, y) };
}

function joined({ eliminated, nodes }: ReducedGraph, coreOrder: Int32Array): Int32Array {
  const order = new Int32Array(eliminated.length + nodes.length);
  order.set(eliminated);
  for (let k = 0; k < coreOrder.length; k++) order[eliminated.length + k] = nodes[coreOrder[k]!]!;
  return order;
}

async function ordered(task: DissectionTask, runner: DissectionRunner): Promise<Int32Array> {
  const { order, openParts } = await runner({ task, stepsAbove: LARGE_PART });
  const parts: Promise<void>[] = [];
  for (let k = 0; k < openParts.length; k += 2) {
    const begin = openParts[k]!;
    const nodes = order.slice(begin, openParts[k + 1]);
    const place = async (): Promise<void> => {
      const partOrder = await ordered(partOfTask(task, nodes), runner);
      for (let at = 0; at < partOrder.length; at++) order[begin + at] = nodes[partOrder[at]!]!;
    };
    parts.push(place());
  }
  await Promise.all(parts);
  return order;
}
