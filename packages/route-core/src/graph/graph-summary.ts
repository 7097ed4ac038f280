import { ROAD_CLASSES, type RoadClass } from "../osm/road-class.ts";
import type { GraphMeta, RoutingGraph } from "./routing-graph.ts";

/** Figures about a graph for people. */
export interface GraphSummary {
  readonly nodes: number;
  readonly edges: number;
  readonly lengthKm: number;
  /** Road kilometres per class, classes without roads left out. */
  readonly kmByClass: Readonly<Partial<Record<RoadClass, number>>>;
  /** Mean climb in metres per kilometre per class, both directions averaged. */
  readonly climbMPerKmByClass: Readonly<Partial<Record<RoadClass, number>>>;
  readonly components: number;
  readonly largestComponentShare: number;
  readonly turnBans: number;
  /** Paths of three arcs or more that are forbidden. */
  readonly forbiddenPaths: number;
  /** Turn restrictions with via ways that they come from. */
  readonly viaWayRestrictions: number;
  /** Turn restrictions that are left out, and why. */
  readonly ignoredRestrictions: GraphMeta["counts"]["ignoredRestrictions"];
}

/** Counts a graph's roads. */
export function summarizeGraph(graph: RoutingGraph): GraphSummary {
  const metres = new Float64Array(ROAD_CLASSES.length);
  const knownMetres = new Float64Array(ROAD_CLASSES.length);
  const climb = new Float64Array(ROAD_CLASSES.length);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const roadClass = graph.spanClass[graph.firstSpan[edge]!]!;
    const first = graph.firstHeight[edge]!;
    const pieces = graph.firstHeight[edge + 1]! - first - 1;
    const pieceM = graph.edgeLengthM[edge]! / pieces;
    metres[roadClass]! += graph.edgeLengthM[edge]!;
    for (let piece = first; piece < first + pieces; piece++) {
      const rise = graph.heightM[piece + 1]! - graph.heightM[piece]!;
      if (Number.isNaN(rise)) continue;
      knownMetres[roadClass]! += pieceM;
      climb[roadClass]! += Math.abs(rise) / 2;
    }
  }
  const kmByClass: Partial<Record<RoadClass, number>> = {};
  const climbMPerKmByClass: Partial<Record<RoadClass, number>> = {};
  for (const [index, name] of ROAD_CLASSES.entries()) {
    if (metres[index]! > 0) kmByClass[name] = metres[index]! / 1000;
    if (knownMetres[index]! > 0) {
      climbMPerKmByClass[name] = (1000 * climb[index]!) / knownMetres[index]!;
    }
  }
  return {
    nodes: graph.nodeCount,
    edges: graph.edgeCount,
    lengthKm: metres.reduce((sum, value) => sum + value, 0) / 1000,
    kmByClass,
    climbMPerKmByClass,
    components: graph.componentNodes.length,
    largestComponentShare:
      graph.componentNodes.reduce((a, b) => Math.max(a, b), 0) / graph.nodeCount,
    turnBans: graph.banFrom.length,
    forbiddenPaths: graph.banPathKinds.length,
    viaWayRestrictions: graph.meta.counts.viaWayRestrictions,
    ignoredRestrictions: graph.meta.counts.ignoredRestrictions,
  };
}
