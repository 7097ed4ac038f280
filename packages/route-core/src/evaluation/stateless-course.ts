import { energyFlowPerS, type LoadedVehicle } from "../costing/longitudinal.ts";
import { speedChangeCost } from "../costing/speed-change.ts";
import { steadySpeedKmh } from "../costing/speed-on-grade.ts";
import type { CoursePiece } from "./course-steps.ts";
import type { Driven } from "./drive-steps.ts";

/** Pieces are gathered into edges of at least this length, m. */
const EDGE_M = 250;

/**
 * Drives a course with the formulas of the search tier: edges of one mean target speed, which end at
 * every stop and after 250 m at the latest, are driven at the steady speed of each of their grades;
 * between edges the change of their target speeds is paid, and a stop with its chance. Nothing is
 * carried over from one edge to the next but its target speed. A trip begins and ends at rest.
 */
export function driveStateless(
  loaded: LoadedVehicle,
  pieces: readonly CoursePiece[],
): Pick<Driven, "seconds" | "energy"> {
  let seconds = 0;
  let energy = 0;
  const change = (fromMps: number, throughMps: number, toMps: number, chance: number): void => {
    const cost = speedChangeCost(loaded, fromMps, throughMps, toMps);
    seconds += chance * cost.seconds;
    energy += chance * cost.energy;
  };
  let fromMps = 0;
  let first = 0;
  let chance = 1;
  while (first < pieces.length) {
    const last = lastOfEdge(pieces, first);
    const edge = pieces.slice(first, last + 1);
    const edgeM = edge.reduce((sum, { lengthM }) => sum + lengthM, 0);
    const targetMps =
      edgeM / edge.reduce((sum, { lengthM, limitMps }) => sum + lengthM / limitMps, 0);
    change(fromMps, 0, targetMps, chance);
    change(fromMps, Math.min(fromMps, targetMps), targetMps, 1 - chance);
    for (const { lengthM, gradeRatio } of edge) {
      const speedMps = steadySpeedKmh(loaded, targetMps * 3.6, gradeRatio) / 3.6;
      seconds += lengthM / speedMps;
      energy += (lengthM / speedMps) * energyFlowPerS(loaded, speedMps, gradeRatio);
    }
    const stop = pieces[last]!.stop;
    chance = stop?.chance ?? 0;
    seconds += chance * (stop?.waitS ?? 0);
    energy += chance * (stop?.waitS ?? 0) * loaded.model.idlePerS;
    fromMps = targetMps;
    first = last + 1;
  }
  change(fromMps, 0, 0, 1);
  return { seconds, energy };
}

function lastOfEdge(pieces: readonly CoursePiece[], first: number): number {
  let metres = 0;
  for (let at = first; at < pieces.length; at++) {
    metres += pieces[at]!.lengthM;
    if (metres >= EDGE_M || pieces[at]!.stop !== undefined) return at;
  }
  return pieces.length - 1;
}
