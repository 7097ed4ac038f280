import { createDissectionPool } from "@gradeway/model-assets";
import { mulberry32 } from "@gradeway/quality-gates";
import {
  buildHierarchy,
  customize,
  type Hierarchy,
  nestedDissection,
  nestedDissectionWith,
} from "@gradeway/route-core/hierarchy";

import { peakRssMb } from "../peak-memory.ts";
import { medianOf, startTiming, timed, timedRuns, type Timing } from "../timed.ts";
import { type Agreement, compareWithDijkstra } from "./agreement.ts";
import { measureQueries, type QueryTimes } from "./measure-queries.ts";
import { METRICS, type MeasuredNetwork } from "./measured-network.ts";
import { createOneToAll } from "./plain-search.ts";

/** Dijkstras before the order and as many after it. */
const BASELINE_RUNS = 5;
const BUILD_RUNS = 3;
const CUSTOMIZE_RUNS = 5;
const COMPARED_SOURCES = 4;

/** What to measure and with what. */
export interface HierarchyOptions {
  readonly network: MeasuredNetwork;
  readonly pairs: number;
  readonly seed: number;
  readonly threads: number;
  readonly progress: (text: string) => void;
}

/** A finished measurement. */
export interface HierarchyResult {
  readonly network: { readonly name: string; readonly nodes: number; readonly arcs: number };
  readonly seed: number;
  /** One Dijkstra from one node to all, in the first metric; the median. */
  readonly dijkstra: Timing;
  readonly order: Timing;
  readonly threads: number;
  /** The same order made by several threads, their start included. */
  readonly threadedOrder: Timing;
  readonly isSameOrder: boolean;
  readonly build: Timing;
  readonly hierarchyArcs: number;
  readonly depth: number;
  readonly customizeOne: Timing;
  /** One metric, perfect and with paths. */
  readonly customizePerfect: Timing;
  readonly customizeThree: Timing;
  readonly bytes: {
    readonly hierarchy: number;
    readonly one: number;
    readonly perfect: number;
    readonly three: number;
  };
  readonly queries: readonly QueryTimes[];
  readonly agreement: Agreement;
  readonly peakRssMb: number;
}

/** Builds a hierarchy, measures all that is done with it, and checks it against Dijkstra. */
export async function runHierarchy(options: HierarchyOptions): Promise<HierarchyResult> {
  const { network, pairs, seed, threads, progress } = options;
  const { shape, costs, closed } = network;
  const random = mulberry32(seed);
  const oneToAll = createOneToAll(network, 0);
  const baseline = (): Timing[] =>
    Array.from({ length: BASELINE_RUNS }, () => {
      const source = network.nodes[Math.floor(random() * network.nodes.length)]!;
      return timed(() => oneToAll(source)).timing;
    });
  progress("Dijkstra");
  baseline();
  const before = baseline();
  progress("order");
  const order = timed(() => nestedDissection(shape));
  const dijkstra = medianOf([...before, ...baseline()]);
  progress(`order, ${threads} threads`);
  const threaded = await timedThreads(threads, shape);
  progress("hierarchy");
  const build = timedRuns(BUILD_RUNS, () =>
    buildHierarchy(shape.nodeCount, shape.tails, shape.heads, order.result),
  );
  const hierarchy = build.result;
  progress("customisation");
  const first = costs.filter((_, at) => at % METRICS === 0);
  const customizeOne = timedRuns(CUSTOMIZE_RUNS, () =>
    customize(hierarchy, { metricCount: 1, costs: first, closed }),
  );
  const customizePerfect = timedRuns(CUSTOMIZE_RUNS, () =>
    customize(hierarchy, {
      metricCount: 1,
      costs: first,
      closed,
      keepPaths: true,
      perfect: true,
    }),
  );
  const customizeThree = timedRuns(CUSTOMIZE_RUNS, () =>
    customize(hierarchy, { metricCount: METRICS, costs, closed }),
  );
  const weights = {
    one: customizeOne.result,
    perfect: customizePerfect.result,
    three: customizeThree.result,
  };
  progress("queries");
  const queries = measureQueries({ network, hierarchy, ...weights, random }, pairs);
  progress("comparison with Dijkstra");
  const perSource = Math.ceil(pairs / COMPARED_SOURCES);
  const agreement = compareWithDijkstra(
    network,
    hierarchy,
    weights.three,
    random,
    COMPARED_SOURCES,
    perSource,
  );
  return {
    network: { name: network.name, nodes: shape.nodeCount, arcs: shape.tails.length },
    seed,
    dijkstra,
    order: order.timing,
    threads,
    threadedOrder: threaded.timing,
    isSameOrder: Buffer.compare(bytesOf(order.result), bytesOf(threaded.result)) === 0,
    build: build.timing,
    hierarchyArcs: hierarchy.arcCount,
    depth: depthOf(hierarchy),
    customizeOne: customizeOne.timing,
    customizePerfect: customizePerfect.timing,
    customizeThree: customizeThree.timing,
    bytes: {
      hierarchy: hierarchyBytes(hierarchy),
      one: weights.one.memory.byteLength,
      perfect: weights.perfect.memory.byteLength,
      three: weights.three.memory.byteLength,
    },
    queries,
    agreement,
    peakRssMb: await peakRssMb(),
  };
}

async function timedThreads(threads: number, shape: MeasuredNetwork["shape"]) {
  const read = startTiming();
  const pool = createDissectionPool(threads);
  try {
    const result = await nestedDissectionWith(shape, pool.run);
    return { timing: read(), result };
  } finally {
    await pool.close();
  }
}

function bytesOf(array: Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Nodes on the longest way up the elimination tree. */
function depthOf({ parent }: Hierarchy): number {
  const depth = new Int32Array(parent.length);
  let most = 0;
  for (let rank = parent.length - 1; rank >= 0; rank--) {
    depth[rank] = 1 + (parent[rank]! < 0 ? 0 : depth[parent[rank]!]!);
    most = Math.max(most, depth[rank]!);
  }
  return most;
}

function hierarchyBytes(hierarchy: Hierarchy): number {
  const arrays = Object.values(hierarchy).filter((value) => value instanceof Int32Array);
  return arrays.reduce((sum, array) => sum + array.byteLength, 0);
}
