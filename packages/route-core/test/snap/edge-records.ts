import Flatbush from "flatbush";

import { addGrades, createHistogram, VOID_SLOT } from "../../src/graph/edge-pieces.ts";
import { VOID_BIN } from "../../src/graph/grade-bins.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";

/** One edge of a graph as plain objects, so that a test can take it apart. */
export interface EdgeRecord {
  tail: number;
  head: number;
  lengthM: number;
  readonly access: number;
  readonly limits: number;
  points: [lonE7: number, latE7: number][];
  heights: number[];
  spans: SpanRecord[];
  curves: { readonly endM: number; readonly inClass: number }[];
  controls: { atM: number; readonly kind: number }[];
}

export interface SpanRecord {
  endM: number;
  readonly roadClass: number;
  readonly legalRoad: number;
  readonly speeds: readonly [forward: number, backward: number];
  readonly truckSpeeds: readonly [forward: number, backward: number];
  readonly flags: number;
  readonly facility: number;
  tollEntry: number;
  readonly wayId: number;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

export function edgeRecords(graph: RoutingGraph): EdgeRecord[] {
  return range(0, graph.edgeCount).map((edge) => ({
    tail: graph.edgeTail[edge]!,
    head: graph.edgeHead[edge]!,
    lengthM: graph.edgeLengthM[edge]!,
    access: graph.edgeAccess[edge]!,
    limits: graph.edgeLimits[edge]!,
    points: range(graph.firstPoint[edge]!, graph.firstPoint[edge + 1]!).map((at) => [
      graph.pointLonE7[at]!,
      graph.pointLatE7[at]!,
    ]),
    heights: Array.from(
      graph.heightM.subarray(graph.firstHeight[edge], graph.firstHeight[edge + 1]),
    ),
    spans: range(graph.firstSpan[edge]!, graph.firstSpan[edge + 1]!).map((span) => ({
      endM: graph.spanEndM[span]!,
      roadClass: graph.spanClass[span]!,
      legalRoad: graph.spanLegalRoad[span]!,
      speeds: [graph.spanSpeedForwardKmh[span]!, graph.spanSpeedBackwardKmh[span]!],
      truckSpeeds: [graph.spanTruckSpeedForwardKmh[span]!, graph.spanTruckSpeedBackwardKmh[span]!],
      flags: graph.spanFlags[span]!,
      facility: graph.spanFacility[span]!,
      tollEntry: graph.spanTollEntry[span]!,
      wayId: graph.spanWayId[span]!,
    })),
    curves: range(graph.firstCurve[edge]!, graph.firstCurve[edge + 1]!).map((run) => ({
      endM: graph.curveEndM[run]!,
      inClass: graph.curveClass[run]!,
    })),
    controls: range(graph.firstControl[edge]!, graph.firstControl[edge + 1]!).map((at) => ({
      atM: graph.controlAtM[at]!,
      kind: graph.controlKind[at]!,
    })),
  }));
}

const starts = (records: readonly EdgeRecord[], count: (record: EdgeRecord) => number) => {
  const first = new Int32Array(records.length + 1);
  for (const [edge, record] of records.entries()) first[edge + 1] = first[edge]! + count(record);
  return first;
};

/** Puts edges together again as a graph; columns of nodes, bans and forbidden paths are those given. */
export function graphOfRecords(
  records: readonly EdgeRecord[],
  rest: Pick<
    RoutingGraph,
    | "meta"
    | "nodeLonE7"
    | "nodeLatE7"
    | "nodeComponent"
    | "componentNodes"
    | "banFrom"
    | "banTo"
    | "banKinds"
    | "firstBanPathArc"
    | "banPathArcs"
    | "banPathKinds"
  >,
): RoutingGraph {
  const points = records.flatMap((record) => record.points);
  const spans = records.flatMap((record) => record.spans);
  const controls = records.flatMap((record) => record.controls);
  const curves = records.flatMap((record) => record.curves);
  const course = {
    edgeLengthM: Float64Array.from(records, (record) => record.lengthM),
    firstHeight: starts(records, (record) => record.heights.length),
    heightM: Float32Array.from(records.flatMap((record) => record.heights)),
    firstSpan: starts(records, (record) => record.spans.length),
    spanEndM: Float64Array.from(spans, (span) => span.endM),
    firstCurve: starts(records, (record) => record.curves.length),
    curveEndM: Float64Array.from(curves, (curve) => curve.endM),
    curveClass: Uint8Array.from(curves, (curve) => curve.inClass),
  };
  const index = new Flatbush(records.length, 16, Int32Array);
  for (const { points: shape } of records) {
    const lons = shape.map(([lon]) => lon);
    const lats = shape.map(([, lat]) => lat);
    index.add(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats));
  }
  index.finish();
  return {
    ...rest,
    ...course,
    ...binsOf(records, course),
    nodeCount: rest.nodeLonE7.length,
    edgeCount: records.length,
    edgeTail: Int32Array.from(records, (record) => record.tail),
    edgeHead: Int32Array.from(records, (record) => record.head),
    edgeAccess: Uint8Array.from(records, (record) => record.access),
    edgeLimits: Uint16Array.from(records, (record) => record.limits),
    firstPoint: starts(records, (record) => record.points.length),
    pointLonE7: Int32Array.from(points, ([lon]) => lon),
    pointLatE7: Int32Array.from(points, ([, lat]) => lat),
    spanClass: Uint8Array.from(spans, (span) => span.roadClass),
    spanLegalRoad: Uint8Array.from(spans, (span) => span.legalRoad),
    spanSpeedForwardKmh: Uint8Array.from(spans, (span) => span.speeds[0]),
    spanSpeedBackwardKmh: Uint8Array.from(spans, (span) => span.speeds[1]),
    spanTruckSpeedForwardKmh: Uint8Array.from(spans, (span) => span.truckSpeeds[0]),
    spanTruckSpeedBackwardKmh: Uint8Array.from(spans, (span) => span.truckSpeeds[1]),
    spanFlags: Uint8Array.from(spans, (span) => span.flags),
    spanFacility: Uint8Array.from(spans, (span) => span.facility),
    spanTollEntry: Uint8Array.from(spans, (span) => span.tollEntry),
    spanWayId: Float64Array.from(spans, (span) => span.wayId),
    firstControl: starts(records, (record) => record.controls.length),
    controlAtM: Float64Array.from(controls, (control) => control.atM),
    controlKind: Uint8Array.from(controls, (control) => control.kind),
    edgeIndex: new Uint8Array(index.data),
  };
}

