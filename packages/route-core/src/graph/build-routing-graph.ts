import { createWarning, ReasonError, type Warning } from "@gradeway/reason-codes";
import Flatbush from "flatbush";

import type { ElevationSampler, ElevationSource, ElevationSummary } from "../elevation-port.ts";
import type { Bbox } from "../geo/lon-lat.ts";
import type { OsmSource } from "../osm/osm-source.ts";
import { readRoadNetwork, type RoadFacts, type RoadNetwork } from "../osm/road-network.ts";
import { walkChains } from "./chains.ts";
import { curveColumns } from "./curve-columns.ts";
import { layOutEdges, type EdgeColumns } from "./edge-columns.ts";
import { gradeHistograms, layOutHeights } from "./grade-columns.ts";
import { interpolateStructures } from "./network-heights.ts";
import { type NetworkPoints, placePoints, POINT_SPACING_M } from "./network-points.ts";
import { removeSpikes } from "./network-spikes.ts";
import { cutSegments } from "./road-segments.ts";
import { ignoredRestrictionCount, type RoutingGraph, type TollFacility } from "./routing-graph.ts";
import {
  requireCoverage,
  REQUIRED_COVERAGE_RATIO,
  type SampledHeights,
  sampleHeights,
} from "./sample-heights.ts";
import { smoothHeights, smoothingRounds, smoothingStdDevM } from "./smooth-network.ts";
import { spanAttributes } from "./span-columns.ts";
import { strongComponents } from "./strong-components.ts";
import { assignTolls, tollEntries } from "./toll-columns.ts";
import { banPaths, markPathNodes } from "./ban-path-columns.ts";
import { markViaNodes, turnBans } from "./turn-ban-columns.ts";

/** Standard deviation in metres of network smoothing when none is asked for. */
const DEFAULT_SMOOTHING_M = 57;

/**
 * Version of what the stages of an import hand on to one another. It is raised whenever the same extract
 * and tiles give another network, other heights or another graph, and whenever what a stage hands on has
 * another form, so that nobody goes on from what an earlier program has left.
 */
export const IMPORT_VERSION = 2;

/** Steps of a build, for progress. */
export type BuildStep = "read" | "contract" | "elevation" | "finish";

