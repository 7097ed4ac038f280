import type { Costing } from "../../src/costing/costing.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import { ROAD_CLASSES } from "../../src/osm/road-class.ts";
import { SPEED_RULES } from "../vehicles.ts";
import { curvedRowByHand } from "./curve-oracle.ts";

export function tailAndHead(graph: RoutingGraph, edge: number): [number, number] {
  return [graph.edgeTail[edge]!, graph.edgeHead[edge]!];
}

/** Target speed of a span, km/h, by the definition. */
export function targetByHand({ graph, vehicle }: Costing, span: number, back: boolean): number {
  const rule = SPEED_RULES.classes[ROAD_CLASSES[graph.spanClass[span]!]!];
  const posted = back ? graph.spanSpeedBackwardKmh[span]! : graph.spanSpeedForwardKmh[span]!;
  const truckKmh = vehicle.accessKind === "hgv" ? rule.truckLimitKmh : Infinity;
  const limit = Math.min(posted > 0 ? posted : rule.defaultKmh, truckKmh, vehicle.maxSpeedKmh);
  const isRoundabout = (graph.spanFlags[span]! & 8) !== 0;
  return Math.max(5, Math.min(limit * rule.practicalShare, isRoundabout ? 28 : Infinity));
}

/**
 * How a node is driven through, from every way in and every way out.
 *
 * @param driven - arc that ends (`isExit`) or begins at the node; without it the node's own speed
 */
export function throughByHand(
  costing: Costing,
  node: number,
  driven?: number,
  isExit = false,
): { row: number; chance: number } {
  const { graph, access } = costing;
  const rowAt = (arc: number, isEnd: boolean): number => {
    const edge = arc >> 1;
    const back = (arc & 1) === 1;
    const isTail = isEnd === back;
    const span = isTail ? graph.firstSpan[edge]! : graph.firstSpan[edge + 1]! - 1;
    const row = Math.round(2 * targetByHand(costing, span, back));
    return curvedRowByHand(costing, edge, isTail ? 0 : graph.edgeLengthM[edge]!, row);
  };
  const arcs = Array.from({ length: 2 * graph.edgeCount }, (_, arc) => arc).filter(
    (arc) => access.arcLevel[arc] !== 0,
  );
  const headOf = (arc: number): number => tailAndHead(graph, arc >> 1)[1 - (arc & 1)]!;
  const into = arcs.filter((arc) => headOf(arc) === node);
  const out = arcs.filter((arc) => headOf(arc ^ 1) === node);
  const pairs = into.flatMap((a) => out.filter((b) => b >> 1 !== a >> 1).map((b) => [a, b]));
  const best = Math.max(-1, ...pairs.map(([a, b]) => Math.min(rowAt(a!, true), rowAt(b!, false))));
  const alone = [...into.map((arc) => rowAt(arc, true)), ...out.map((arc) => rowAt(arc, false))];
  const row = best >= 0 ? best : Math.max(...alone);
  const slower = [...new Set([...into, ...out].map((arc) => arc >> 1))].filter((edge) => {
    const arc = access.arcLevel[2 * edge] === 0 ? 2 * edge + 1 : 2 * edge;
    const atTail = headOf(arc ^ 1) === node && rowAt(arc, false) < row;
    const atHead = headOf(arc) === node && rowAt(arc, true) < row;
    return atTail || atHead;
  });
  const chance = slower.length > 1 ? 0.5 : 1;
  if (driven === undefined) return { row, chance };
  // As fast as any other edge goes on, or comes.
  const beside = (isExit ? out : into).filter((other) => other >> 1 !== driven >> 1);
  const onward = beside.map((other) => rowAt(other, !isExit));
  return { row: Math.min(row, onward.length > 0 ? Math.max(...onward) : row), chance };
}
