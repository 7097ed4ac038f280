import type { ArrayTaker } from "../array-taker.ts";
import { distanceE7 } from "../geo/distance.ts";
import type { RoutingGraph } from "../graph/routing-graph.ts";
import type { Wind } from "./weather.ts";
import { WIND_CLASSES, windClass } from "./wind.ts";

/** Columns that tell where the roads of a graph lead. */
type Shapes = Pick<
  RoutingGraph,
  | "edgeCount"
  | "edgeLengthM"
  | "firstPoint"
  | "firstSpan"
  | "pointLonE7"
  | "pointLatE7"
  | "spanEndM"
>;

/**
 * Rows of the cost table with the class of the wind on each span: those of its speed, in the block of
 * its class.
 *
 * @param rows - of the speeds, forward and backward; returned as they are where no wind is told
 * @param arrays - where the rows go, or where they are already
 */
export function windRows(
  graph: Shapes,
  wind: Wind | undefined,
  rowCount: number,
  [forward, backward]: readonly [Int16Array, Int16Array],
  arrays: ArrayTaker,
): readonly [forward: Int16Array, backward: Int16Array] {
  if (wind === undefined) return [forward, backward];
  const windForward = arrays.int16(forward.length);
  const windBackward = arrays.int16(backward.length);
  if (!arrays.isFilled) {
    const classes = spanWindClasses(graph, wind);
    for (let span = 0; span < classes.length; span++) {
      const inClass = classes[span]!;
      windForward[span] = inClass * rowCount + forward[span]!;
      windBackward[span] = (WIND_CLASSES - 1 - inClass) * rowCount + backward[span]!;
    }
  }
  return [windForward, windBackward];
}

/**
 * Class of the wind on each span of a graph in the direction of its edge. A bend counts with what its
 * parts have on the whole: a road that turns round is crossed by the wind.
 */
export function spanWindClasses(graph: Shapes, { fromDeg }: Wind): Uint8Array {
  const { edgeCount, edgeLengthM, firstPoint, firstSpan, spanEndM } = graph;
  const classes = new Uint8Array(spanEndM.length);
  for (let edge = 0; edge < edgeCount; edge++) {
    const shapeM = shapeLengthM(graph, edge);
    const scale = shapeM > 0 ? edgeLengthM[edge]! / shapeM : 0;
    let span = firstSpan[edge]!;
    let doneM = 0;
    let againstM = 0;
    let spanFromM = 0;
    for (let point = firstPoint[edge]!; point + 1 < firstPoint[edge + 1]!; point++) {
      const lengthM = scale * segmentM(graph, point);
      const against = againstRatio(graph, point, fromDeg);
      let leftM = lengthM;
      while (span + 1 < firstSpan[edge + 1]! && doneM + leftM > spanEndM[span]!) {
        const partM = Math.max(0, spanEndM[span]! - doneM);
        classes[span] = classOf(againstM + partM * against, spanEndM[span]! - spanFromM);
        spanFromM = spanEndM[span]!;
        againstM = 0;
        doneM += partM;
        leftM -= partM;
        span++;
      }
      againstM += leftM * against;
      doneM += leftM;
    }
    classes[span] = classOf(againstM, edgeLengthM[edge]! - spanFromM);
  }
  return classes;
}

function classOf(againstM: number, lengthM: number): number {
  return windClass(lengthM > 0 ? againstM / lengthM : 0);
}

function shapeLengthM(graph: Shapes, edge: number): number {
  let metres = 0;
  for (let point = graph.firstPoint[edge]!; point + 1 < graph.firstPoint[edge + 1]!; point++) {
    metres += segmentM(graph, point);
  }
  return metres;
}

function segmentM({ pointLonE7, pointLatE7 }: Shapes, point: number): number {
  const next = point + 1;
  return distanceE7(pointLonE7[point]!, pointLatE7[point]!, pointLonE7[next]!, pointLatE7[next]!);
}

/** Cosine of the angle between a segment and where the wind comes from, on the plane tangent to it. */
function againstRatio({ pointLonE7, pointLatE7 }: Shapes, point: number, fromDeg: number): number {
  const latRad = (pointLatE7[point]! / 1e7) * (Math.PI / 180);
  const east = (pointLonE7[point + 1]! - pointLonE7[point]!) * Math.cos(latRad);
  const north = pointLatE7[point + 1]! - pointLatE7[point]!;
  const length = Math.hypot(east, north);
  if (length === 0) return 0;
  const fromRad = fromDeg * (Math.PI / 180);
  return (east * Math.sin(fromRad) + north * Math.cos(fromRad)) / length;
}
