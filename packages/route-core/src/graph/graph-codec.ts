import {
  type Column,
  contentSha256,
  decodeSections,
  encodeSectionParts,
  encodeSections,
  invalidFile,
  type SectionFormat,
  type Sha256,
  type Sha256OfParts,
} from "../section-file.ts";
import { COLUMN_SECTIONS, type ColumnName } from "./graph-sections.ts";
import { GRAPH_FORMAT_VERSION, type GraphMeta, type RoutingGraph } from "./routing-graph.ts";

const FORMAT: SectionFormat<ColumnName> = {
  // "GWGRAPH\0"
  magic: 0x47_57_47_52_41_50_48_00n,
  version: GRAPH_FORMAT_VERSION,
  asset: "routing-graph",
  title: "routing graph",
  columns: COLUMN_SECTIONS,
};

/** Serializes a graph into one buffer. The same graph always gives the same bytes. */
export function encodeGraph(graph: RoutingGraph, sha256: Sha256): Uint8Array<ArrayBuffer> {
  return encodeSections(FORMAT, graph.meta, graph, sha256);
}

/** The same bytes as those of {@link encodeGraph}, as parts that follow one another: views of the graph. */
export function encodeGraphParts(
  graph: RoutingGraph,
  sha256: Sha256OfParts,
): readonly Uint8Array[] {
  return encodeSectionParts(FORMAT, graph.meta, graph, sha256);
}

/**
 * Opens a serialized graph without copying; the columns are views of `buffer`, which may be shared
 * between threads.
 *
 * @param sha256 - when given, the content is checked against the hash in the header
 * @throws {ReasonError} asset_version_unsupported, asset_hash_mismatch, asset_invalid
 */
export function decodeGraph(buffer: ArrayBufferLike, sha256?: Sha256): RoutingGraph {
  const { metadata, columns } = decodeSections(FORMAT, buffer, sha256);
  const graph = columns as Record<ColumnName, Column> as unknown as Omit<
    RoutingGraph,
    "meta" | "nodeCount" | "edgeCount"
  >;
  return {
    ...graph,
    meta: parseMeta(metadata),
    nodeCount: graph.nodeLonE7.length,
    edgeCount: graph.edgeTail.length,
  };
}

/** The sha256 in the header of a serialized graph, as lower-case hex. */
export function graphSha256(buffer: ArrayBufferLike): string {
  return contentSha256(buffer);
}

function parseMeta(text: string): GraphMeta {
  try {
    const meta = JSON.parse(text) as GraphMeta;
    // JSON has no Infinity: an absent limit was written as null.
    const limits = meta.limits.map(
      (row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key, value ?? Infinity]),
        ) as unknown as GraphMeta["limits"][number],
    );
    return { ...meta, limits };
  } catch (error) {
    throw invalidFile(FORMAT, "the metadata cannot be read", error);
  }
}
