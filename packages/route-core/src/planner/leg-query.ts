import type { Costing } from "../costing/costing.ts";
import { nodeAt } from "../graph/node-at.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import { ACCESS_NONE } from "../osm/way-access.ts";
import { ARC_ID, FIRST_COST, IN_STRIDE, type SearchGraph } from "../search/search-graph.ts";
import type {
  CostVector,
  QueryDirect,
  QueryEnd,
  QueryStart,
  SearchQuery,
} from "../search/search-query.ts";
import { isBanned } from "../search/turn-bans.ts";
import { furtherStates, isWeaker, nextState } from "../search/turn-states.ts";
import type { EdgePosition } from "../snap/edge-locator.ts";
import {
  type ArcPart,
  ARRIVES,
  DEPARTS,
  directPart,
  endPart,
  partCosts,
  startPart,
  type TripEnds,
} from "./arc-part.ts";
import { type AvoidedArcs, directAlong, headOf, isSameJunction, usableArcs } from "./trip-query.ts";

/**
 * A place that a trip passes. One stop stands for each arc by which a truck may come, as what it may do
 * next depends on that.
 */
export interface Stop {
  readonly position: EdgePosition;
  /** The arc it comes by, on the position's edge; undefined where any will do. */
  readonly arc: number | undefined;
  /**
   * What it remembers of the way to there (see search/turn-states.ts): a stop for each state of the arc,
   * as more may be forbidden after some of them.
   */
  readonly state?: number;
  /** Whether it may turn round there; where any arc will do, it may. */
  readonly mayTurn?: true;
}

/** A way to set off from a stop. */
interface Departure {
  readonly part: ArcPart;
  readonly start: QueryStart<CostVector>;
}

/** Search costs of a part with its ends. */
type PartCosts = (part: ArcPart, ends: TripEnds) => CostVector;

/**
 * The stops of a waypoint. Where a truck may turn round and nothing that it remembers matters, however it
 * comes there, one will do.
 */
export function stopsAt(
  costing: Costing,
  searchGraph: SearchGraph,
  position: EdgePosition,
  mayTurn: boolean,
): readonly Stop[] {
  const { graph } = costing;
  const node = nodeAt(graph, position);
  const { firstIn, inArcs, outArcs, turnBans } = searchGraph;
  const { states } = turnBans;
  const stopsOn = (at: EdgePosition, arc: number): Stop[] =>
    [arc, ...furtherStates(states, arc)].map((state) => ({
      position: at,
      arc,
      state,
      ...(mayTurn ? { mayTurn } : {}),
    }));
  const stops: Stop[] = [];
  if (node < 0) {
    for (const arc of usableArcs(costing, position.edge)) stops.push(...stopsOn(position, arc));
  } else {
    for (let k = firstIn[node]!; k < firstIn[node + 1]!; k++) {
      const arc = outArcs[inArcs[k * IN_STRIDE + 1]! + ARC_ID]!;
      const edge = arc >> 1;
      const atM = (arc & 1) === 0 ? graph.edgeLengthM[edge]! : 0;
      stops.push(...stopsOn({ ...position, edge, atM }, arc));
    }
  }
  // On a road the arc is known again as soon as it goes on; at a junction it would be forgotten.
  const isRemembered = ({ state = 0 }: Stop): boolean => {
    if (state >= states.first) return true;
    const { first } = turnBans;
    return node >= 0 && (first[state]! < first[state + 1]! || states.stepFrom.includes(state));
  };
  return mayTurn && !stops.some(isRemembered) ? [{ position, arc: undefined }] : stops;
}

/**
 * The query of a leg from stop to stop.
 *
 * @param whole the query between the two positions, whatever the directions
 */
