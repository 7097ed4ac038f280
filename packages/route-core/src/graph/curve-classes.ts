/** Radius of the sharpest class, m; tighter bends count as this one. */
const TIGHTEST_M = 8;
/** Ratio of the radii of neighbouring classes: a speed is then within 5 % of that of its class. */
const RADIUS_RATIO = 1.2;

/** Class of a road without a curve that anybody slows down for. */
export const STRAIGHT = 0;

/** Number of classes: straight, and radii from 8 to 442 m. */
export const CURVE_CLASSES = 24;

const RADII_M = Float64Array.from({ length: CURVE_CLASSES }, (_, inClass) =>
  inClass === STRAIGHT ? Infinity : TIGHTEST_M * RADIUS_RATIO ** (inClass - 1),
);

/** Radius that stands for a class, m; infinite for a straight road. Wider curves have higher classes. */
export function curveRadiusM(inClass: number): number {
  return RADII_M[inClass]!;
}

/** Class whose radius is nearest, by ratio; straight beyond the widest. */
export function curveClass(radiusM: number): number {
  const step = Math.round(Math.log(radiusM / TIGHTEST_M) / Math.log(RADIUS_RATIO));
  return step >= CURVE_CLASSES - 1 ? STRAIGHT : 1 + Math.max(0, step);
}
