import type { Consumption } from "../costing/arc-consumption.ts";

/**
 * All of a route that does not depend on heights, as columns in driving order: enough to drive it on
 * any profile, also on another thread. Distances count in metres from its start.
 */
export interface RouteCourse {
  /** Interleaved degrees, without repeated points. */
  readonly lonLat: Float64Array;
  readonly lengthM: number;
  /** Where each leg ends, at a waypoint where it comes to rest; the last one ends with the route. */
  readonly legEndM: Float64Array;
  /** Where each stretch of one target speed ends; the last one ends with the route. */
  readonly stretchEndM: Float64Array;
  /** Target speed of each stretch on level road, km/h. */
  readonly stretchKmh: Float64Array;
  /** Class of the wind on each stretch (see costing/wind.ts); 0 where no wind is told. */
  readonly stretchWind: Uint8Array;
  /** Where each stretch of one radius ends; the last one ends with the route. */
  readonly curveEndM: Float64Array;
  /** Radius of each of these stretches in metres; infinite where the road is straight. */
  readonly curveRadiusM: Float64Array;
  /** Portals of bridges and tunnels; neighbouring structures are one. */
  readonly structures: readonly (readonly [fromM: number, toM: number])[];
  /** Junction controls that the route drives up to. */
  readonly stopAtM: Float64Array;
  /** Kind of each control (see graph/routing-graph.ts). */
  readonly stopKind: Uint8Array;
  /** What the search tier counted. Tolls do not depend on heights: they are final. */
  readonly searched: Consumption;
}

/** What driving a course asks for, wherever it lies. */
export type CourseTargets = Pick<
  RouteCourse,
  | "lengthM"
  | "stretchEndM"
  | "stretchKmh"
  | "stretchWind"
  | "curveEndM"
  | "curveRadiusM"
  | "stopAtM"
  | "stopKind"
>;

/** Heights along a course; a refined profile of `@gradeway/terrain-tiles` with its grades fits. */
export interface CourseProfile {
  /** Distance of each point from the start in metres, ascending, from 0 to the end of the course. */
  readonly distanceM: Float64Array;
  /** Height of each point in metres; NaN where it is unknown, never zero. */
  readonly elevationM: Float64Array;
  /** Rise over run between neighbouring points, one fewer than there are points; NaN: unknown. */
  readonly gradeRatio: Float64Array;
}
