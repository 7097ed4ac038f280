import {
  WAY_BRIDGE,
  WAY_ROUNDABOUT,
  WAY_TOLL,
  WAY_TUNNEL,
  type RoadFacts,
} from "../osm/road-network.ts";
import type { EdgeColumns } from "./edge-columns.ts";
import {
  SPAN_BRIDGE,
  SPAN_ROUNDABOUT,
  SPAN_TOLL,
  SPAN_TUNNEL,
  type RoutingGraph,
} from "./routing-graph.ts";

/** Columns of a graph that hold one way's attributes per span. */
export type SpanColumns = Pick<
  RoutingGraph,
  | "spanClass"
  | "spanLegalRoad"
  | "spanSpeedForwardKmh"
  | "spanSpeedBackwardKmh"
  | "spanTruckSpeedForwardKmh"
  | "spanTruckSpeedBackwardKmh"
  | "spanFlags"
  | "spanWayId"
>;

/**
 * Copies the attributes of the ways to their spans, turned into the edge's direction.
 *
 * @param unresolvedTolls - 1 for toll spans that belong to no known facility
 */
export function spanAttributes(
  network: RoadFacts,
  edges: EdgeColumns,
  unresolvedTolls: Uint8Array,
): SpanColumns {
  const { ways } = network;
  const { spanWay, spanAlong } = edges;
  /** A way's figure for an edge's direction of travel. */
  const directed = (along: Uint8Array, against: Uint8Array, forward: boolean): Uint8Array =>
    Uint8Array.from(spanWay, (way, span) =>
      (spanAlong[span] === 1) === forward ? along[way]! : against[way]!,
    );
  const { speedAlongKmh, speedAgainstKmh, truckSpeedAlongKmh, truckSpeedAgainstKmh } = ways;
  const count = spanWay.length;
  const spanFlags = new Uint8Array(count);
  for (let span = 0; span < count; span++) {
    const flags = ways.flags[spanWay[span]!]!;
    spanFlags[span] =
      ((flags & WAY_BRIDGE) !== 0 ? SPAN_BRIDGE : 0) |
      ((flags & WAY_TUNNEL) !== 0 ? SPAN_TUNNEL : 0) |
      ((flags & WAY_TOLL) !== 0 && unresolvedTolls[span] === 1 ? SPAN_TOLL : 0) |
      ((flags & WAY_ROUNDABOUT) !== 0 ? SPAN_ROUNDABOUT : 0);
  }
  return {
    spanClass: Uint8Array.from(spanWay, (way) => ways.roadClass[way]!),
    spanLegalRoad: Uint8Array.from(spanWay, (way) => ways.legalRoad[way]!),
    spanSpeedForwardKmh: directed(speedAlongKmh, speedAgainstKmh, true),
    spanSpeedBackwardKmh: directed(speedAlongKmh, speedAgainstKmh, false),
    spanTruckSpeedForwardKmh: directed(truckSpeedAlongKmh, truckSpeedAgainstKmh, true),
    spanTruckSpeedBackwardKmh: directed(truckSpeedAlongKmh, truckSpeedAgainstKmh, false),
    spanFlags,
    spanWayId: Float64Array.from(spanWay, (way) => ways.osmId[way]!),
  };
}
