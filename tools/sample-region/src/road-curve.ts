import type { NetworkBuilder } from "./network-builder.ts";
import type { Point } from "./county-frame.ts";
import { distanceM } from "./county-frame.ts";
import type { Noise } from "./value-noise.ts";

/**
 * A smooth curve through every stop (Catmull-Rom), as stops of a path: ids stay ids, and new
 * points come in between, about `spacingM` apart.
 */
export function curveThrough(
  builder: NetworkBuilder,
  stops: readonly (number | Point)[],
  spacingM: number,
): (number | Point)[] {
  const points = stops.map((stop) => (typeof stop === "number" ? builder.positionOf(stop) : stop));
  const curve: (number | Point)[] = [stops[0]!];
  for (let span = 0; span + 1 < points.length; span += 1) {
    const start = points[span]!;
    const end = points[span + 1]!;
    const before = points[span - 1] ?? start;
    const after = points[span + 2] ?? end;
    const pieces = Math.max(1, Math.round(distanceM(start, end) / spacingM));
    for (let piece = 1; piece < pieces; piece += 1) {
      const part = piece / pieces;
      curve.push({
        xM: catmullRom(before.xM, start.xM, end.xM, after.xM, part),
        yM: catmullRom(before.yM, start.yM, end.yM, after.yM, part),
      });
    }
    curve.push(stops[span + 1]!);
  }
  return curve;
}

/** Bends new points off the line by up to `swingM`; the fixed stops stay where they are. */
export function withBends(
  builder: NetworkBuilder,
  curve: readonly (number | Point)[],
  noise: Noise,
  swingM: number,
): (number | Point)[] {
  const points = curve.map((stop) => (typeof stop === "number" ? builder.positionOf(stop) : stop));
  const chainageM = [0];
  for (let index = 1; index < points.length; index += 1) {
    chainageM.push(chainageM[index - 1]! + distanceM(points[index - 1]!, points[index]!));
  }
  const lengthM = chainageM.at(-1)!;
  return curve.map((stop, index) => {
    if (typeof stop === "number") return stop;
    const before = points[index - 1]!;
    const after = points[index + 1]!;
    const alongM = distanceM(before, after) || 1;
    // Fades out at both ends, so that the road still meets its junctions.
    const fade = Math.min(1, chainageM[index]! / 300, (lengthM - chainageM[index]!) / 300);
    const shiftM = noise(stop.xM, stop.yM) * swingM * fade;
    return {
      xM: stop.xM - ((after.yM - before.yM) / alongM) * shiftM,
      yM: stop.yM + ((after.xM - before.xM) / alongM) * shiftM,
    };
  });
}

function catmullRom(
  before: number,
  start: number,
  end: number,
  after: number,
  part: number,
): number {
  const square = part * part;
  const cube = square * part;
  return (
    0.5 *
    (2 * start +
      (end - before) * part +
      (2 * before - 5 * start + 4 * end - after) * square +
      (3 * start - before - 3 * end + after) * cube)
  );
}
