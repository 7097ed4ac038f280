import type { ElevationSampler } from "@gradeway/terrain-tiles";

import { caseScore, type JudgedCase } from "../case-score.ts";
import { type Gate, LEAST_SCORE } from "../gate.ts";

/** A place whose height is known from elsewhere. */
export interface ControlPoint {
  readonly lon: number;
  readonly lat: number;
  /** Null where there is no height, which must not read as one. */
  readonly heightM: number | null;
}

/** What is asked, and how exactly it must be answered. */
export interface ControlledTerrain {
  readonly sampler: Pick<ElevationSampler, "sample">;
  readonly points: readonly ControlPoint[];
  readonly toleranceM: number;
  /** Share of the points that may be off by more, because references have errors too. */
  readonly allowedShare?: number;
}

/** What a gate of heights is called, and why its tolerance is what it is. */
export interface HeightScoreOptions {
  readonly id: string;
  readonly title: string;
  readonly rationale: string;
  readonly open: () => Promise<ControlledTerrain>;
}

/** A gate of heights against control points; voids and heights are judged apart. */
export function heightScore({ id, title, rationale, open }: HeightScoreOptions): Gate {
  return {
    id,
    subsystem: "terrain",
    title,
    rationale,
    threshold: LEAST_SCORE,
    async measure() {
      const { sampler, points, toleranceM, allowedShare = 0 } = await open();
      const lonLat = Float64Array.from(points.flatMap(({ lon, lat }) => [lon, lat]));
      const heightM = new Float64Array(points.length);
      await sampler.sample(lonLat, heightM);
      const off: number[] = [];
      const cases = points.map((point, index): JudgedCase => {
        const given = heightM[index]!;
        const place = `${point.lon.toFixed(5)}, ${point.lat.toFixed(5)}`;
        if (point.heightM === null) {
          const failure = Number.isNaN(given)
            ? undefined
            : `void read as ${given.toFixed(1)} m at ${place}`;
          return { group: "voids", failure };
        }
        if (Number.isNaN(given)) {
          return {
            group: "heights",
            failure: `no height at ${place}, there are ${point.heightM} m`,
          };
        }
        const offM = Math.abs(given - point.heightM);
        off.push(offM);
        if (offM <= toleranceM) return { group: "heights" };
        return {
          group: "heights",
          failure: `${given.toFixed(1)} m at ${place}, not ${point.heightM.toFixed(1)} m`,
        };
      });
      off.sort((a, b) => a - b);
      const { facts, failures } = caseScore(cases, {
        toleranceM,
        medianOffM: off[off.length >> 1] ?? null,
        largestOffM: off.at(-1) ?? null,
      });
      // What references may be wrong by is no fault of the terrain; that they have no height is certain.
      const score = Math.min(scoreOf(cases, "heights", allowedShare), scoreOf(cases, "voids", 0));
      return { score, facts, failures };
    },
  };
}

/** Score of one group, of which a share may be wrong; 100 where there is none of it. */
function scoreOf(cases: readonly JudgedCase[], group: string, allowedShare: number): number {
  const members = cases.filter((each) => each.group === group);
  if (members.length === 0) return 100;
  return Math.min(100, caseScore(members).score / (1 - allowedShare));
}
