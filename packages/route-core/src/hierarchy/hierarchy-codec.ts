import {
  contentSha256,
  decodeSections,
  encodeSections,
  invalidFile,
  type SectionFormat,
  type Sha256,
} from "../section-file.ts";
import type { Hierarchy } from "./hierarchy.ts";

/** Version of the binary format and of the meaning of its columns. */
export const HIERARCHY_FORMAT_VERSION = 1;

/** Index of `Int32Array` in `SECTION_TYPES`. */
const INT32 = 2;

type ColumnName = Exclude<keyof Hierarchy, "nodeCount" | "arcCount">;

const FORMAT: SectionFormat<ColumnName> = {
  // "GWHIERA\0"
  magic: 0x47_57_48_49_45_52_41_00n,
  version: HIERARCHY_FORMAT_VERSION,
  asset: "hierarchy",
  title: "hierarchy",
  columns: {
    order: INT32,
    rank: INT32,
    parent: INT32,
    firstBelow: INT32,
    firstUp: INT32,
    upper: INT32,
    lower: INT32,
    firstDown: INT32,
    downArcs: INT32,
    arcPlace: INT32,
  },
};

/** A hierarchy and the graph it was built for. */
export interface HierarchyFile {
  readonly hierarchy: Hierarchy;
  /** As `graphSha256` gives it. */
  readonly graphSha256: string;
}

/** Serializes a hierarchy into one buffer. The same hierarchy always gives the same bytes. */
export function encodeHierarchy(
  { hierarchy, graphSha256 }: HierarchyFile,
  sha256: Sha256,
): Uint8Array<ArrayBuffer> {
  return encodeSections(FORMAT, { graphSha256 }, hierarchy, sha256);
}

/**
 * Opens a serialized hierarchy without copying; its arrays are views of `buffer`, which may be shared
 * between threads. Sizes that do not fit each other are refused; that the content is a hierarchy only
 * its hash can tell.
 *
 * @param sha256 - when given, the content is checked against the hash in the header
 * @throws {ReasonError} asset_version_unsupported, asset_hash_mismatch, asset_invalid
 */
export function decodeHierarchy(buffer: ArrayBufferLike, sha256?: Sha256): HierarchyFile {
  const { metadata, columns } = decodeSections(FORMAT, buffer, sha256);
  const arrays = columns as Pick<Hierarchy, ColumnName>;
  const nodeCount = arrays.order.length;
  const arcCount = arrays.upper.length;
  const perNode = [arrays.rank, arrays.parent, arrays.firstBelow];
  const perRow = [arrays.firstUp, arrays.firstDown];
  const fits =
    perNode.every(({ length }) => length === nodeCount) &&
    perRow.every(({ length }) => length === nodeCount + 1) &&
    perRow.every((first) => first[0] === 0 && first[nodeCount] === arcCount) &&
    arrays.lower.length === arcCount &&
    arrays.downArcs.length === arcCount;
  if (!fits) throw invalidFile(FORMAT, "its columns do not fit each other");
  return {
    hierarchy: { ...arrays, nodeCount, arcCount },
    graphSha256: parseGraphSha256(metadata),
  };
}

/** The sha256 in the header of a serialized hierarchy, as lower-case hex. */
export function hierarchySha256(buffer: ArrayBufferLike): string {
  return contentSha256(buffer);
}

function parseGraphSha256(metadata: string): string {
  try {
    const { graphSha256 } = JSON.parse(metadata) as { graphSha256?: unknown };
    if (typeof graphSha256 === "string") return graphSha256;
  } catch (error) {
    throw invalidFile(FORMAT, "the metadata cannot be read", error);
  }
  throw invalidFile(FORMAT, "the metadata does not name a graph");
}
