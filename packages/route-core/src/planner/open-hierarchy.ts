import { ReasonError } from "@gradeway/reason-codes";

import { graphSha256 } from "../graph/graph-codec.ts";
import type { Hierarchy } from "../hierarchy/hierarchy.ts";
import { decodeHierarchy } from "../hierarchy/hierarchy-codec.ts";

/**
 * Opens the serialized hierarchy of a serialized graph without copying.
 *
 * @throws {ReasonError} hierarchy_graph_mismatch when it was built for another graph,
 *   asset_version_unsupported, asset_invalid
 */
export function openHierarchy(hierarchy: ArrayBufferLike, graph: ArrayBufferLike): Hierarchy {
  const opened = decodeHierarchy(hierarchy);
  const expectedSha256 = graphSha256(graph);
  if (opened.graphSha256 === expectedSha256) return opened.hierarchy;
  throw new ReasonError(
    "hierarchy_graph_mismatch",
    `The hierarchy was built for the graph ${opened.graphSha256}, not for ${expectedSha256}.`,
    { expectedSha256, observedSha256: opened.graphSha256 },
  );
}
