import { type Gate, textTable } from "@gradeway/quality-gates";

import { regionText } from "../benchmark-text.ts";
import { distributionOf, shown } from "../distribution.ts";
import type { CoverageRun } from "./run-coverage.ts";

/** What a graph must have at least. */
export interface CoverageLimits {
  readonly minNodes: number;
  readonly minEdges: number;
  readonly minConnectedPercent: number;
  /** Largest distance from a point of the corpus to a road. */
  readonly maxDistanceM: number;
}

/** Judges a graph. Points that were drawn may lie in a lake: only those of a file are judged. */
export function coverageGates(run: CoverageRun, limits: CoverageLimits): Gate[] {
  const { nodes, edges, largestComponentShare } = run.summary;
  const gates = [
    leastGate("nodes", "junctions", nodes, limits.minNodes),
    leastGate("edges", "edges", edges, limits.minEdges),
    leastGate(
      "connected",
      "per cent of the junctions in one strong component",
      100 * largestComponentShare,
      limits.minConnectedPercent,
    ),
  ];
  return run.corpus === "file" ? [...gates, distanceGate(run, limits.maxDistanceM)] : gates;
}

function leastGate(id: string, unit: string, observed: number, least: number): Gate {
  return {
    id: `coverage-${id}`,
    subsystem: "graph",
    title: `at least ${least} ${unit}`,
    rationale: "A graph that lost its roads on the way is complete and valid, and useless.",
    threshold: 100,
    measure: async () => ({
      score: observed >= least ? 100 : Math.min(99.9, (100 * observed) / least),
      facts: { observed, least },
      failures: observed >= least ? [] : [`${Number(observed.toFixed(2))} ${unit}`],
    }),
  };
}

function distanceGate({ distancesM }: CoverageRun, maxDistanceM: number): Gate {
  return {
    id: "coverage-points",
    subsystem: "graph",
    title: `every point within ${maxDistanceM} m of a road`,
    rationale: "Trips begin and end at places; one without a road near it cannot be planned.",
    threshold: 100,
    async measure() {
      const far = distancesM.flatMap((metres, index) =>
        metres !== null && metres <= maxDistanceM ? [] : [{ metres, line: index + 2 }],
      );
      const count = distancesM.length;
      return {
        score: (100 * (count - far.length)) / count,
        facts: { points: count, far: far.length },
        failures: far.map(
          ({ metres, line }) =>
            `line ${line}: ${metres === null ? "no road within 50 km" : `${metres.toFixed(0)} m`}`,
        ),
      };
    },
  };
}

/** A graph in figures. */
export function coverageText(run: CoverageRun): string {
  const { region, bbox, summary, corpus, distancesM } = run;
  const known = distancesM.filter((metres) => metres !== null);
  const within = (metres: number): string =>
    `${((100 * known.filter((each) => each <= metres).length) / distancesM.length).toFixed(1)} %`;
  return [
    regionText(region),
    textTable([
      ["OSM data of", region.osmTimestamp ?? "unknown"],
      ["box", bbox.map((degrees) => degrees.toFixed(4)).join(", ")],
      ["road length", `${summary.lengthKm.toFixed(0)} km`],
      [
        "strong components",
        `${summary.components}, the largest with ${(100 * summary.largestComponentShare).toFixed(1)} % of the junctions`,
      ],
      ["turn bans", String(summary.turnBans)],
      [
        "points",
        `${distancesM.length} ${corpus === "file" ? "of the file" : "drawn uniformly over the box"}`,
      ],
      ["to the nearest road, P50 / P95 / max", `${shown(distributionOf(known), 0).join(" / ")} m`],
      ["within 100 m / 1 km", `${within(100)} / ${within(1_000)}`],
      ["no road within 50 km", String(distancesM.length - known.length)],
    ]),
  ].join("\n\n");
}
