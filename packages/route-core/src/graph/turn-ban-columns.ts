import { indexOfSorted, type RoadFacts, type RoadNetwork } from "../osm/road-network.ts";
import type { TurnRestriction } from "../osm/turn-restrictions.ts";
import type { EdgeColumns } from "./edge-columns.ts";
import type { RoutingGraph } from "./routing-graph.ts";

/** Turn ban columns of a graph. */
export type TurnBanColumns = Pick<RoutingGraph, "banFrom" | "banTo" | "banKinds">;

/** Bits of `banKinds`. */
export const BAN_HGV = 1;
export const BAN_VAN = 2;

interface ArcEnd {
  readonly arc: number;
  readonly osmWayId: number;
}

/** Marks the nodes that must stay junctions because a restriction with a via node turns there. */
export function markViaNodes(network: RoadNetwork, kept: Uint8Array): void {
  for (const restriction of network.restrictions) {
    const index = indexOfSorted(network.nodes.osmId, restriction.viaNode);
    if (index >= 0) kept[index] = 1;
  }
}

/**
 * Turns restriction relations into pairs of arcs that may not follow each other. A U-turn back into
 * the same edge is barred everywhere by the search itself, except at dead ends, and needs no pair.
 */
export function turnBans(network: RoadFacts, edges: EdgeColumns): TurnBanColumns {
  const nodeOfOsm = new Map<number, number>();
  for (const { viaNode } of network.restrictions) nodeOfOsm.set(viaNode, -1);
  for (let node = 0; node < edges.nodeOsmId.length; node++) {
    const osmId = edges.nodeOsmId[node]!;
    if (nodeOfOsm.has(osmId)) nodeOfOsm.set(osmId, node);
  }
  const arriving = new Map<number, ArcEnd[]>();
  const leaving = new Map<number, ArcEnd[]>();
  const vias = new Set(nodeOfOsm.values());
  const addTo = (map: Map<number, ArcEnd[]>, node: number, end: ArcEnd): void => {
    const list = map.get(node);
    if (list === undefined) map.set(node, [end]);
    else list.push(end);
  };
  const wayAt = (span: number): number => network.ways.osmId[edges.spanWay[span]!]!;
  for (let edge = 0; edge < edges.edgeTail.length; edge++) {
    const tail = edges.edgeTail[edge]!;
    const head = edges.edgeHead[edge]!;
    if (vias.has(tail)) {
      const osmWayId = wayAt(edges.firstSpan[edge]!);
      addTo(leaving, tail, { arc: 2 * edge, osmWayId });
      addTo(arriving, tail, { arc: 2 * edge + 1, osmWayId });
    }
    if (vias.has(head)) {
      const osmWayId = wayAt(edges.firstSpan[edge + 1]! - 1);
      addTo(leaving, head, { arc: 2 * edge + 1, osmWayId });
      addTo(arriving, head, { arc: 2 * edge, osmWayId });
    }
  }
  const kinds = new Map<string, [from: number, to: number, kinds: number]>();
  for (const restriction of network.restrictions) {
    const node = nodeOfOsm.get(restriction.viaNode)!;
    const bits = kindsOf(restriction);
    for (const [from, to] of bannedPairs(
      restriction,
      arriving.get(node) ?? [],
      leaving.get(node) ?? [],
    )) {
      const key = `${from} ${to}`;
      const known = kinds.get(key);
      if (known === undefined) kinds.set(key, [from, to, bits]);
      else known[2] |= bits;
    }
  }
  const rows = [...kinds.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    banFrom: Int32Array.from(rows, (row) => row[0]),
    banTo: Int32Array.from(rows, (row) => row[1]),
    banKinds: Uint8Array.from(rows, (row) => row[2]),
  };
}

/** Bits of the vehicles that a restriction concerns. */
export function kindsOf({
  appliesToHgv,
  appliesToVan,
}: Pick<TurnRestriction, "appliesToHgv" | "appliesToVan">): number {
  return (appliesToHgv ? BAN_HGV : 0) | (appliesToVan ? BAN_VAN : 0);
}

function* bannedPairs(
  restriction: TurnRestriction,
  arriving: readonly ArcEnd[],
  leaving: readonly ArcEnd[],
): Generator<[number, number]> {
  const froms = arriving.filter((end) => restriction.fromWays.includes(end.osmWayId));
  const targets = leaving.filter((end) => restriction.toWays.includes(end.osmWayId));
  // A relation whose ways do not meet at its node restricts nothing.
  if (targets.length === 0) return;
  for (const from of froms) {
    const reverse = from.arc ^ 1;
    for (const end of leaving) {
      if (end.arc === reverse) continue;
      // No U-turn from a way into itself says nothing about the way straight on.
      if (restriction.isUTurn && end.osmWayId === from.osmWayId) continue;
      const isTarget = targets.includes(end);
      if (restriction.mode === "no" ? isTarget : !isTarget) yield [from.arc, end.arc];
    }
  }
}
