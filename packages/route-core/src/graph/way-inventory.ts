import { legalRoadText } from "../osm/legal-road.ts";
import { ROAD_CLASSES, type RoadClass } from "../osm/road-class.ts";
import type { RoadLimits } from "../osm/vehicle-limits.ts";
import { ACCESS_KINDS, type AccessKind, levelOf, reverseAccess } from "../osm/way-access.ts";
import { type RoutingGraph, SPAN_TOLL } from "./routing-graph.ts";

/**
 * What a graph knows of one OSM way. A graph does not keep the direction in which a way was drawn, so
 * whatever depends on it is told for both directions in one fixed order.
 */
export interface WayFacts {
  readonly lengthM: number;
  readonly roadClass: RoadClass;
  /** Posted speeds of the two directions, the lower one first; 0 = none. */
  readonly postedKmh: readonly [number, number];
  /** The same for vehicles above 3.5 t alone. */
  readonly postedTruckKmh: readonly [number, number];
  /** What the law takes it for, such as `urban single`. */
  readonly legalRoad: string;
  /** Access of the two directions by kind of vehicle, such as `hgv open/none, van open/open`. */
  readonly access: string;
  readonly limits: RoadLimits;
  /** Id of the toll facility whose charged part it is, `unresolved`, or null. */
  readonly toll: string | null;
}

/** Everything that two graphs of the same area can be compared by. */
export interface WayInventory {
  /** By OSM way id. */
  readonly ways: ReadonlyMap<number, WayFacts>;
  /** Turns that are banned, as `from>to` of OSM way ids with the number of places. */
  readonly bannedTurns: ReadonlyMap<string, number>;
  /** Road length in metres whose height is not known. */
  readonly voidM: number;
  readonly lengthM: number;
}

/** Lists what a graph knows by OSM way. */
export function wayInventory(graph: RoutingGraph): WayInventory {
  const ways = new Map<number, WayFacts>();
  let voidM = 0;
  let lengthM = 0;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    lengthM += graph.edgeLengthM[edge]!;
    voidM += voidLengthM(graph, edge);
    let startM = 0;
    for (let span = graph.firstSpan[edge]!; span < graph.firstSpan[edge + 1]!; span++) {
      const id = graph.spanWayId[span]!;
      const spanM = graph.spanEndM[span]! - startM;
      startM = graph.spanEndM[span]!;
      const known = ways.get(id);
      const facts = factsOf(graph, edge, span);
      ways.set(id, {
        ...facts,
        lengthM: spanM + (known?.lengthM ?? 0),
        // A part of the way may lie outside the facility that charges the rest.
        toll: facts.toll ?? known?.toll ?? null,
      });
    }
  }
  return { ways, bannedTurns: bannedTurnsOf(graph), voidM, lengthM };
}

function factsOf(graph: RoutingGraph, edge: number, span: number): Omit<WayFacts, "lengthM"> {
  const access = graph.edgeAccess[edge]!;
  const facility = graph.spanFacility[span]!;
  const isUnresolved = (graph.spanFlags[span]! & SPAN_TOLL) !== 0;
  return {
    roadClass: ROAD_CLASSES[graph.spanClass[span]!]!,
    postedKmh: lowFirst(graph.spanSpeedForwardKmh[span]!, graph.spanSpeedBackwardKmh[span]!),
    postedTruckKmh: lowFirst(
      graph.spanTruckSpeedForwardKmh[span]!,
      graph.spanTruckSpeedBackwardKmh[span]!,
    ),
    legalRoad: legalRoadText(graph.spanLegalRoad[span]!),
    access: accessText(Math.min(access, reverseAccess(access))),
    limits: graph.meta.limits[graph.edgeLimits[edge]!]!,
    toll:
      facility > 0
        ? graph.meta.tollFacilities[facility - 1]!.id
        : isUnresolved
          ? "unresolved"
          : null,
  };
}

function lowFirst(one: number, other: number): readonly [number, number] {
  return one <= other ? [one, other] : [other, one];
}

const LEVEL_NAMES = ["none", "restricted", "open"] as const;

function accessText(access: number): string {
  const name = (kind: AccessKind, against: boolean): string =>
    LEVEL_NAMES[levelOf(access, kind, against)] ?? "none";
  return ACCESS_KINDS.map((kind) => `${kind} ${name(kind, false)}/${name(kind, true)}`).join(", ");
}

/** Length of the pieces of an edge that lack a height at an end. */
function voidLengthM(graph: RoutingGraph, edge: number): number {
  const first = graph.firstHeight[edge]!;
  const pieces = graph.firstHeight[edge + 1]! - first - 1;
  let voids = 0;
  for (let piece = first; piece < first + pieces; piece++) {
    if (Number.isNaN(graph.heightM[piece]! + graph.heightM[piece + 1]!)) voids++;
  }
  return (graph.edgeLengthM[edge]! * voids) / pieces;
}

function bannedTurnsOf(graph: RoutingGraph): Map<string, number> {
  const turns = new Map<string, number>();
  const add = (turn: string): void => {
    turns.set(turn, (turns.get(turn) ?? 0) + 1);
  };
  for (let ban = 0; ban < graph.banFrom.length; ban++) {
    const from = wayAtEnd(graph, graph.banFrom[ban]!, "head");
    const to = wayAtEnd(graph, graph.banTo[ban]!, "tail");
    add(`${from}>${to}`);
  }
  for (let path = 0; path < graph.banPathKinds.length; path++) {
    const arcs = graph.banPathArcs.subarray(
      graph.firstBanPathArc[path],
      graph.firstBanPathArc[path + 1],
    );
    // A via way that a junction parts is named once.
    const ways = Array.from(arcs, (arc, k) => wayAtEnd(graph, arc, k === 0 ? "head" : "tail"));
    add(ways.filter((way, k) => way !== ways[k - 1]).join(">"));
  }
  return turns;
}

/** The OSM way with which an arc begins or ends. */
function wayAtEnd(graph: RoutingGraph, arc: number, end: "tail" | "head"): number {
  const edge = arc >> 1;
  const isFirst = ((arc & 1) === 0) === (end === "tail");
  const span = isFirst ? graph.firstSpan[edge]! : graph.firstSpan[edge + 1]! - 1;
  return graph.spanWayId[span]!;
}
