import { describe, expect, it } from "vitest";

import {
  fillTemplate,
  parseTrips,
  ROUTER_SHAPES,
  type RouterName,
  type Trip,
} from "../src/index.ts";

const TRIP: Trip = { origin: [8.25, 49.5], destination: [-8, -49.125] };
const ROUTE = { kind: "route", distanceM: 12_340, durationS: 600 };

interface Exchange {
  readonly url: string;
  readonly body?: unknown;
  readonly route: unknown;
  readonly none: readonly unknown[];
}

/** Requests and answers as the routers' own documentation and sources have them, cut down. */
const EXCHANGES: Readonly<Record<RouterName, Exchange>> = {
  osrm: {
    url: "http://127.0.0.1:5000/route/v1/driving/8.25,49.5;-8,-49.125?overview=full&geometries=geojson",
    route: { code: "Ok", routes: [{ distance: 12_340, duration: 600 }] },
    none: [{ code: "NoRoute", message: "Impossible route" }, { code: "NoSegment" }],
  },
  valhalla: {
    url: "http://127.0.0.1:8002/route",
    body: {
      locations: [
        { lon: 8.25, lat: 49.5 },
        { lon: -8, lat: -49.125 },
      ],
      costing: "truck",
      units: "kilometers",
      directions_type: "none",
    },
    route: { trip: { status: 0, units: "kilometers", summary: { length: 12.34, time: 600 } } },
    none: [
      { error_code: 442, error: "No path could be found for input", status_code: 400 },
      { error_code: 171, error: "No suitable edges near location", status_code: 400 },
    ],
  },
  graphhopper: {
    url:
      "http://127.0.0.1:8989/route?point=49.5,8.25&point=-49.125,-8" +
      "&profile=truck&instructions=false&points_encoded=false",
    route: { paths: [{ distance: 12_340, time: 600_000 }] },
    none: ["Connection", "Point"].map((what) => ({
      message: "not found",
      hints: [{ details: `com.graphhopper.util.exceptions.${what}NotFoundException` }],
    })),
  },
  openrouteservice: {
    url: "http://127.0.0.1:8080/ors/v2/directions/driving-hgv/json",
    body: {
      coordinates: [
        [8.25, 49.5],
        [-8, -49.125],
      ],
      instructions: false,
    },
    route: { routes: [{ summary: { distance: 12_340, duration: 600 } }] },
    none: [{ error: { code: 2009, message: "-" } }, { error: { code: 2010, message: "-" } }],
  },
};

describe.each(Object.keys(ROUTER_SHAPES) as RouterName[])("%s", (name) => {
  const shape = ROUTER_SHAPES[name];

  it("reads routes, and tells trips without one from failures", () => {
    const { route, none } = EXCHANGES[name];
    expect(shape.read(200, route)).toEqual(ROUTE);
    for (const answer of none) expect(shape.read(400, answer)).toMatchObject({ kind: "noRoute" });
    for (const strange of [null, 7, "route", [], {}, { routes: [] }, { code: "InvalidUrl" }]) {
      expect(shape.read(500, strange)).toBeUndefined();
    }
  });

  it("puts the trip into the URL or the body, the right way round", () => {
    expect(fillTemplate(shape.example, TRIP)).toBe(EXCHANGES[name].url);
    const body = "body" in shape ? shape.body(TRIP, undefined) : undefined;
    expect(body).toEqual(EXCHANGES[name].body);
  });
});

it("refuses a place that no template has", () => {
  expect(() => fillTemplate("http://127.0.0.1/{fromLng}", TRIP)).toThrow("{fromLng}");
});

describe("a table of trips", () => {
  const head = "origin_lon,origin_lat,destination_lon,destination_lat";

  it("is read in order", () => {
    expect(parseTrips(`${head}\r\n8.25,49.5,-8,-49.125\r\n`)).toEqual([TRIP]);
    expect(parseTrips(`${head}\n`)).toEqual([]);
  });

  it.each([
    ["", "line 1"],
    ["origin_lat,origin_lon,destination_lat,destination_lon\n1,2,3,4", "line 1"],
    [`${head}\n1,2,3`, "line 2"],
    [`${head}\n1,2,3,4\n1,2,3,`, "line 3"],
    [`${head}\n1,2,3,91`, "line 2"],
    [`${head}\n181,2,3,4`, "line 2"],
    [`${head}\n1,2,three,4`, "line 2"],
    [`${head}\n1,2,3,4,5`, "line 2"],
  ])("refuses %j", (text, reason) => {
    expect(() => parseTrips(text)).toThrow(reason);
    expect(() => parseTrips(text)).toThrow(RangeError);
  });
});
