import { between, distanceM } from "./county-frame.ts";
import type { DraftWay, NetworkBuilder } from "./network-builder.ts";
import type { CrossedSegment } from "./segment-crossings.ts";
import { findSegmentCrossings } from "./segment-crossings.ts";

const BRIDGE_REACH_M = 24;
/** Nodes closer than this are shared, which avoids edges of a metre or less. */
const SHARE_WITHIN_M = 8;

interface Interval {
  fromM: number;
  toM: number;
}

/** What happens to one way: nodes to insert, and stretches that become bridges. */
interface Edits {
  readonly junctions: { readonly atM: number; readonly node: number }[];
  readonly bridges: Interval[];
}

/**
 * Makes crossing lines meet: roads get a common junction; a road that crosses water or a motorway
 * gets a bridge. Tunnels, underpasses, railways and ferries pass without meeting.
 */
export function resolveCrossings(builder: NetworkBuilder): void {
  const relevant = builder.ways.filter((way) => rankOf(way) !== undefined);
  const edits = new Map<DraftWay, Edits>();
  const editsOf = (way: DraftWay): Edits => {
    const known = edits.get(way) ?? { junctions: [], bridges: [] };
    edits.set(way, known);
    return known;
  };
  const chainages = new Map(relevant.map((way) => [way, chainageM(builder, way.nodes)]));
  const chainageOf = ({ way, index, offsetM }: CrossedSegment): number =>
    chainages.get(way)![index]! + offsetM;

  for (const { first, second, point } of findSegmentCrossings(builder, relevant)) {
    const [rankA, rankB] = [rankOf(first.way)!, rankOf(second.way)!];
    if (rankA !== rankB) {
      const above = rankA < rankB ? first : second;
      const atM = chainageOf(above);
      editsOf(above.way).bridges.push({ fromM: atM - BRIDGE_REACH_M, toM: atM + BRIDGE_REACH_M });
    } else if (rankA === Rank.road) {
      const shared = nearbyNode(builder, first) ?? nearbyNode(builder, second);
      const node = shared ?? builder.addNode(point);
      for (const crossed of [first, second]) {
        editsOf(crossed.way).junctions.push({ atM: chainageOf(crossed), node });
      }
    }
  }
  for (const [way, { junctions, bridges }] of edits) {
    const pieces = splitWay(builder, way, junctions, merge(bridges));
    builder.ways.splice(builder.ways.indexOf(way), 1, ...pieces);
  }
}

/** The higher rank stays on the ground. */
const Rank = { road: 0, motorway: 1, water: 2 } as const;

function rankOf({ tags }: DraftWay): number | undefined {
  const highway = tags["highway"];
  if (tags["waterway"] !== undefined) return Rank.water;
  if (highway === undefined || tags["tunnel"] !== undefined) return undefined;
  return highway.startsWith("motorway") ? Rank.motorway : Rank.road;
}

function chainageM(builder: NetworkBuilder, nodes: readonly number[]): number[] {
  const along = [0];
  for (let index = 1; index < nodes.length; index += 1) {
    const step = distanceM(
      builder.positionOf(nodes[index - 1]!),
      builder.positionOf(nodes[index]!),
    );
    along.push(along[index - 1]! + step);
  }
  return along;
}

function nearbyNode(
  builder: NetworkBuilder,
  { way, index, offsetM }: CrossedSegment,
): number | undefined {
  const [start, end] = [way.nodes[index]!, way.nodes[index + 1]!];
  if (offsetM < SHARE_WITHIN_M) return start;
  const lengthM = distanceM(builder.positionOf(start), builder.positionOf(end));
  return lengthM - offsetM < SHARE_WITHIN_M ? end : undefined;
}

function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { fromM, toM } of intervals.toSorted((a, b) => a.fromM - b.fromM)) {
    const last = merged.at(-1);
    if (last && fromM <= last.toM + BRIDGE_REACH_M) last.toM = Math.max(last.toM, toM);
    else merged.push({ fromM, toM });
  }
  return merged;
}

interface Stop {
  readonly atM: number;
  readonly node: number;
}

function splitWay(
  builder: NetworkBuilder,
  way: DraftWay,
  junctions: readonly Stop[],
  bridges: readonly Interval[],
): DraftWay[] {
  const along = chainageM(builder, way.nodes);
  const stops = way.nodes.map((node, index): Stop => ({ atM: along[index]!, node }));
  for (const junction of junctions) insertStop(stops, junction);
  const cuts = bridges.map(({ fromM, toM }) => ({
    from: stopAt(builder, stops, fromM),
    to: stopAt(builder, stops, toM),
  }));
  const pieces: DraftWay[] = [];
  const addPiece = (fromM: number, toM: number, isBridge: boolean): void => {
    const nodes = stops.filter(({ atM }) => atM >= fromM && atM <= toM).map(({ node }) => node);
    if (nodes.length < 2) return;
    const tags = isBridge ? { ...way.tags, bridge: "yes", layer: "1" } : way.tags;
    pieces.push({ nodes, tags });
  };
  let reachedM = 0;
  for (const { from, to } of cuts) {
    addPiece(reachedM, from.atM, false);
    addPiece(from.atM, to.atM, true);
    reachedM = to.atM;
  }
  addPiece(reachedM, along.at(-1)!, false);
  return pieces;
}

function insertStop(stops: Stop[], stop: Stop): void {
  if (stops.some(({ node }) => node === stop.node)) return;
  const index = stops.findIndex(({ atM }) => atM > stop.atM);
  stops.splice(index < 0 ? stops.length - 1 : index, 0, stop);
}

/** The stop at a chainage: a near one, or a new one between its neighbours. */
function stopAt(builder: NetworkBuilder, stops: Stop[], wantedM: number): Stop {
  const near = stops.find(({ atM }) => Math.abs(atM - wantedM) < SHARE_WITHIN_M);
  if (near) return near;
  if (wantedM <= 0) return stops[0]!;
  const index = stops.findIndex(({ atM }) => atM > wantedM);
  if (index < 0) return stops.at(-1)!;
  const [before, after] = [stops[index - 1]!, stops[index]!];
  const part = (wantedM - before.atM) / (after.atM - before.atM);
  const point = between(builder.positionOf(before.node), builder.positionOf(after.node), part);
  const stop = { atM: wantedM, node: builder.addNode(point) };
  stops.splice(index, 0, stop);
  return stop;
}