type Course = Pick<
  RoutingGraph,
  | "edgeLengthM"
  | "firstHeight"
  | "heightM"
  | "firstSpan"
  | "spanEndM"
  | "firstCurve"
  | "curveEndM"
  | "curveClass"
>;

function binsOf(
  records: readonly EdgeRecord[],
  course: Course,
): Pick<RoutingGraph, "firstBin" | "binGrade" | "binCurve" | "binLengthM"> {
  const firstBin = [0];
  const binGrade: number[] = [];
  const binCurve: number[] = [];
  const binLengthM: number[] = [];
  for (const [edge, record] of records.entries()) {
    let fromM = 0;
    for (const { endM } of record.spans) {
      const curves = record.curves.length > 0 ? record.curves : [{ endM: Infinity, inClass: 0 }];
      for (const [run, curve] of curves.entries()) {
        const startM = Math.max(fromM, curves[run - 1]?.endM ?? 0);
        const toM = Math.min(endM, run === curves.length - 1 ? Infinity : curve.endM);
        if (toM <= startM) continue;
        const histogram = createHistogram();
        addGrades(course, edge, startM, toM, histogram);
        for (const [slot, metres] of histogram.entries()) {
          if (metres === 0) continue;
          binGrade.push(slot === VOID_SLOT ? VOID_BIN : slot);
          binCurve.push(curve.inClass);
          binLengthM.push(metres);
        }
      }
      firstBin.push(binGrade.length);
      fromM = endM;
    }
  }
  return {
    firstBin: Int32Array.from(firstBin),
    binGrade: Uint8Array.from(binGrade),
    binCurve: Uint8Array.from(binCurve),
    binLengthM: Float32Array.from(binLengthM),
  };
}
