import { type Rings, PolygonArea } from "../geo/polygon-area.ts";
import { type RoutingGraph, SPAN_BRIDGE, SPAN_TOLL, SPAN_TUNNEL } from "../graph/routing-graph.ts";
import { ROAD_CLASSES } from "../osm/road-class.ts";
import type { EdgeLocator } from "../snap/edge-locator.ts";
import type { AvoidableFeature, Avoidances } from "./plan-constraints.ts";
import { partShape } from "./route-parts.ts";
import type { AvoidedArcs } from "./trip-query.ts";

const FEATURE_FLAGS = {
  toll: SPAN_TOLL,
  tunnel: SPAN_TUNNEL,
  bridge: SPAN_BRIDGE,
} as const satisfies Partial<Record<AvoidableFeature, number>>;

const MOTORWAY_CLASSES: ReadonlySet<number> = new Set([
  ROAD_CLASSES.indexOf("motorway"),
  ROAD_CLASSES.indexOf("motorway_link"),
]);

/** Marks of an edge: it belongs to an avoided feature or way, or it touches an avoided area. */
const WHOLE = 1;
const WITHIN_AREA = 2;

/** The roads that a request avoids. */
export interface AvoidedRoads extends AvoidedArcs {
  readonly edgeCount: number;
}

/** Finds avoided roads, one request after another; the result of a call is valid until the next one. */
export interface RoadAvoider {
  find(avoid: Avoidances): AvoidedRoads;
}

/** Creates an avoider for a graph; what it needs per edge is allocated with its first request. */
export function createRoadAvoider(graph: RoutingGraph, locator: EdgeLocator): RoadAvoider {
  /** Per edge. */
  let marks = new Uint8Array(0);
  return {
    find(avoid) {
      if (marks.length === 0) marks = new Uint8Array(graph.edgeCount);
      marks.fill(0);
      markSpans(graph, avoid, marks);
      const polygons = polygonsOf(avoid);
      const areas = polygons.map((rings) => new PolygonArea([rings]));
      for (const area of areas) markArea(graph, locator, area, marks);
      const edgeCount = marks.reduce((count, mark) => count + Math.min(1, mark), 0);
      const arcs = new Int32Array(2 * edgeCount);
      let next = 0;
      for (let edge = 0; edge < marks.length; edge++) {
        if (marks[edge] === 0) continue;
        arcs[next++] = 2 * edge;
        arcs[next++] = 2 * edge + 1;
      }
      return {
        arcs,
        edgeCount,
        isPartAvoided({ arc, fromM, toM }) {
          const mark = marks[arc >> 1]!;
          if (mark !== WITHIN_AREA) return mark !== 0;
          const shape = partShape(graph, { arc, fromM, toM });
          const xs = shape.map(([lon]) => Math.round(lon * 1e7));
          const ys = shape.map(([, lat]) => Math.round(lat * 1e7));
          return areas.some((area) => area.touches(xs, ys, 0, shape.length - 1));
        },
      };
    },
  };
}

function markSpans(graph: RoutingGraph, avoid: Avoidances, marks: Uint8Array): void {
  const { features = [] } = avoid;
  const ways = new Set(avoid.ways);
  let flags = 0;
  for (const feature of features) if (feature !== "motorway") flags |= FEATURE_FLAGS[feature];
  // The flag is for tolls without a tariff; those with one are known by where they are charged.
  const avoidsTolls = features.includes("toll");
  const classes = features.includes("motorway") ? MOTORWAY_CLASSES : new Set<number>();
  if (flags === 0 && classes.size === 0 && ways.size === 0) return;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    for (let span = graph.firstSpan[edge]!; span < graph.firstSpan[edge + 1]!; span++) {
      if (
        (graph.spanFlags[span]! & flags) !== 0 ||
        (avoidsTolls && graph.spanFacility[span] !== 0) ||
        classes.has(graph.spanClass[span]!) ||
        (ways.size > 0 && ways.has(graph.spanWayId[span]!))
      ) {
        marks[edge] = WHOLE;
      }
    }
  }
}

function markArea(
  graph: RoutingGraph,
  locator: EdgeLocator,
  area: PolygonArea,
  marks: Uint8Array,
): void {
  const { firstPoint, pointLonE7, pointLatE7 } = graph;
  locator.eachInBox(area.minX, area.minY, area.maxX, area.maxY, (edge) => {
    if (marks[edge] !== 0) return;
    const last = firstPoint[edge + 1]! - 1;
    if (area.touches(pointLonE7, pointLatE7, firstPoint[edge]!, last)) marks[edge] = WITHIN_AREA;
  });
}

function polygonsOf({ boxes = [], polygons = [] }: Avoidances): Rings[] {
  return [
    ...boxes.map(([west, south, east, north]): Rings => [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ]),
    ...polygons.flatMap((geometry): readonly Rings[] =>
      geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
    ),
  ];
}
