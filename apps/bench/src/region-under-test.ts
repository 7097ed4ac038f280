import { loadRegion } from "@gradeway/model-assets";
import { decodeGraph, type RegionData, type RoutingGraph } from "@gradeway/route-core";

/** A region that was loaded the way a server loads it. */
export interface RegionUnderTest {
  readonly region: RegionData;
  readonly graph: RoutingGraph;
  /** Facts for reports: names, sizes and the hashes of everything that answers depend on. */
  readonly facts: {
    readonly name: string;
    readonly synthetic: boolean;
    readonly nodes: number;
    readonly edges: number;
    readonly manifestSha256: string;
    readonly graphSha256: string;
    readonly ratesSha256: string;
    readonly vehiclesSha256: string;
    readonly osmTimestamp: string | null;
    readonly elevation: string;
    readonly elevationCoverage: number;
  };
}

/**
 * Loads a region through the loader of the product.
 *
 * @throws {ReasonError} those of `loadRegion`
 */
export async function openRegion(directory: string): Promise<RegionUnderTest> {
  return factsOf(await loadRegion(directory));
}

/** A loaded region with its graph and the facts about it. */
export function factsOf(region: RegionData): RegionUnderTest {
  const graph = decodeGraph(region.graph);
  const { provenance } = region;
  return {
    region,
    graph,
    facts: {
      name: region.name,
      synthetic: region.synthetic,
      nodes: graph.nodeCount,
      edges: graph.edgeCount,
      manifestSha256: provenance.region.manifestSha256,
      graphSha256: provenance.graph.sha256,
      ratesSha256: provenance.rates.sha256,
      vehiclesSha256: provenance.vehicles.sha256,
      osmTimestamp: provenance.graph.osmTimestamp,
      elevation: provenance.elevation.source,
      elevationCoverage: provenance.elevation.coverageRatio,
    },
  };
}
