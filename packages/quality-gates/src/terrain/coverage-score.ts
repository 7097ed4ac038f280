import { REQUIRED_COVERAGE_RATIO, type RoutingGraph } from "@gradeway/route-core";

import { type Gate, LEAST_SCORE } from "../gate.ts";

/** Recounted and claimed coverage may differ by this: structures have heights without ground. */
const RECOUNT_TOLERANCE = 0.02;

/** The gate of how much of the roads has a height, recounted from the graph's own columns. */
export function coverageScore(open: () => Promise<RoutingGraph>): Gate {
  return {
    id: "terrain-coverage",
    subsystem: "terrain",
    title: "roads with a height",
    rationale:
      `Heights must be known for ${100 * REQUIRED_COVERAGE_RATIO} % of the road length, counted anew from ` +
      "the heights themselves; a graph that claims more than it has scores 0. The score is the share " +
      "of what is required, and anything less than all of it is red.",
    threshold: LEAST_SCORE,
    async measure() {
      const graph = await open();
      const claimed = graph.meta.elevation.coverageRatio;
      const counted = countedCoverage(graph);
      const facts = { claimed, counted, required: REQUIRED_COVERAGE_RATIO };
      if (claimed > counted + RECOUNT_TOLERANCE) {
        const failure = `heights are claimed for ${percent(claimed)} of the roads and there for ${percent(counted)}`;
        return { score: 0, facts, failures: [failure] };
      }
      if (counted >= REQUIRED_COVERAGE_RATIO) return { score: 100, facts, failures: [] };
      const failure = `heights are known for ${percent(counted)} of the roads`;
      const score = Math.min(LEAST_SCORE - 0.1, (100 * counted) / REQUIRED_COVERAGE_RATIO);
      return { score, facts, failures: [failure] };
    },
  };
}

/** Share of the road length between two known heights. */
function countedCoverage(graph: RoutingGraph): number {
  let knownM = 0;
  let totalM = 0;
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const first = graph.firstHeight[edge]!;
    const pieces = graph.firstHeight[edge + 1]! - first - 1;
    const pieceM = graph.edgeLengthM[edge]! / pieces;
    for (let piece = first; piece < first + pieces; piece++) {
      const isKnown = !Number.isNaN(graph.heightM[piece]! + graph.heightM[piece + 1]!);
      totalM += pieceM;
      if (isKnown) knownM += pieceM;
    }
  }
  return knownM / totalM;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
