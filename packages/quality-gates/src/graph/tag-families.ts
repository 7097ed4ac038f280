import type { RoutingGraph } from "@gradeway/route-core";

/** What a graph keeps of the tags of its source; each family has a count. */
export const TAG_FAMILIES = [
  "oneway",
  "access",
  "maxspeed",
  "bridges",
  "tunnels",
  "tolls",
  "limits",
  "controls",
  "turnBans",
] as const;

/** One of {@link TAG_FAMILIES}. */
export type TagFamily = (typeof TAG_FAMILIES)[number];

/** Bits of a span's flags. */
const BRIDGE = 1;
const TUNNEL = 2;
const TOLL = 4;
const ALONG = 0b0011_0011;
const AGAINST = 0b1100_1100;

/** Counts what arrived of each family. */
export function tagFamilies(graph: RoutingGraph): Record<TagFamily, number> {
  const { edgeAccess, spanFlags, spanSpeedForwardKmh, spanFacility, edgeLimits, meta } = graph;
  const spansWith = (flag: number): number => countOf(spanFlags, (flags) => (flags & flag) !== 0);
  return {
    oneway: countOf(edgeAccess, (access) => (access & ALONG) === 0 || (access & AGAINST) === 0),
    // Levels that are neither closed nor open: for reaching a place on the road only.
    access: countOf(edgeAccess, (access) => [0, 2, 4, 6].some((at) => ((access >> at) & 3) === 1)),
    maxspeed: countOf(spanSpeedForwardKmh, (kmh) => kmh > 0),
    bridges: spansWith(BRIDGE),
    tunnels: spansWith(TUNNEL),
    tolls: spansWith(TOLL) + countOf(spanFacility, (facility) => facility > 0),
    limits: countOf(edgeLimits, (row) => Object.keys(meta.limits[row] ?? {}).length > 0),
    controls: graph.controlKind.length,
    turnBans: graph.banFrom.length,
  };
}

/** The families among the expected ones of which nothing arrived. */
export function absentFamilies(
  counts: Readonly<Record<TagFamily, number>>,
  expected: readonly TagFamily[],
): TagFamily[] {
  return expected.filter((family) => counts[family] === 0);
}

function countOf(values: Uint8Array | Uint16Array, matches: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (matches(value)) count++;
  return count;
}
