import { ROAD_CLASSES, type RoutingGraph } from "@gradeway/route-core";

import { type Gate, LEAST_SCORE } from "../gate.ts";
import { componentFault } from "./component-recount.ts";
import { edgeShares } from "./edge-recount.ts";
import { absentFamilies, type TagFamily, tagFamilies } from "./tag-families.ts";

/** A graph, and what its region must have. */
export interface JudgedGraph {
  readonly graph: RoutingGraph;
  /** Tag families that the source is known to hold. */
  readonly expectedFamilies: readonly TagFamily[];
  /** Share of the nodes that the largest strong component must hold. */
  readonly leastConnectedShare: number;
}

/** The gate of the road graph, recounted from its columns. */
export function graphScore(open: () => Promise<JudgedGraph>): Gate {
  return {
    id: "graph-recount",
    subsystem: "graph",
    title: "roads, connections and tags of the graph",
    rationale:
      "Lengths are measured again along the shapes, spans and grade histograms must fill each edge, strong " +
      "components are found again by another algorithm, most nodes must lie in one of them, and every " +
      "family of tags that the source holds must have arrived. The score is the worst of these shares.",
    threshold: LEAST_SCORE,
    async measure() {
      const { graph, expectedFamilies, leastConnectedShare } = await open();
      if (graph.edgeCount === 0) throw new RangeError("the graph has no edges");
      const failures: string[] = [];
      const { shares, faults } = edgeShares(graph);
      failures.push(...faults);
      const disagreement = componentFault(graph);
      if (disagreement !== undefined) failures.push(disagreement);
      const connected = largestComponent(graph) / graph.nodeCount;
      if (connected < leastConnectedShare) {
        failures.push(`the largest component holds ${(100 * connected).toFixed(1)} % of the nodes`);
      }
      const families = tagFamilies(graph);
      const absent = absentFamilies(families, expectedFamilies);
      if (absent.length > 0) failures.push(`nothing arrived of: ${absent.join(", ")}`);
      const score = Math.min(
        ...Object.values(shares).map((share) => 100 * share),
        disagreement === undefined ? 100 : 0,
        connected < leastConnectedShare
          ? (LEAST_SCORE - 0.1) * (connected / leastConnectedShare)
          : 100,
        // One absent family is one too many, however many there are.
        absent.length === 0
          ? 100
          : (LEAST_SCORE - 0.1) * (1 - absent.length / expectedFamilies.length),
      );
      const classes = new Set(graph.spanClass).size;
      return {
        score,
        facts: {
          nodes: graph.nodeCount,
          edges: graph.edgeCount,
          bbox: graph.meta.bbox.join(","),
          osmTimestamp: graph.meta.osmTimestamp,
          connectedShare: connected,
          roadClasses: `${classes} of ${ROAD_CLASSES.length}`,
          ...families,
        },
        failures,
      };
    },
  };
}

function largestComponent({ componentNodes }: RoutingGraph): number {
  return componentNodes.reduce((largest, size) => Math.max(largest, size), 0);
}
