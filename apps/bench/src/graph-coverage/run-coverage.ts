import { mulberry32 } from "@gradeway/quality-gates";
import {
  createEdgeLocator,
  type GraphSummary,
  type LonLat,
  type RoutingGraph,
  summarizeGraph,
} from "@gradeway/route-core";

import { readCsv } from "../csv-rows.ts";
import { openRegion, type RegionUnderTest } from "../region-under-test.ts";

/** Roads farther away than this count as none, m. */
const FARTHEST_M = 50_000;

/** Points that roads are looked for at. */
export interface Corpus {
  /** `file`: places that a user has; `box`: drawn, and many of them may lie where no road is. */
  readonly kind: "file" | "box";
  readonly points: readonly LonLat[];
}

/** What a graph covers. */
export interface CoverageRun {
  readonly region: RegionUnderTest["facts"];
  readonly bbox: RoutingGraph["meta"]["bbox"];
  readonly summary: GraphSummary;
  readonly corpus: Corpus["kind"];
  /** Distance of each point to the nearest road of any kind, m; null where none is within 50 km. */
  readonly distancesM: readonly (number | null)[];
}

/**
 * Counts the graph of a region, and looks for the nearest road of each point.
 *
 * @param corpusOf Chooses the points.
 * @throws {ReasonError} those of `loadRegion`
 */
export async function runCoverage(
  directory: string,
  corpusOf: (graph: RoutingGraph) => Promise<Corpus>,
): Promise<CoverageRun> {
  const { graph, facts } = await openRegion(directory);
  const { kind, points } = await corpusOf(graph);
  const locator = createEdgeLocator(graph);
  return {
    region: facts,
    bbox: graph.meta.bbox,
    summary: summarizeGraph(graph),
    corpus: kind,
    distancesM: points.map(
      (point) => locator.nearest(point, FARTHEST_M, () => true)?.distanceM ?? null,
    ),
  };
}

/**
 * The points of a CSV file with the columns `lon` and `lat`.
 *
 * @throws {ArgumentError} naming the line at fault
 */
export async function corpusFromFile(file: string): Promise<Corpus> {
  const rows = await readCsv(file);
  const points = rows.map((row): LonLat => [row.number("lon", -180), row.number("lat", -90)]);
  return { kind: "file", points };
}

/** Points uniform in degrees over the box of a graph, by mulberry32. */
export function corpusInBox(graph: RoutingGraph, count: number, seed: number): Corpus {
  const [west, south, east, north] = graph.meta.bbox;
  const random = mulberry32(seed);
  const points = Array.from({ length: count }, (): LonLat => {
    const lon = west + (east - west) * random();
    return [lon, south + (north - south) * random()];
  });
  return { kind: "box", points };
}