/** What goes into a graph. */
export interface BuildGraphOptions {
  readonly name: string;
  readonly osm: OsmSource;
  /** Without a sampler every height is void and the graph says so. */
  readonly elevation?: ElevationSampler;
  readonly tollFacilities?: readonly TollFacility[];
  /** Refuse when less than {@link REQUIRED_COVERAGE_RATIO} of the road length has a height. */
  readonly strict?: boolean;
  /**
   * Standard deviation in metres with which heights are smoothed along the network, 0 to 1000;
   * rounded to what a whole number of rounds gives, which the metadata of the graph states.
   * Default 57. It moves climb and CO2e by several per cent.
   */
  readonly smoothingM?: number;
  /** Grade above which a sample counts as a spike; default 0.35. Infinity keeps all. */
  readonly spikeGradeRatio?: number;
  readonly progress?: (step: BuildStep, fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** A built graph with what the importer has to say about it. */
export interface BuiltGraph {
  readonly graph: RoutingGraph;
  readonly warnings: readonly Warning[];
  readonly elevation: ElevationSummary & { readonly coverageRatio: number };
  readonly network: RoadNetwork["counts"] & { readonly ways: number };
}

/** Roads laid out as edges, with the points on which heights are sampled. */
export interface RoadLayout {
  readonly network: RoadFacts;
  readonly edges: EdgeColumns;
  readonly points: NetworkPoints;
  readonly bbox: Bbox;
}

/** What the last stage of a build needs beside roads and heights. */
export type AssembleGraphOptions = Pick<
  BuildGraphOptions,
  "name" | "tollFacilities" | "strict" | "smoothingM" | "spikeGradeRatio"
> & {
  /** Where the heights came from; undefined when there are none. */
  readonly elevationSource: ElevationSource | undefined;
};

/**
 * Imports an OSM extract into a routing graph: access and oneways, degree-2 contraction, elevation
 * sampled along the network, grade histograms, turn bans, components and the edge index. The result
 * depends on the inputs alone. The stages can also be run one by one: {@link readRoadNetwork},
 * {@link layOutRoads}, {@link sampleHeights}, {@link assembleGraph}.
 *
 * @throws {ReasonError} osm_pbf_invalid, routing_graph_empty, terrain_dem_coverage_insufficient, and
 *   whatever the elevation sampler throws
 * @throws {RangeError} when `smoothingM` is not within its range
 */
export async function buildRoutingGraph(options: BuildGraphOptions): Promise<BuiltGraph> {
  const progress = options.progress ?? (() => undefined);
  // Before minutes of work: it refuses what it cannot do.
  smoothingRounds(options.smoothingM ?? DEFAULT_SMOOTHING_M, POINT_SPACING_M);
  const network = await readRoadNetwork(options.osm, (fraction) => progress("read", fraction));
  progress("contract", 0);
  const layout = layOutRoads(network);
  progress("elevation", 0);
  const sampled = await sampleHeights(layout, options.elevation, options.signal);
  progress("finish", 0);
  const built = assembleGraph(layout, sampled, {
    ...options,
    elevationSource: options.elevation?.source,
  });
  progress("finish", 1);
  return built;
}

/**
 * Cuts and joins the ways of a network into edges and places the points for their heights.
 *
 * @throws {ReasonError} routing_graph_empty
 */
export function layOutRoads(network: RoadNetwork): RoadLayout {
  const segments = cutSegments(network);
  const kept = new Uint8Array(segments.vertexCount);
  markViaNodes(network, kept);
  markPathNodes(network, kept);
  const chains = walkChains(network, segments, kept);
  const edges = layOutEdges(network, segments, chains);
  if (edges.edgeTail.length === 0) {
    throw new ReasonError("routing_graph_empty", "The extract holds no road for trucks.", {});
  }
  const points = placePoints(edges, network.ways.flags, POINT_SPACING_M);
  // Nodes and references take more memory than all edges.
  const { refs: _refs, nodes: _nodes, ...facts } = network;
  return { network: facts, edges, points, bbox: boundsOf(edges) };
}

/**
 * Makes a graph of roads and the heights of their points.
 *
 * @param sampled - its heights are overwritten
 * @throws {ReasonError} terrain_dem_coverage_insufficient in strict mode
 * @throws {RangeError} when `smoothingM` is not within its range
 */
export function assembleGraph(
  { network, edges, points, bbox }: RoadLayout,
  sampled: SampledHeights,
  options: AssembleGraphOptions,
): BuiltGraph {
  const rounds = smoothingRounds(options.smoothingM ?? DEFAULT_SMOOTHING_M, POINT_SPACING_M);
  if (options.strict === true) requireCoverage(sampled);
  const structures = interpolateStructures(points, sampled.heightM);
  removeSpikes(points, structures, sampled.heightM, options.spikeGradeRatio);
  const heights = layOutHeights(points, smoothHeights(points, sampled.heightM, rounds));
  const curves = curveColumns(edges);
  const grades = gradeHistograms({ ...edges, ...curves }, heights);
  const facilities = options.tollFacilities ?? [];
  const tolls = assignTolls(edges, network.ways.flags, facilities);
  const paths = banPaths(network, edges);
  const { nodeOsmId: _id, spanWay: _way, spanAlong: _along, ...columns } = edges;
  const graph: RoutingGraph = {
    meta: {
      name: options.name,
      bbox,
      osmTimestamp: network.osmTimestamp,
      elevation: {
        source: options.elevationSource?.name ?? "none",
        attribution: options.elevationSource?.attribution ?? "",
        coverageRatio: sampled.coverageRatio,
        smoothingStdDevM: smoothingStdDevM(rounds, POINT_SPACING_M),
        tilesSha256: sampled.summary.tilesSha256,
      },
      limits: network.limits,
      tollFacilities: facilities,
      counts: {
        viaWayRestrictions: paths.kept,
        ignoredRestrictions: { ...network.counts.ignoredRestrictions, ...paths.ignored },
        conditionalWays: network.counts.conditionalWays,
        unreadableLimits: network.counts.unreadableLimits,
        unresolvedTollSpans: tolls.unresolvedSpans,
      },
    },
    nodeCount: edges.nodeLonE7.length,
    edgeCount: edges.edgeTail.length,
    ...columns,
    ...strongComponents(edges),
    ...heights,
    ...curves,
    ...grades,
    ...spanAttributes(network, edges, tolls.unresolved),
    spanFacility: tolls.spanFacility,
    spanTollEntry: tollEntries(edges, tolls.spanFacility),
    ...turnBans(network, edges),
    ...paths.columns,
    edgeIndex: indexEdges(edges),
  };
  return {
    graph,
    warnings: importWarnings(graph),
    elevation: { ...sampled.summary, coverageRatio: sampled.coverageRatio },
    network: { ...network.counts, ways: network.ways.count },
  };
}

function indexEdges(edges: EdgeColumns): Uint8Array {
  const index = new Flatbush(edges.edgeTail.length, 16, Int32Array);
  for (let edge = 0; edge < edges.edgeTail.length; edge++) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let point = edges.firstPoint[edge]!; point < edges.firstPoint[edge + 1]!; point++) {
      west = Math.min(west, edges.pointLonE7[point]!);
      east = Math.max(east, edges.pointLonE7[point]!);
      south = Math.min(south, edges.pointLatE7[point]!);
      north = Math.max(north, edges.pointLatE7[point]!);
    }
    index.add(west, south, east, north);
  }
  index.finish();
  return new Uint8Array(index.data);
}

function boundsOf(edges: EdgeColumns): Bbox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let point = 0; point < edges.pointLonE7.length; point++) {
    const lon = edges.pointLonE7[point]!;
    const lat = edges.pointLatE7[point]!;
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return [west / 1e7, south / 1e7, east / 1e7, north / 1e7];
}

function importWarnings(graph: RoutingGraph): Warning[] {
  const { counts, elevation } = graph.meta;
  const warnings: Warning[] = [];
  if (elevation.coverageRatio === 0) warnings.push(createWarning("terrain_not_available"));
  else if (elevation.coverageRatio < REQUIRED_COVERAGE_RATIO) {
    warnings.push(
      createWarning("terrain_void_on_route", { coverageRatio: elevation.coverageRatio }),
    );
  }
  const relations = ignoredRestrictionCount(graph.meta);
  if (relations > 0) warnings.push(createWarning("turn_restriction_ignored", { relations }));
  if (counts.conditionalWays > 0) {
    warnings.push(createWarning("conditional_access_ignored", { ways: counts.conditionalWays }));
  }
  if (counts.unreadableLimits > 0) {
    warnings.push(createWarning("road_limit_unreadable", { ways: counts.unreadableLimits }));
  }
  if (counts.unresolvedTollSpans > 0) {
    warnings.push(createWarning("toll_tariff_unresolved", { spans: counts.unresolvedTollSpans }));
  }
  return warnings;
}
