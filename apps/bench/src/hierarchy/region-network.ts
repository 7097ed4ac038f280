import { DEFAULT_VEHICLE, OBJECTIVES } from "@gradeway/route-core";
import {
  arcWeights,
  createCosting,
  decodeHierarchy,
  type Hierarchy,
  networkShape,
  restrictedArcs,
} from "@gradeway/route-core/hierarchy";
import { customizeSearchGraph, type SearchGraph } from "@gradeway/route-core/search";

import { openRegion } from "../region-under-test.ts";
import type { MeasuredNetwork } from "./measured-network.ts";

/** The roads of a region as the default vehicle with half its payload sees them. */
export interface RegionRoads {
  /** Trips stay in the largest strong component. */
  readonly network: MeasuredNetwork;
  /** The same roads for searches, with turn restrictions. */
  readonly searchGraph: () => SearchGraph;
  /** That of the region's own asset; undefined where it has none. */
  readonly hierarchy: () => Hierarchy | undefined;
}

/**
 * Opens a region and costs its roads.
 *
 * @throws {ReasonError} those of `loadRegion`
 */
export async function readRegionRoads(directory: string): Promise<RegionRoads> {
  const { region, graph } = await openRegion(directory);
  const vehicle = region.vehicles.find(({ id }) => id === DEFAULT_VEHICLE)!;
  const payloadKg = vehicle.maxPayloadKg / 2;
  const costing = createCosting(graph, vehicle, payloadKg, region.speedRules, region.rates);
  const { componentNodes, nodeComponent } = graph;
  const most = componentNodes.reduce((a, b) => Math.max(a, b), 0);
  const largest = componentNodes.indexOf(most);
  const all = Int32Array.from({ length: graph.nodeCount }, (_, node) => node);
  const network = {
    name: region.name,
    shape: networkShape(graph),
    metricNames: OBJECTIVES,
    costs: arcWeights(costing),
    closed: restrictedArcs(costing),
    nodes: all.filter((node) => nodeComponent[node] === largest),
  };
  return {
    network,
    searchGraph: () => customizeSearchGraph(costing, network.costs),
    hierarchy: () =>
      region.hierarchy === undefined ? undefined : decodeHierarchy(region.hierarchy).hierarchy,
  };
}
