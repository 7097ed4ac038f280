import type { RoutingGraph } from "../graph/routing-graph.ts";
import { BAN_HGV, BAN_VAN } from "../graph/turn-ban-columns.ts";
import type { AccessKind } from "../osm/way-access.ts";
import { buildTurnBans, type TurnBans } from "../search/turn-bans.ts";

/** The turns that vehicles of a kind may not make, and the paths that they may not drive. */
export function turnBansOf(graph: RoutingGraph, accessKind: AccessKind): TurnBans {
  const kind = accessKind === "hgv" ? BAN_HGV : BAN_VAN;
  const turns: { arcIn: number; arcOut: number }[] = [];
  for (let ban = 0; ban < graph.banFrom.length; ban++) {
    if ((graph.banKinds[ban]! & kind) === 0) continue;
    turns.push({ arcIn: graph.banFrom[ban]!, arcOut: graph.banTo[ban]! });
  }
  const paths: number[][] = [];
  for (let path = 0; path < graph.banPathKinds.length; path++) {
    if ((graph.banPathKinds[path]! & kind) === 0) continue;
    const { firstBanPathArc, banPathArcs } = graph;
    paths.push([...banPathArcs.subarray(firstBanPathArc[path], firstBanPathArc[path + 1])]);
  }
  return buildTurnBans(2 * graph.edgeCount, turns, paths);
}
