import { heightAt } from "../graph/edge-pieces.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { JsonBytes } from "../json/json-bytes.ts";
import type { ArcPart } from "./arc-part.ts";
import { heightSteps } from "./edge-courses.ts";
import { isWholeEdge, partShape } from "./route-parts.ts";

const COMMA = 44;
const OPEN = 91;
const CLOSE = 93;

/** Digits of a position in degrees. */
const POSITION_DIGITS = 7;
/** Digits of a length or height in metres. */
const METRE_DIGITS = 1;

/** Where in the document something was written. */
interface Written {
  readonly from: number;
  readonly to: number;
}

/**
 * Writes lines and heights along routes as JSON, straight from the graph. The routes of a front share
 * most of their edges: what an arc adds is written once per document and copied from there.
 */
export class CourseJson {
  readonly #graph: RoutingGraph;
  readonly #json: JsonBytes;
  /** By arc: its positions but the first, and its heights but the first, a comma before each. */
  readonly #lines = new Map<number, Written>();
  readonly #heights = new Map<number, Written>();
  #lastLonE7 = Number.NaN;
  #lastLatE7 = Number.NaN;
  /** Positions of this line; no more than whether there are none, one, or several. */
  #positions = 0;

  /** @param json - the document that is written; made anew for each */
  constructor(graph: RoutingGraph, json: JsonBytes) {
    this.#graph = graph;
    this.#json = json;
  }

  /** The positions along parts, as `coordinatesOf` lists them. */
  positions(parts: readonly ArcPart[]): void {
    this.#lastLonE7 = Number.NaN;
    this.#positions = 0;
    this.#json.ascii(OPEN);
    for (const part of parts) {
      if (isWholeEdge(this.#graph, part)) this.#addWhole(part.arc);
      else this.#addPart(part);
    }
    // A LineString has at least two positions, also for a trip of no length.
    if (this.#positions === 1) this.#position(this.#lastLonE7, this.#lastLatE7);
    this.#json.ascii(CLOSE);
  }

  /** Distances and heights along parts, as `elevationAlong` lists them. */
  elevation(parts: readonly ArcPart[]): void {
    const json = this.#json;
    json.text(`{"distanceM":[`);
    json.decimal(0, METRE_DIGITS);
    let doneM = 0;
    for (const { fromM, toM } of parts) {
      const lengthM = toM - fromM;
      const steps = heightSteps(lengthM);
      for (let step = 1; step <= steps; step++) {
        json.ascii(COMMA);
        json.decimal(Math.round((doneM + (lengthM * step) / steps) * 10), METRE_DIGITS);
      }
      doneM += lengthM;
    }
    json.text(`],"elevationM":[`);
    this.#height(parts[0]!, 0);
    for (const part of parts) this.#addHeights(part);
    json.text("]}");
  }

  #addWhole(arc: number): void {
    const { firstPoint, pointLonE7, pointLatE7 } = this.#graph;
    const back = (arc & 1) === 1;
    const low = firstPoint[arc >> 1]!;
    const high = firstPoint[(arc >> 1) + 1]! - 1;
    const first = back ? high : low;
    const last = back ? low : high;
    this.#addPosition(pointLonE7[first]!, pointLatE7[first]!);
    const known = this.#lines.get(arc);
    if (known !== undefined) {
      this.#json.again(known.from, known.to);
      if (known.to > known.from) this.#positions++;
      this.#lastLonE7 = pointLonE7[last]!;
      this.#lastLatE7 = pointLatE7[last]!;
      return;
    }
    const from = this.#json.length;
    const step = back ? -1 : 1;
    for (let point = first; point !== last;) {
      point += step;
      this.#addPosition(pointLonE7[point]!, pointLatE7[point]!);
    }
    this.#lines.set(arc, { from, to: this.#json.length });
  }

  #addPart(part: ArcPart): void {
    const shape = partShape(this.#graph, part);
    const back = (part.arc & 1) === 1;
    for (let at = 0; at < shape.length; at++) {
      const [lon, lat] = shape[back ? shape.length - 1 - at : at]!;
      this.#addPosition(Math.round(lon * 1e7), Math.round(lat * 1e7));
    }
  }

  /** Adds a position unless the line has just been there. */
  #addPosition(lonE7: number, latE7: number): void {
    if (lonE7 !== this.#lastLonE7 || latE7 !== this.#lastLatE7) this.#position(lonE7, latE7);
  }

  #position(lonE7: number, latE7: number): void {
    const json = this.#json;
    if (this.#positions++ > 0) json.ascii(COMMA);
    json.ascii(OPEN);
    json.decimal(lonE7, POSITION_DIGITS);
    json.ascii(COMMA);
    json.decimal(latE7, POSITION_DIGITS);
    json.ascii(CLOSE);
    this.#lastLonE7 = lonE7;
    this.#lastLatE7 = latE7;
  }

  /** All heights of a part but the first, with which the part before it ended. */
  #addHeights(part: ArcPart): void {
    const json = this.#json;
    const isWhole = isWholeEdge(this.#graph, part);
    const known = isWhole ? this.#heights.get(part.arc) : undefined;
    if (known !== undefined) {
      json.again(known.from, known.to);
      return;
    }
    const from = json.length;
    const steps = heightSteps(part.toM - part.fromM);
    for (let step = 1; step <= steps; step++) {
      json.ascii(COMMA);
      this.#height(part, step);
    }
    if (isWhole) this.#heights.set(part.arc, { from, to: json.length });
  }

  #height({ arc, fromM, toM }: ArcPart, step: number): void {
    const lengthM = toM - fromM;
    const metres = (lengthM * step) / heightSteps(lengthM);
    const atM = (arc & 1) === 1 ? toM - metres : fromM + metres;
    const height = heightAt(this.#graph, arc >> 1, atM);
    if (Number.isNaN(height)) this.#json.text("null");
    else this.#json.decimal(Math.round(height * 10), METRE_DIGITS);
  }
}
