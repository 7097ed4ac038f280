import type { SeededRandom } from "@gradeway/test-kit";

import type { Costing } from "../../src/costing/costing.ts";
import type { CourseProfile, RouteCourse } from "../../src/evaluation/route-course.ts";
import { createCurveReader } from "../../src/graph/edge-curves.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import { courseOfRoute } from "../../src/planner/course-of-route.ts";
import { EdgeCourses } from "../../src/planner/edge-courses.ts";
import { consumptionOf, coordinatesOf } from "../../src/planner/route-parts.ts";
import type { ArcPart } from "../../src/planner/arc-part.ts";

/** Drives at random along the roads, from some place on an edge to some place on another one. */
export function wander(graph: RoutingGraph, random: SeededRandom, arcs: number): ArcPart[] {
  const tail = (arc: number): number =>
    (arc & 1) === 0 ? graph.edgeTail[arc >> 1]! : graph.edgeHead[arc >> 1]!;
  let arc = random.integer(0, 2 * graph.edgeCount - 1);
  const driven = [arc];
  while (driven.length < arcs) {
    const from = tail(arc ^ 1);
    const onward = Array.from({ length: 2 * graph.edgeCount }, (_, next) => next).filter(
      (next) => tail(next) === from,
    );
    arc = random.pick(onward);
    driven.push(arc);
  }
  return driven.map((one, index) => {
    const lengthM = graph.edgeLengthM[one >> 1]!;
    const cutM = random.between(0.1, 0.9) * lengthM;
    const whole = { arc: one, fromM: 0, toM: lengthM };
    const back = (one & 1) === 1;
    if (index === 0) return back ? { ...whole, toM: cutM } : { ...whole, fromM: cutM };
    if (index < driven.length - 1) return whole;
    return back ? { ...whole, fromM: cutM } : { ...whole, toM: cutM };
  });
}

/** A course of one leg or more. */
export function courseOf(costing: Costing, ...legs: readonly (readonly ArcPart[])[]): RouteCourse {
  const coordinates = coordinatesOf(costing.graph, new EdgeCourses(costing.graph), legs.flat());
  return courseOfRoute(
    costing,
    legs,
    coordinates,
    consumptionOf(costing, legs),
    createCurveReader(costing.graph),
  );
}

/** A profile with the grade of every segment by itself. */
export function profileOf(
  distanceM: readonly number[],
  elevationM: readonly number[],
): CourseProfile {
  const gradeRatio = distanceM
    .slice(1)
    .map((toM, at) => (elevationM[at + 1]! - elevationM[at]!) / (toM - distanceM[at]!));
  return {
    distanceM: Float64Array.from(distanceM),
    elevationM: Float64Array.from(elevationM),
    gradeRatio: Float64Array.from(gradeRatio),
  };
}

/** The heights of the graph along parts, at the very points that the graph has them. */
export function bakedProfile(graph: RoutingGraph, parts: readonly ArcPart[]): CourseProfile {
  const distanceM: number[] = [0];
  const elevationM: number[] = [];
  const gradeRatio: number[] = [];
  let doneM = 0;
  for (const { arc, fromM, toM } of parts) {
    const edge = arc >> 1;
    const first = graph.firstHeight[edge]!;
    const pieces = graph.firstHeight[edge + 1]! - first - 1;
    const pieceM = graph.edgeLengthM[edge]! / pieces;
    const heightAt = (atM: number): number => {
      const piece = Math.min(pieces - 1, Math.floor(atM / pieceM));
      const share = atM / pieceM - piece;
      const low = graph.heightM[first + piece]!;
      // What lies beyond a point does not matter there, a void least of all.
      return share === 0 ? low : low + (graph.heightM[first + piece + 1]! - low) * share;
    };
    const inner = Array.from({ length: pieces - 1 }, (_, at) => (at + 1) * pieceM);
    const cuts = [fromM, ...inner.filter((atM) => atM > fromM && atM < toM), toM];
    if ((arc & 1) === 1) cuts.reverse();
    if (elevationM.length === 0) elevationM.push(heightAt(cuts[0]!));
    for (let at = 1; at < cuts.length; at++) {
      const metres = Math.abs(cuts[at]! - cuts[at - 1]!);
      const riseM = heightAt(cuts[at]!) - heightAt(cuts[at - 1]!);
      distanceM.push(doneM + Math.abs(cuts[at]! - cuts[0]!));
      elevationM.push(heightAt(cuts[at]!));
      gradeRatio.push(graph.edgeLengthM[edge]! < 8 ? 0 : riseM / metres);
    }
    doneM += toM - fromM;
  }
  return {
    distanceM: Float64Array.from(distanceM),
    elevationM: Float64Array.from(elevationM),
    gradeRatio: Float64Array.from(gradeRatio),
  };
}
