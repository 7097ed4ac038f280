import type { Trip } from "./trips.ts";

/** What a router answered to one trip. */
export type RouterAnswer =
  | { readonly kind: "route"; readonly distanceM: number; readonly durationS: number }
  | { readonly kind: "noRoute"; readonly reason: string };

/** How one router is asked over HTTP, and what it answers. */
export interface RouterShape {
  /** An URL template as an installation on this machine would have it. */
  readonly example: string;
  /** JSON to post; without it the trip is all in the URL. */
  body?(trip: Trip, profile: string | undefined): unknown;
  /** Reads an answer; undefined when it is neither a route nor the router's way to say "none". */
  read(status: number, json: unknown): RouterAnswer | undefined;
}

/** Routers whose requests and answers are known, by name. */
export const ROUTER_SHAPES = {
  osrm: {
    example:
      "http://127.0.0.1:5000/route/v1/driving/{fromLon},{fromLat};{toLon},{toLat}" +
      "?overview=full&geometries=geojson",
    read(_status, json) {
      const code = at(json, "code");
      if (code === "NoRoute" || code === "NoSegment") return { kind: "noRoute", reason: code };
      return routeOf(at(json, "routes", 0, "distance"), 1, at(json, "routes", 0, "duration"), 1);
    },
  },
  valhalla: {
    example: "http://127.0.0.1:8002/route",
    body: ({ origin, destination }, profile = "truck") => ({
      locations: [origin, destination].map(([lon, lat]) => ({ lon, lat })),
      costing: profile,
      units: "kilometers",
      directions_type: "none",
    }),
    read(_status, json) {
      const code = at(json, "error_code");
      // No path; no road near an end.
      if (code === 442 || code === 171) return { kind: "noRoute", reason: String(code) };
      const { length, time } = Object(at(json, "trip", "summary")) as Record<string, unknown>;
      return routeOf(length, 1_000, time, 1);
    },
  },
  graphhopper: {
    example:
      "http://127.0.0.1:8989/route?point={fromLat},{fromLon}&point={toLat},{toLon}" +
      "&profile=truck&instructions=false&points_encoded=false",
    read(_status, json) {
      const details = at(json, "hints", 0, "details");
      const none = /(Connection|Point)NotFoundException$/.exec(String(details));
      if (none !== null) return { kind: "noRoute", reason: none[0] };
      return routeOf(at(json, "paths", 0, "distance"), 1, at(json, "paths", 0, "time"), 1 / 1_000);
    },
  },
  openrouteservice: {
    example: "http://127.0.0.1:8080/ors/v2/directions/driving-hgv/json",
    body: ({ origin, destination }) => ({
      coordinates: [origin, destination],
      instructions: false,
    }),
    read(_status, json) {
      const code = at(json, "error", "code");
      // No path; no road near an end.
      if (code === 2009 || code === 2010) return { kind: "noRoute", reason: String(code) };
      const { distance, duration } = Object(at(json, "routes", 0, "summary")) as Record<
        string,
        unknown
      >;
      return routeOf(distance, 1, duration, 1);
    },
  },
} as const satisfies Record<string, RouterShape>;

/** A router of {@link ROUTER_SHAPES}. */
export type RouterName = keyof typeof ROUTER_SHAPES;

/** Puts the ends of a trip into the places `{fromLon} {fromLat} {toLon} {toLat}` of a template. */
export function fillTemplate(template: string, { origin, destination }: Trip): string {
  const values = {
    fromLon: origin[0],
    fromLat: origin[1],
    toLon: destination[0],
    toLat: destination[1],
  };
  return template.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    if (!(name in values)) throw new RangeError(`${place} is no place of a URL template`);
    return String(values[name as keyof typeof values]);
  });
}

function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

function routeOf(
  distance: unknown,
  metres: number,
  duration: unknown,
  seconds: number,
): RouterAnswer | undefined {
  if (typeof distance !== "number" || typeof duration !== "number") return undefined;
  return { kind: "route", distanceM: distance * metres, durationS: duration * seconds };
}
