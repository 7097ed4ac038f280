import fc from "fast-check";

/** A profile of points at irregular distances, some in the same place, with voids. */
export const profileArbitrary: fc.Arbitrary<{ distanceM: Float64Array; heightM: Float64Array }> = fc
  .array(
    fc.record({
      gapM: fc.oneof(fc.constant(0), fc.double({ min: 0.5, max: 60, noNaN: true })),
      height: fc.oneof(
        { weight: 8, arbitrary: fc.double({ min: -50, max: 300, noNaN: true }) },
        { weight: 1, arbitrary: fc.constant(Number.NaN) },
      ),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((points) => {
    const distanceM = new Float64Array(points.length);
    const heightM = new Float64Array(points.length);
    for (const [index, { gapM, height }] of points.entries()) {
      distanceM[index] = index === 0 ? 0 : distanceM[index - 1]! + gapM;
      // Points in the same place have the same height.
      heightM[index] = index > 0 && gapM === 0 ? heightM[index - 1]! : height;
    }
    return { distanceM, heightM };
  });

/** First and last point of each stretch of known heights. */
export function stretchesOf(heightM: Float64Array): [first: number, last: number][] {
  const stretches: [number, number][] = [];
  for (let point = 0; point < heightM.length; point++) {
    if (Number.isNaN(heightM[point]!)) continue;
    if (point > 0 && !Number.isNaN(heightM[point - 1]!)) stretches.at(-1)![1] = point;
    else stretches.push([point, point]);
  }
  return stretches;
}

/** Adds up every rise between known neighbours. */
export function plainAscent(heightM: Float64Array): number {
  let sum = 0;
  for (let point = 1; point < heightM.length; point++) {
    const rise = heightM[point]! - heightM[point - 1]!;
    if (rise > 0) sum += rise;
  }
  return sum;
}
