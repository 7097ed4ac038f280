import type { Consumption } from "../costing/arc-consumption.ts";
import { isControlMet } from "../costing/arc-controls.ts";
import type { Costing } from "../costing/costing.ts";
import { targetSpeedKmh } from "../costing/speed-rules.ts";
import type { RouteCourse } from "../evaluation/route-course.ts";
import type { LonLat } from "../geo/lon-lat.ts";
import { curveRadiusM, STRAIGHT } from "../graph/curve-classes.ts";
import type { CurveReader, EdgeCurves } from "../graph/edge-curves.ts";
import { SPAN_BRIDGE, SPAN_TUNNEL } from "../graph/routing-graph.ts";
import type { ArcPart } from "./arc-part.ts";

/** Structures closer to each other than this are one, m. */
const SAME_PLACE_M = 1e-3;

/** A course while it is put together. */
interface Draft {
  readonly stretchEndM: number[];
  readonly stretchKmh: number[];
  readonly stretchWind: number[];
  readonly curveEndM: number[];
  readonly curveRadiusM: number[];
  readonly structures: [number, number][];
  readonly stopAtM: number[];
  readonly stopKind: number[];
}

/** Lays out what driving a route takes, whatever the heights are. */
export function courseOfRoute(
  costing: Costing,
  legs: readonly (readonly ArcPart[])[],
  coordinates: readonly LonLat[],
  searched: Consumption,
  curvesOf: CurveReader,
): RouteCourse {
  const draft: Draft = {
    stretchEndM: [],
    stretchKmh: [],
    stretchWind: [],
    curveEndM: [],
    curveRadiusM: [],
    structures: [],
    stopAtM: [],
    stopKind: [],
  };
  const legEndM = new Float64Array(legs.length);
  let doneM = 0;
  for (const [leg, parts] of legs.entries()) {
    for (const part of parts) {
      addSpans(costing, part, doneM, draft);
      addCurves(curvesOf(part.arc >> 1), part, doneM, draft);
      addStops(costing, part, doneM, draft);
      doneM += part.toM - part.fromM;
    }
    legEndM[leg] = doneM;
  }
  return {
    lonLat: Float64Array.from(coordinates.flat()),
    lengthM: doneM,
    legEndM,
    stretchEndM: Float64Array.from(draft.stretchEndM),
    stretchKmh: Float64Array.from(draft.stretchKmh),
    stretchWind: Uint8Array.from(draft.stretchWind),
    curveEndM: Float64Array.from(draft.curveEndM),
    curveRadiusM: Float64Array.from(draft.curveRadiusM),
    structures: draft.structures,
    stopAtM: Float64Array.from(draft.stopAtM),
    stopKind: Uint8Array.from(draft.stopKind),
    searched,
  };
}

/** Adds stretches and structures of a part that begins `doneM` after the start of the route. */
function addSpans(costing: Costing, part: ArcPart, doneM: number, draft: Draft): void {
  const { graph, rules, vehicle, speedShare, table } = costing;
  const { arc, fromM, toM } = part;
  const back = (arc & 1) === 1;
  const first = graph.firstSpan[arc >> 1]!;
  const count = graph.firstSpan[(arc >> 1) + 1]! - first;
  for (let step = 0; step < count; step++) {
    const span = first + (back ? count - 1 - step : step);
    const startM = Math.max(fromM, span === first ? 0 : graph.spanEndM[span - 1]!);
    const endM = Math.min(toM, graph.spanEndM[span]!);
    if (endM <= startM) continue;
    const beginsM = doneM + (back ? toM - endM : startM - fromM);
    const endsM = doneM + (back ? toM - startM : endM - fromM);
    const { stretchEndM, stretchKmh, stretchWind, structures } = draft;
    const windRow = (back ? costing.windRowBackward : costing.windRowForward)[span]!;
    const inClass = Math.floor(windRow / table.rowCount);
    const kmh = targetSpeedKmh(rules, vehicle, graph, span, back, speedShare);
    const isSame = stretchKmh.at(-1) === kmh && stretchWind.at(-1) === inClass;
    if (isSame) stretchEndM[stretchEndM.length - 1] = endsM;
    else {
      stretchEndM.push(endsM);
      stretchKmh.push(kmh);
      stretchWind.push(inClass);
    }
    if ((graph.spanFlags[span]! & (SPAN_BRIDGE | SPAN_TUNNEL)) === 0) continue;
    const last = structures.at(-1);
    if (last !== undefined && beginsM - last[1] < SAME_PLACE_M) last[1] = endsM;
    else structures.push([beginsM, endsM]);
  }
}

/** Adds the curves of a part; pieces of one class are one stretch. */
function addCurves(
  { pieces, pieceM, classes }: EdgeCurves,
  { arc, fromM, toM }: ArcPart,
  doneM: number,
  draft: Draft,
): void {
  const back = (arc & 1) === 1;
  const reachedM = (atM: number): number => doneM + (back ? toM - atM : atM - fromM);
  for (let step = 0; step < pieces; step++) {
    const piece = back ? pieces - 1 - step : step;
    const startM = Math.max(fromM, piece * pieceM);
    const endM = Math.min(toM, (piece + 1) * pieceM);
    if (endM > startM) addCurve(draft, reachedM(back ? startM : endM), classes[piece]!);
  }
  if (pieces === 0 && toM > fromM) addCurve(draft, doneM + toM - fromM, STRAIGHT);
}

function addCurve({ curveEndM, curveRadiusM: radii }: Draft, endM: number, inClass: number): void {
  const radiusM = curveRadiusM(inClass);
  if (radii.at(-1) === radiusM) curveEndM[curveEndM.length - 1] = endM;
  else {
    curveEndM.push(endM);
    radii.push(radiusM);
  }
}

function addStops({ graph }: Costing, part: ArcPart, doneM: number, draft: Draft): void {
  const { arc, fromM, toM } = part;
  const edge = arc >> 1;
  const back = (arc & 1) === 1;
  const first = graph.firstControl[edge]!;
  const count = graph.firstControl[edge + 1]! - first;
  for (let step = 0; step < count; step++) {
    const at = first + (back ? count - 1 - step : step);
    if (!isControlMet(graph, at, back, fromM, toM)) continue;
    const atM = graph.controlAtM[at]!;
    draft.stopAtM.push(doneM + (back ? toM - atM : atM - fromM));
    draft.stopKind.push(graph.controlKind[at]!);
  }
}
