import type { RoutingGraph } from "../graph/routing-graph.ts";
import { encodePolyline6 } from "../geo/polyline-codec.ts";
import { JsonBytes } from "../json/json-bytes.ts";
import type { ArcPart } from "./arc-part.ts";
import { CourseJson } from "./course-json.ts";
import { EdgeCourses } from "./edge-courses.ts";
import type {
  FrontFacts,
  ParetoAnswer,
  PlannedRoute,
  PlanRequest,
  RouteAnswer,
  RouteFacts,
} from "./plan-types.ts";
import type { DrivenRoute } from "./present-route.ts";
import { coordinatesOf } from "./route-parts.ts";
import type { Dress, WrittenAnswer } from "./written-answer.ts";

/** An answer, and what its routes drive, in their order. */
export interface Shown<Answer> {
  readonly answer: Answer;
  readonly shown: readonly DrivenRoute[];
}

/** Writes answers as JSON. */
export interface AnswerJson {
  /**
   * @param front - without geometry and profile; they are written as the request asks
   * @param poll - called before each route
   */
  front(
    front: Shown<ParetoAnswer>,
    request: PlanRequest,
    dress: Dress<FrontFacts>,
    poll: () => void,
  ): WrittenAnswer<FrontFacts>;
  best(
    best: Shown<RouteAnswer>,
    request: PlanRequest,
    dress: Dress<RouteFacts>,
  ): WrittenAnswer<RouteFacts>;
}

/**
 * Creates what writes answers over a graph, byte for byte as `JSON.stringify` writes those that hold
 * their lines and heights, which are most of an answer and are never made as arrays here.
 */
export function createAnswerJson(graph: RoutingGraph): AnswerJson {
  const json = new JsonBytes();

  function writeRoute(
    courses: CourseJson,
    { geometry: _, annotations: __, searchCosts, tags, tierDeviation, ...figures }: PlannedRoute,
    parts: readonly ArcPart[],
    { geometry = "geojson", annotations = [] }: PlanRequest,
  ): void {
    json.text(`${JSON.stringify(figures).slice(0, -1)},"geometry":`);
    if (geometry === "geojson") {
      json.text(`{"type":"LineString","coordinates":`);
      courses.positions(parts);
      json.text("}");
    } else json.text(JSON.stringify(geometry === "none" ? null : polylineOf(graph, parts)));
    json.text(`,${JSON.stringify({ searchCosts, tags }).slice(1, -1)}`);
    if (annotations.includes("elevation")) {
      json.text(`,"annotations":{"elevation":`);
      courses.elevation(parts);
      json.text("}");
    }
    if (tierDeviation !== undefined) {
      json.text(`,"tierDeviation":${JSON.stringify(tierDeviation)}`);
    }
    json.text("}");
  }

  /** The document with the rest of its members. */
  function completed(rest: object): Uint8Array<ArrayBuffer> {
    const members = JSON.stringify(rest).slice(1);
    json.text(members === "}" ? members : `,${members}`);
    return json.take();
  }

  return {
    front({ answer: { routes, ...facts }, shown }, request, dress, poll) {
      const courses = new CourseJson(graph, json);
      json.begin(`{"routes":[`);
      for (const [at, route] of routes.entries()) {
        poll();
        if (at > 0) json.text(",");
        writeRoute(courses, route, shown[at]!.parts, request);
      }
      json.text("]");
      return { json: completed(dress(facts)), facts };
    },
    best({ answer: { route, ...facts }, shown }, request, dress) {
      json.begin(`{"route":`);
      writeRoute(new CourseJson(graph, json), route, shown[0]!.parts, request);
      return { json: completed(dress(facts)), facts };
    },
  };
}

function polylineOf(graph: RoutingGraph, parts: readonly ArcPart[]): string {
  return encodePolyline6(coordinatesOf(graph, new EdgeCourses(graph), parts));
}
