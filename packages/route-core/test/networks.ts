import { createHash } from "node:crypto";

import {
  type AsciiNetwork,
  type AsciiNetworkOptions,
  networkFromAscii,
  type OsmDataset,
  writeOsmPbf,
} from "@gradeway/test-kit";

import { createCosting, type Costing } from "../src/costing/costing.ts";
import type { Rates } from "../src/costing/rates.ts";
import type { VehicleProfile } from "../src/costing/vehicle-profile.ts";
import type { ElevationSampler, ElevationSummary } from "../src/elevation-port.ts";
import {
  buildRoutingGraph,
  type BuildGraphOptions,
  type BuiltGraph,
} from "../src/graph/build-routing-graph.ts";
import { decodeGraph, encodeGraph, graphSha256 } from "../src/graph/graph-codec.ts";
import type { RoutingGraph } from "../src/graph/routing-graph.ts";
import { buildHierarchy } from "../src/hierarchy/build-hierarchy.ts";
import { encodeHierarchy } from "../src/hierarchy/hierarchy-codec.ts";
import { nestedDissection } from "../src/hierarchy/nested-dissection.ts";
import { networkShape } from "../src/hierarchy/network-shape.ts";
import { osmSourceFromBytes } from "../src/osm/osm-source.ts";
import type { RegionData } from "../src/planner/region-data.ts";
import { createRoutePlanner } from "../src/planner/route-planner.ts";
import type { RoutePlanner } from "../src/planner/plan-types.ts";
import { ARTIC, RATES, SPEED_RULES, VEHICLES } from "./vehicles.ts";

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash("sha256").update(bytes).digest());

/** Terrain by formula; NaN is a void. */
export function formulaSampler(
  heightAt: (lon: number, lat: number) => number,
  summary: Partial<ElevationSummary> = {},
): ElevationSampler {
  return {
    source: { name: "formula", resolutionM: 1, attribution: "made up" },
    sample(lonLat, outM) {
      let voids = 0;
      const sampled = lonLat.length / 2;
      for (let point = 0; point < sampled; point++) {
        const height = heightAt(lonLat[2 * point]!, lonLat[2 * point + 1]!);
        outM[point] = height;
        if (Number.isNaN(height)) voids++;
      }
      return Promise.resolve({ sampled, voids, missingTiles: [], tilesSha256: "", ...summary });
    },
  };
}

/** The same height everywhere. */
export const FLAT = formulaSampler(() => 100);

const METRES_PER_DEGREE = (Math.PI * 6_371_008.8) / 180;
const COS_47 = Math.cos((47 * Math.PI) / 180);

/** Metres east and north of a drawing's top left cell, from degrees. */
export function gridMetres(lon: number, lat: number): readonly [eastM: number, northM: number] {
  return [(lon - 7) * METRES_PER_DEGREE * COS_47, (lat - 47) * METRES_PER_DEGREE];
}

/** Degrees of a place that many metres east and north of a drawing's top left cell. */
export function lonLatAt(eastM: number, northM: number): [number, number] {
  return [7 + eastM / (METRES_PER_DEGREE * COS_47), 47 + northM / METRES_PER_DEGREE];
}

export interface AsciiGraph extends BuiltGraph {
  readonly network: BuiltGraph["network"];
  readonly drawing: AsciiNetwork;
}

type BuildExtras = Partial<Omit<BuildGraphOptions, "name" | "osm">>;

export function buildFromDataset(
  dataset: OsmDataset,
  extras: BuildExtras = {},
): Promise<BuiltGraph> {
  const osm = osmSourceFromBytes(writeOsmPbf(dataset));
  return buildRoutingGraph({ name: "drawn", osm, elevation: FLAT, ...extras });
}

export async function buildFromAscii(
  map: string,
  options: AsciiNetworkOptions,
  extras: BuildExtras = {},
): Promise<AsciiGraph> {
  const drawing = networkFromAscii(map, options);
  return { ...(await buildFromDataset(drawing.dataset, extras)), drawing };
}

export function costingOf(
  graph: RoutingGraph,
  vehicle: VehicleProfile = ARTIC,
  rates: Partial<Rates> = {},
  payloadKg = vehicle.maxPayloadKg / 2,
): Costing {
  return createCosting(graph, vehicle, payloadKg, SPEED_RULES, { ...RATES, ...rates });
}

/** The serialized hierarchy of a serialized graph. */
export function hierarchyOf(buffer: ArrayBufferLike): ArrayBufferLike {
  const shape = networkShape(decodeGraph(buffer));
  const { nodeCount, tails, heads } = shape;
  const hierarchy = buildHierarchy(nodeCount, tails, heads, nestedDissection(shape));
  return encodeHierarchy({ hierarchy, graphSha256: graphSha256(buffer) }, sha256).buffer;
}

export function regionOf(graph: RoutingGraph, rates: Partial<Rates> = {}): RegionData {
  const buffer = encodeGraph(graph, sha256).buffer;
  return {
    name: "drawn",
    synthetic: false,
    graph: buffer,
    hierarchy: hierarchyOf(buffer),
    vehicles: VEHICLES,
    speedRules: SPEED_RULES,
    rates: { ...RATES, ...rates },
    assumptions: [],
    provenance: {
      engine: { name: "gradeway", version: "test" },
      region: { name: "drawn", synthetic: false, manifestSha256: "m" },
      graph: { sha256: "g", osmTimestamp: null },
      elevation: { source: "formula", coverageRatio: 1, smoothingM: 57 },
      rates: { sha256: "r", asOf: "2026-01-01" },
      vehicles: { sha256: "v" },
      assets: {},
      attribution: ["made up"],
    },
  };
}

export function plannerOf(
  graph: RoutingGraph,
  rates: Partial<Rates> = {},
  now: () => number = () => 0,
  evaluates = false,
): RoutePlanner {
  return createRoutePlanner(regionOf(graph, rates), { now, evaluates });
}

/** Edge between two named nodes of a drawing (in either direction), by the OSM way it starts with. */
export function edgeOfWay(graph: RoutingGraph, wayId: number): number {
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    for (let span = graph.firstSpan[edge]!; span < graph.firstSpan[edge + 1]!; span++) {
      if (graph.spanWayId[span] === wayId) return edge;
    }
  }
  throw new Error(`no edge has way ${wayId}`);
}

/** OSM way ids of every edge, in driving order of the edge. */
export function waysOfEdge(graph: RoutingGraph, edge: number): number[] {
  return Array.from(graph.spanWayId.subarray(graph.firstSpan[edge], graph.firstSpan[edge + 1]));
}
