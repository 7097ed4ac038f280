import { ARRAY_ALIGNMENT } from "../array-taker.ts";
import { WIND_CLASSES } from "../costing/wind.ts";
import { COST_TABLE_CELLS } from "../costing/cost-table.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import { weightsByteLength } from "../hierarchy/hierarchy-weights.ts";
import { IN_STRIDE } from "../search/search-graph.ts";

/** Most arrays that a costing takes: each may leave a gap before the next one. */
const MOST_ARRAYS = 40;
/** Of an arc of three objectives in `outArcs`. */
const OUT_STRIDE = 5;

/**
 * Bytes of everything as large as the road network that one costing needs, with every road open: in
 * the order in which `prepareCosting` takes it, potential of a battery vehicle, tables and spans, access,
 * speeds through nodes, search graph, network, facts of the search graph, weights of the hierarchy.
 */
export function costingByteLength(
  graph: Pick<
    RoutingGraph,
    "nodeCount" | "edgeCount" | "spanEndM" | "banPathArcs" | "banPathKinds"
  >,
  hierarchy: Pick<Hierarchy, "arcCount"> | undefined,
): number {
  const { nodeCount, edgeCount, spanEndM, banPathArcs, banPathKinds } = graph;
  const arcCount = 2 * edgeCount;
  // Two of costs for each class of a wind, three of speeding up, three of braking, one of both; rows of
  // spans in it.
  const columns = 2 * WIND_CLASSES + 7;
  const tables = columns * COST_TABLE_CELLS * Float64Array.BYTES_PER_ELEMENT;
  const spans = 4 * spanEndM.length * Int16Array.BYTES_PER_ELEMENT;
  // A forbidden path of n arcs makes n - 2 states that are no arc, or fewer.
  const furtherStates = banPathArcs.length - 2 * banPathKinds.length;
  // Three rows of ways in, ways out and through, and how many edges are slower.
  const through = 5 * nodeCount * Int16Array.BYTES_PER_ELEMENT + nodeCount;
  const flags = 3 * arcCount + furtherStates + nodeCount;
  const firsts = 2 * (nodeCount + 1);
  const network = 2 * nodeCount + 2;
  const wayOut = nodeCount;
  const fastestEdges = 2 * nodeCount;
  const perArc = OUT_STRIDE + IN_STRIDE + 1;
  const integers = firsts + perArc * arcCount + network + wayOut + fastestEdges + 2;
  const potential = nodeCount * Float64Array.BYTES_PER_ELEMENT;
  const weights = hierarchy === undefined ? 0 : weightsByteLength(hierarchy, { metricCount: 3 });
  return (
    tables +
    spans +
    potential +
    through +
    flags +
    integers * Int32Array.BYTES_PER_ELEMENT +
    weights +
    MOST_ARRAYS * ARRAY_ALIGNMENT
  );
}
