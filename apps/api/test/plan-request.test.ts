import { isReasonError, type ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { parsePlanRequest } from "../src/index.ts";
import { TRIP } from "./app-fixture.ts";

const RING = [
  [7, 49],
  [7.1, 49],
  [7.1, 49.1],
  [7, 49],
] as const;
const REGION = { bbox: [7, 49, 7.42, 49.2] } as const;

function refusal(json: unknown, region?: typeof REGION, kind?: "pareto" | "route"): ReasonError {
  try {
    parsePlanRequest(json, region, kind);
  } catch (error) {
    if (isReasonError(error)) {
      return error;
    }
    throw error;
  }
  throw new Error("The request was accepted.");
}

function pointers(error: ReasonError): readonly string[] {
  expect(error.reasonCode).toBe("request_invalid");
  return isReasonError(error, "request_invalid")
    ? error.details.issues.map((issue) => issue.pointer)
    : [];
}

describe("parsePlanRequest", () => {
  it("fills in the defaults", () => {
    expect(parsePlanRequest(TRIP, REGION)).toEqual({ ...TRIP, epsilon: 0.01, deadlineMs: 10_000 });
  });

  it("gives a single route no field that only a front has", () => {
    expect(parsePlanRequest(TRIP, REGION, "route")).toEqual({ ...TRIP, deadlineMs: 10_000 });
  });

  it("keeps every modelled field", () => {
    const shared = {
      ...TRIP,
      vehicle: "artic-40t",
      payloadKg: 12_000,
      emptyRunningShare: 0.3,
      carbonPrice: "desnz-central",
      driverHours: { rule: "eu", drivenSinceBreakS: 3600, drivenTodayS: 7200, extendedDay: true },
      strict: true,
      deadlineMs: 500,
      geometry: "polyline6",
      constraints: { maxDurationS: 3600, maxCost: 80.5, maxCo2eKg: 0, overBest: { time: 0.1 } },
      waypoints: [[7.2, 49.1]],
      uTurnsAtWaypoints: true,
      annotations: ["elevation"],
    };
    const avoid = {
      features: ["toll", "motorway"],
      boxes: [[7, 49, 7.1, 49.1]],
      polygons: [
        { type: "Polygon", coordinates: [RING] },
        { type: "MultiPolygon", coordinates: [[RING]] },
      ],
      ways: [4_000_000_000],
    };
    const avoiding = { ...shared, avoid, epsilon: 0 };
    expect(parsePlanRequest(avoiding, REGION)).toEqual(avoiding);
    const front = {
      ...shared,
      objectives: ["time", "co2e"],
      epsilon: 0,
      maxRoutes: 10,
      maxOverlapRatio: 1,
    };
    expect(parsePlanRequest(front, REGION)).toEqual(front);
    const single = { ...shared, weights: { time: 1e6, money: 0.5 } };
    expect(parsePlanRequest(single, REGION, "route")).toEqual(single);
  });

  it.each([
    ["weights", { time: 1 }, "pareto", "/route"],
    ["epsilon", 0, "route", "/pareto"],
    ["maxRoutes", 3, "route", "/pareto"],
    ["maxOverlapRatio", 0.5, "route", "/pareto"],
    ["objectives", ["time"], "route", "/pareto"],
  ] as const)("refuses %s, %j, for a %s and names %s", (field, value, kind, endpoint) => {
    const error = refusal({ ...TRIP, [field]: value }, REGION, kind);
    expect(pointers(error)).toEqual([`/${field}`]);
    expect(error.message).toContain(`"${field}" is taken by ${endpoint} only`);
  });

  it("takes __proto__ for the unknown field that it is", () => {
    const hidden = JSON.parse(`{"__proto__":${JSON.stringify(TRIP)}}`);
    expect(pointers(refusal(hidden))).toContain("/__proto__");
    const beside = JSON.parse(JSON.stringify({ ...TRIP, x: 1 }).replace('"x"', '"__proto__"'));
    expect(pointers(refusal(beside))).toEqual(["/__proto__"]);
    const inside = `{"weights":{"time":1,"__proto__":{"money":1}}}`;
    const nested = { ...TRIP, ...JSON.parse(inside) };
    expect(pointers(refusal(nested, REGION, "route"))).toEqual(["/weights/__proto__"]);
  });

  it.each([
    ["departAt", "2026-01-01T08:00:00Z"],
    ["maxGradeRatio", 0.08],
    ["scenario", "no_sharing"],
    ["uncertainty", { samples: 10, seed: 1 }],
    ["format", "osrm"],
    ["annotations", ["speed"]],
  ])("refuses %s by name, because its model does not exist yet", (field, value) => {
    const error = refusal({ ...TRIP, [field]: value });
    expect(error.reasonCode).toBe("request_feature_unavailable");
    expect(error.details).toEqual({ field });
  });

  it("names every unknown field", () => {
    expect(pointers(refusal({ ...TRIP, orgin: 1, "a/b": 2 }))).toEqual(["/orgin", "/a~1b"]);
    const weights = { time: 1, speed: 1 };
    expect(pointers(refusal({ ...TRIP, weights }, REGION, "route"))).toEqual(["/weights/speed"]);
  });

  it.each([
    ["/origin", { destination: TRIP.destination }],
    ["/origin", { ...TRIP, origin: [7.05] }],
    ["/origin", { ...TRIP, origin: [7.05, 49.05, 120] }],
    ["/origin/1", { ...TRIP, origin: [7.05, "49.05"] }],
    ["/destination", { ...TRIP, destination: { lon: 7, lat: 49 } }],
    ["/vehicle", { ...TRIP, vehicle: 40 }],
    ["/weather/temperatureC", { ...TRIP, weather: { temperatureC: -60 } }],
    ["/weather/wind/fromDeg", { ...TRIP, weather: { wind: { speedMps: 3 } } }],
    ["/weather/precipitation", { ...TRIP, weather: { precipitation: "hail" } }],
    ["/weather/fog", { ...TRIP, weather: { fog: true } }],
    ["/vehicle", { ...TRIP, vehicle: [] }],
    ["/vehicle/basedOn", { ...TRIP, vehicle: { kerbKg: 9000 } }],
    ["/vehicle/massKg", { ...TRIP, vehicle: { basedOn: "artic-40t", massKg: 1 } }],
    ["/vehicle/heightM", { ...TRIP, vehicle: { basedOn: "artic-40t", heightM: "4 m" } }],
    ["/battery/reserve", { ...TRIP, battery: { reserve: 1.5 } }],
    ["/payloadKg", { ...TRIP, payloadKg: -1 }],
    ["/carbonPrice", { ...TRIP, carbonPrice: -1 }],
    ["/carbonPrice", { ...TRIP, carbonPrice: "" }],
    ["/driverHours/rule", { ...TRIP, driverHours: { rule: "us" } }],
    ["/driverHours/drivenTodayS", { ...TRIP, driverHours: { drivenTodayS: -1 } }],
    ["/emptyRunningShare", { ...TRIP, emptyRunningShare: 1 }],
    ["/objectives", { ...TRIP, objectives: [] }],
    ["/objectives", { ...TRIP, objectives: ["time", "time"] }],
    ["/objectives/0", { ...TRIP, objectives: ["speed"] }],
    ["/epsilon", { ...TRIP, epsilon: 1.5 }],
    ["/maxRoutes", { ...TRIP, maxRoutes: 0 }],
    ["/maxRoutes", { ...TRIP, maxRoutes: 2.5 }],
    ["/maxOverlapRatio", { ...TRIP, maxOverlapRatio: 0 }],
    ["/maxOverlapRatio", { ...TRIP, maxOverlapRatio: 1.01 }],
    ["/deadlineMs", { ...TRIP, deadlineMs: 60_001 }],
    ["/waypoints", { ...TRIP, waypoints: TRIP.origin[0] }],
    ["/waypoints", { ...TRIP, waypoints: Array.from({ length: 21 }, () => TRIP.origin) }],
    ["/waypoints/1", { ...TRIP, waypoints: [TRIP.origin, [7]] }],
    ["/constraints", { ...TRIP, constraints: 3600 }],
    ["/constraints/maxDurationS", { ...TRIP, constraints: { maxDurationS: -1 } }],
    ["/constraints/maxCost", { ...TRIP, constraints: { maxCost: "80" } }],
    ["/constraints/maxHours", { ...TRIP, constraints: { maxHours: 2 } }],
    ["/constraints/overBest/time", { ...TRIP, constraints: { overBest: { time: 11 } } }],
    ["/constraints/overBest/speed", { ...TRIP, constraints: { overBest: { speed: 1 } } }],
    ["/avoid/features/0", { ...TRIP, avoid: { features: ["ferry"] } }],
    ["/avoid/boxes/0", { ...TRIP, avoid: { boxes: [[7, 49, 7.1]] } }],
    ["/avoid/boxes/0", { ...TRIP, avoid: { boxes: [[7.1, 49, 7, 49.1]] } }],
    ["/avoid/polygons/0/type", { ...TRIP, avoid: { polygons: [{ type: "Point" }] } }],
    [
      "/avoid/polygons/0/coordinates/0",
      {
        ...TRIP,
        avoid: { polygons: [{ type: "Polygon", coordinates: [[RING[0], RING[1], RING[0]]] }] },
      },
    ],
    [
      "/avoid/polygons/0/coordinates/0",
      { ...TRIP, avoid: { polygons: [{ type: "Polygon", coordinates: [[...RING, [7, 50]]] }] } },
    ],
    [
      "/avoid/polygons/0/coordinates/0/1",
      {
        ...TRIP,
        avoid: {
          polygons: [{ type: "Polygon", coordinates: [[RING[0], [49, 97], RING[2], RING[3]]] }],
        },
      },
    ],
    ["/avoid/ways/0", { ...TRIP, avoid: { ways: [1.5] } }],
    ["/avoid/countries", { ...TRIP, avoid: { countries: ["AD"] } }],
    ["/geometry", { ...TRIP, geometry: "gpx" }],
    ["", [1, 2]],
    ["", null],
  ])("points at %s when it is wrong", (pointer, json) => {
    expect(pointers(refusal(json))).toEqual([pointer]);
  });

  it.each([
    ["/weights", { time: 0 }],
    ["/weights/time", { time: 1_000_001 }],
    ["/weights/co2e", { time: 1, co2e: -1 }],
  ])("points at %s when the weights are %j", (pointer, weights) => {
    expect(pointers(refusal({ ...TRIP, weights }, REGION, "route"))).toEqual([pointer]);
  });

  it("says that a vehicle may be an id or an object", () => {
    for (const vehicle of [7, null, ["artic-40t"], true]) {
      const error = refusal({ ...TRIP, vehicle });
      expect(pointers(error)).toEqual(["/vehicle"]);
      expect(error.message).toContain("the id of a vehicle, or an object with basedOn");
    }
  });

  it("tells malformed before unavailable", () => {
    expect(refusal({ ...TRIP, epsilon: -1, departAt: "now" }).reasonCode).toBe("request_invalid");
  });

  it("says when coordinates are out of range because they are swapped", () => {
    const error = refusal({ ...TRIP, origin: [12, 100] });
    expect(pointers(error)).toEqual(["/origin"]);
    expect(error.message).toContain("look swapped");
    expect(error.message).toContain("[lon, lat]");
    expect(refusal({ ...TRIP, origin: [200, 300] }).message).not.toContain("swapped");
  });

  it("recognises swapped coordinates by the region", () => {
    const swapped = {
      origin: [49.05, 7.05],
      waypoints: [
        [7.1, 49.1],
        [49.1, 7.1],
      ],
      destination: [49.15, 7.3],
    };
    const error = refusal(swapped, REGION);
    expect(pointers(error)).toEqual(["/origin", "/waypoints/1", "/destination"]);
    expect(error.message).toContain("[lon, lat]");
  });

  it("leaves points far outside the region to the planner", () => {
    const far = { ...TRIP, origin: [0, 0] };
    expect(parsePlanRequest(far, REGION).origin).toEqual([0, 0]);
  });
});
