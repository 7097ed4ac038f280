import type { ArrayTaker } from "../array-taker.ts";
import { arcEnds } from "../graph/arc-ends.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { ACCESS_NONE } from "../osm/way-access.ts";
import type { VehicleAccess } from "./access-rules.ts";

/** Row of a road that there is not. */
const NO_ROW = -1;

/** The two fastest roads of each node in one direction: their rows, and the edges they belong to. */
interface Fastest {
  readonly row: Int16Array;
  readonly edge: Int32Array;
  readonly nextRow: Int16Array;
}

/** How nodes are driven through. */
export interface ThroughSpeeds {
  /** Row of the cost table at which a node is driven through. */
  readonly row: Int16Array;
  /** Row at which traffic leaves a node that comes from an edge: that of the best way on. */
  rowOn(node: number, edge: number): number;
  /** Row at which traffic comes to a node that goes on to an edge: that of the best way there. */
  rowTo(node: number, edge: number): number;
  /**
   * Chance that a road slower than a node leads on to or comes from a road as fast: 1 where it ends at
   * the node, one half where it may go on beyond it.
   */
  joinChance(node: number): number;
}

/**
 * Finds how nodes are driven through: as fast as the best that a way in and a way out on another edge
 * have in common, so that the road that goes on pays nothing for what merely joins it. A change of
 * speed depends on two arcs, but the cost of an arc on one; so every arc pays for the change between
 * its own speed and that of the node at either end, as far as any other edge goes on so fast. That is
 * exact for what goes on, for what joins or leaves a faster road, and where a limit changes; who
 * crosses a faster road and who turns into it from a road that crosses it pay for half of the
 * change. The end of a road has the speed of the road.
 *
 * @param firstRow - row at the beginning of each arc
 * @param lastRow - row at the end of each arc
 * @param arrays - where the speeds go, or where they are already
 */
export function throughSpeeds(
  graph: RoutingGraph,
  { arcLevel }: VehicleAccess,
  firstRow: (arc: number) => number,
  lastRow: (arc: number) => number,
  arrays: ArrayTaker,
): ThroughSpeeds {
  const { nodeCount } = graph;
  const waysIn = takeRoads(nodeCount, arrays);
  const waysOut = takeRoads(nodeCount, arrays);
  const row = arrays.int16(nodeCount);
  const slowerEdges = arrays.uint8(nodeCount);
  if (!arrays.isFilled) {
    for (const roads of [waysIn, waysOut]) clearRoads(roads);
    const { tails, heads } = arcEnds(graph);
    const first = new Int16Array(arcLevel.length);
    const last = new Int16Array(arcLevel.length);
    for (let arc = 0; arc < arcLevel.length; arc++) {
      if (arcLevel[arc] === ACCESS_NONE) continue;
      first[arc] = firstRow(arc);
      last[arc] = lastRow(arc);
      addRoad(waysIn, heads[arc]!, arc >> 1, last[arc]!);
      addRoad(waysOut, tails[arc]!, arc >> 1, first[arc]!);
    }
    for (let node = 0; node < nodeCount; node++) row[node] = throughRow(waysIn, waysOut, node);
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      const arc = arcLevel[2 * edge] === ACCESS_NONE ? 2 * edge + 1 : 2 * edge;
      if (arcLevel[arc] === ACCESS_NONE) continue;
      const tail = tails[arc]!;
      const head = heads[arc]!;
      if (first[arc]! < row[tail]! && slowerEdges[tail]! < 2) slowerEdges[tail]!++;
      if (last[arc]! < row[head]! && slowerEdges[head]! < 2) slowerEdges[head]!++;
    }
  }
  const beside = (roads: Fastest, node: number, edge: number): number => {
    const best = roads.edge[node] === edge ? roads.nextRow[node]! : roads.row[node]!;
    return best === NO_ROW ? row[node]! : Math.min(row[node]!, best);
  };
  return {
    row,
    rowOn: (node, edge) => beside(waysOut, node, edge),
    rowTo: (node, edge) => beside(waysIn, node, edge),
    joinChance: (node) => (slowerEdges[node]! > 1 ? 0.5 : 1),
  };
}

/** The best that a way in and a way out on another edge have in common. */
function throughRow(waysIn: Fastest, waysOut: Fastest, node: number): number {
  const into = waysIn.row[node]!;
  const out = waysOut.row[node]!;
  const isTurn = waysIn.edge[node] === waysOut.edge[node];
  const through = isTurn
    ? Math.max(Math.min(into, waysOut.nextRow[node]!), Math.min(waysIn.nextRow[node]!, out))
    : Math.min(into, out);
  return through === NO_ROW ? Math.max(into, out) : through;
}

function takeRoads(nodeCount: number, arrays: ArrayTaker): Fastest {
  return {
    row: arrays.int16(nodeCount),
    edge: arrays.int32(nodeCount),
    nextRow: arrays.int16(nodeCount),
  };
}

function clearRoads({ row, edge, nextRow }: Fastest): void {
  row.fill(NO_ROW);
  edge.fill(-1);
  nextRow.fill(NO_ROW);
}

function addRoad({ row, edge, nextRow }: Fastest, node: number, own: number, ownRow: number): void {
  if (ownRow > row[node]!) {
    // A loop meets its node twice in one direction only where it is two arcs of one edge.
    if (edge[node] !== own) nextRow[node] = row[node]!;
    row[node] = ownRow;
    edge[node] = own;
  } else if (edge[node] !== own) nextRow[node] = Math.max(nextRow[node]!, ownRow);
}
