import { distanceE7 } from "../geo/distance.ts";
import { WAY_BRIDGE, WAY_TOLL, WAY_TUNNEL } from "../osm/road-network.ts";
import { ACCESS_KINDS, ACCESS_NONE, levelOf } from "../osm/way-access.ts";
import type { EdgeColumns } from "./edge-columns.ts";
import { TOLL_ENTRY_BACKWARD, TOLL_ENTRY_FORWARD, type TollFacility } from "./routing-graph.ts";

/** Facility numbers are stored in a byte; 0 means none. */
const MAX_FACILITIES = 255;

/** Which spans are charged, and how many toll spans no facility explains. */
export interface TollColumns {
  readonly spanFacility: Uint8Array;
  readonly unresolvedSpans: number;
  /** 1 where a toll span belongs to no facility. */
  readonly unresolved: Uint8Array;
}

/**
 * Assigns toll spans to facilities. A facility is one payment however many ways and booths carry
 * the tag: within its radius only the named part (say, the tunnel itself) is charged, and the rest
 * of its toll ways are explained and free.
 */
export function assignTolls(
  edges: EdgeColumns,
  wayFlags: Uint8Array,
  facilities: readonly TollFacility[],
): TollColumns {
  if (facilities.length > MAX_FACILITIES) {
    throw new RangeError(`more than ${MAX_FACILITIES} toll facilities`);
  }
  const spanFacility = new Uint8Array(edges.spanWay.length);
  const unresolved = new Uint8Array(edges.spanWay.length);
  let unresolvedSpans = 0;
  for (let edge = 0; edge < edges.edgeTail.length; edge++) {
    for (let span = edges.firstSpan[edge]!; span < edges.firstSpan[edge + 1]!; span++) {
      const flags = wayFlags[edges.spanWay[span]!]!;
      if ((flags & WAY_TOLL) === 0) continue;
      const facility = facilities.findIndex((one) => touches(edges, edge, one));
      if (facility < 0) {
        unresolved[span] = 1;
        unresolvedSpans++;
      } else if (isCharged(facilities[facility]!, flags)) spanFacility[span] = facility + 1;
    }
  }
  return { spanFacility, unresolved, unresolvedSpans };
}

function isCharged(facility: TollFacility, flags: number): boolean {
  if (facility.charged === "any") return true;
  return (flags & (facility.charged === "tunnel" ? WAY_TUNNEL : WAY_BRIDGE)) !== 0;
}

function touches(edges: EdgeColumns, edge: number, facility: TollFacility): boolean {
  const lon = Math.round(facility.near[0] * 1e7);
  const lat = Math.round(facility.near[1] * 1e7);
  for (let point = edges.firstPoint[edge]!; point < edges.firstPoint[edge + 1]!; point++) {
    const metres = distanceE7(lon, lat, edges.pointLonE7[point]!, edges.pointLatE7[point]!);
    if (metres <= facility.radiusM) return true;
  }
  return false;
}

/**
 * Marks where a passage is paid: at the start of a charged span, seen in the direction of travel,
 * unless all traffic that arrives there is already inside the facility. Several charged edges in a
 * row are so paid once, and so are the two bores of a tunnel, each in its own direction.
 */
export function tollEntries(edges: EdgeColumns, spanFacility: Uint8Array): Uint8Array {
  const entries = new Uint8Array(spanFacility.length);
  const { edgeTail, edgeHead, edgeAccess, firstSpan } = edges;
  const isDriven = (edge: number, against: boolean): boolean =>
    ACCESS_KINDS.some((kind) => levelOf(edgeAccess[edge]!, kind, against) !== ACCESS_NONE);
  /** Facilities of the spans over which traffic arrives at a node, with their edge. */
  const arriving = new Map<number, { edge: number; facility: number }[]>();
  for (let edge = 0; edge < edgeTail.length; edge++) {
    for (let span = firstSpan[edge]!; span < firstSpan[edge + 1]!; span++) {
      if (spanFacility[span] === 0) continue;
      arriving.set(edgeTail[edge]!, []);
      arriving.set(edgeHead[edge]!, []);
    }
  }
  for (let edge = 0; edge < edgeTail.length; edge++) {
    if (isDriven(edge, true)) {
      arriving.get(edgeTail[edge]!)?.push({ edge, facility: spanFacility[firstSpan[edge]!]! });
    }
    if (isDriven(edge, false)) {
      const facility = spanFacility[firstSpan[edge + 1]! - 1]!;
      arriving.get(edgeHead[edge]!)?.push({ edge, facility });
    }
  }
  const entersAt = (node: number, edge: number, facility: number): boolean =>
    arriving.get(node)!.some((end) => end.edge !== edge && end.facility !== facility);
  for (let edge = 0; edge < edgeTail.length; edge++) {
    const last = firstSpan[edge + 1]! - 1;
    for (let span = firstSpan[edge]!; span <= last; span++) {
      const facility = spanFacility[span]!;
      if (facility === 0) continue;
      const forward =
        span === firstSpan[edge]
          ? entersAt(edgeTail[edge]!, edge, facility)
          : spanFacility[span - 1] !== facility;
      const backward =
        span === last
          ? entersAt(edgeHead[edge]!, edge, facility)
          : spanFacility[span + 1] !== facility;
      entries[span] = (forward ? TOLL_ENTRY_FORWARD : 0) | (backward ? TOLL_ENTRY_BACKWARD : 0);
    }
  }
  return entries;
}