export function legQuery(
  costing: Costing,
  searchGraph: SearchGraph,
  whole: SearchQuery,
  from: Stop,
  to: Stop,
  objectiveMask: number,
  avoided?: AvoidedArcs,
): SearchQuery {
  const { graph } = costing;
  const isFree = (part: ArcPart): boolean => avoided?.isPartAvoided(part) !== true;
  const moves = !isSameJunction(graph, from.position, to.position);
  const costsOf: PartCosts = (part, ends) =>
    partCosts(costing, part, objectiveMask, moves ? ends : {});
  const isOpen = (arc: number): boolean =>
    searchGraph.restricted[arc] === 0 || whole.openArcs.includes(arc);
  const directOf = (arc: number, state: number): QueryDirect[] => {
    const part = directBetween(graph, from, to, arc);
    if (part === undefined || !isFree(part)) return [];
    if (!isWeaker(searchGraph.turnBans.states, state, to.state ?? state)) return [];
    return [directAlong(costing, part, objectiveMask)];
  };
  let { starts, ends, direct } = whole;
  if (from.arc !== undefined) {
    const departures = [goOn(costing, from, from.arc, costsOf)];
    const back = from.mayTurn
      ? turnRound(costing, searchGraph, from, from.arc, costsOf)
      : undefined;
    if (back !== undefined && isOpen(back.start.arcId)) departures.push(back);
    starts = departures.flatMap(({ part, start }) => (isFree(part) ? [start] : []));
    direct = departures.flatMap(({ start: { arcId, state } }) => directOf(arcId, state ?? arcId));
  } else if (to.arc !== undefined) direct = directOf(to.arc, to.arc);
  if (to.arc !== undefined) {
    const part = endPart(costing, to.position, to.arc);
    const end = { node: headOf(graph, to.arc ^ 1), arcId: to.arc, costs: costsOf(part, ARRIVES) };
    ends = isOpen(to.arc) && isFree(part) ? [inState(end, to)] : [];
  }
  return { ...whole, starts, ends, direct };
}

/** The way from stop to stop along an arc by which the first one may be left, if there is one. */
function directBetween(
  graph: RoutingGraph,
  from: Stop,
  to: Stop,
  arc: number,
): ArcPart | undefined {
  const isOn = (stop: Stop): boolean =>
    stop.arc === undefined
      ? stop.position.edge === arc >> 1 && nodeAt(graph, stop.position) < 0
      : stop.arc === arc;
  if (!isOn(to) || (from.arc === undefined && !isOn(from))) return undefined;
  return directPart(from.position, to.position, arc);
}

/** On in the direction in which the truck came. */
function goOn(costing: Costing, from: Stop, arc: number, costsOf: PartCosts): Departure {
  const part = startPart(costing, from.position, arc);
  const start = { node: headOf(costing.graph, arc), arcId: arc, costs: costsOf(part, DEPARTS) };
  return { part, start: inState(start, from) };
}

/**
 * Back by the arc that the truck came by. On the road that is a new beginning; at a junction a turn like
 * others, with what it remembers. There the start is the end of that arc, as there is no turning round before
 * its first one, and it costs what turning round in a dead end does.
 */
function turnRound(
  costing: Costing,
  searchGraph: SearchGraph,
  from: Stop,
  arc: number,
  costsOf: PartCosts,
): Departure | undefined {
  const { graph, access } = costing;
  const { turnBans } = searchGraph;
  const back = arc ^ 1;
  const part = startPart(costing, from.position, back);
  const node = headOf(graph, back);
  if (nodeAt(graph, from.position) < 0) {
    if (access.arcLevel[back] === ACCESS_NONE) return undefined;
    return { part, start: { node, arcId: back, costs: costsOf(part, DEPARTS) } };
  }
  const state = from.state ?? arc;
  const driven = costsOfArc(searchGraph, headOf(graph, arc), back);
  if (driven === undefined || isBanned(turnBans, state, back)) return undefined;
  const { atM } = from.position;
  const standing = costsOf({ arc: back, fromM: atM, toM: atM }, DEPARTS);
  const costs = [0, 1, 2].map((k) => standing[k]! + driven[k]!) as [number, number, number];
  return {
    part,
    start: { node, arcId: back, costs, state: nextState(turnBans.states, state, back) },
  };
}

/** Costs of a whole arc that leaves a node, as the search counts them; undefined where it is closed. */
function costsOfArc(
  { firstOut, outArcs, arcStride }: SearchGraph,
  node: number,
  arc: number,
): Int32Array | undefined {
  for (
    let at = firstOut[node]! * arcStride;
    at < firstOut[node + 1]! * arcStride;
    at += arcStride
  ) {
    if (outArcs[at + ARC_ID] === arc) return outArcs.subarray(at + FIRST_COST, at + FIRST_COST + 3);
  }
  return undefined;
}

/** A start or an end with what a truck remembers at the stop. */
function inState<E extends QueryStart | QueryEnd>(end: E, { state }: Stop): E {
  return state === undefined ? end : { ...end, state };
}
