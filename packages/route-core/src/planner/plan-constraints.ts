import type { Bbox } from "../geo/lon-lat.ts";
import type { Rings } from "../geo/polygon-area.ts";

/** Upper limits on what a route takes, counted as the search counts. All of them hold. */
export interface RouteLimits {
  readonly maxDurationS?: number;
  /** In the region's currency. */
  readonly maxCost?: number;
  readonly maxCo2eKg?: number;
  /** At most this share above the best that is possible: `{ time: 0.1 }` = 10 % over the fastest. */
  readonly overBest?: {
    readonly time?: number;
    readonly money?: number;
    readonly co2e?: number;
  };
}

/** Kinds of road that a request may avoid. */
export const AVOIDABLE_FEATURES = ["motorway", "toll", "tunnel", "bridge"] as const;

/** One of {@link AVOIDABLE_FEATURES}. */
export type AvoidableFeature = (typeof AVOIDABLE_FEATURES)[number];

/** GeoJSON polygons. */
export type AreaGeometry =
  | { readonly type: "Polygon"; readonly coordinates: Rings }
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly Rings[] };

/** Roads that no route takes. A road that touches an area is avoided as a whole. */
export interface Avoidances {
  readonly features?: readonly AvoidableFeature[];
  readonly boxes?: readonly Bbox[];
  readonly polygons?: readonly AreaGeometry[];
  /** OSM ways; ways that the region does not have are avoided anyhow. */
  readonly ways?: readonly number[];
}
