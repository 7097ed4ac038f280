import type { CourseProfile } from "../evaluation/route-course.ts";
import { heightAt } from "../graph/edge-pieces.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { ArcPart } from "./arc-part.ts";

/** Longest step between two heights, m. */
const STEP_M = 25;

/**
 * Heights of the graph along parts at equal steps of at most 25 m. Each edge of the graph has points
 * of its own, some of them only metres apart, but they are smoothed along the network: sampled at equal
 * steps along the course no short piece has a grade of its own. A void is never filled in.
 */
export function bakedProfile(graph: RoutingGraph, parts: readonly ArcPart[]): CourseProfile {
  const lengthM = parts.reduce((sum, { fromM, toM }) => sum + toM - fromM, 0);
  const steps = Math.max(1, Math.ceil(lengthM / STEP_M));
  const stepM = lengthM / steps;
  const distanceM = new Float64Array(steps + 1);
  const elevationM = new Float64Array(steps + 1);
  let index = 0;
  let partBeginsM = 0;
  for (let step = 0; step <= steps; step++) {
    const atM = step === steps ? lengthM : step * stepM;
    while (
      index < parts.length - 1 &&
      atM > partBeginsM + parts[index]!.toM - parts[index]!.fromM
    ) {
      partBeginsM += parts[index]!.toM - parts[index]!.fromM;
      index++;
    }
    const { arc, fromM, toM } = parts[index]!;
    const alongM = Math.min(toM - fromM, atM - partBeginsM);
    distanceM[step] = atM;
    elevationM[step] = heightAt(graph, arc >> 1, (arc & 1) === 1 ? toM - alongM : fromM + alongM);
  }
  const gradeRatio = new Float64Array(steps);
  for (let step = 0; step < steps; step++) {
    // A trip of no length has no grade, but it is no void either.
    gradeRatio[step] = stepM > 0 ? (elevationM[step + 1]! - elevationM[step]!) / stepM : 0;
  }
  return { distanceM, elevationM, gradeRatio };
}
