import { describe, expect, it } from "vitest";

import { reportEmissions } from "../../src/planner/report-emissions.ts";
import type { PlannedRoute, PlanRequest } from "../../src/planner/plan-types.ts";
import { buildFromAscii, formulaSampler, gridMetres, plannerOf } from "../networks.ts";

/* A quarter of the equator and back is no road, but its great circle is known: 90 degrees. */
const QUARTER = { origin: [0, 0], destination: [90, 0] } as const;
const QUARTER_KM = (Math.PI / 2) * 6371.0088;

describe("the ISO 14083 report of a trip", () => {
  /*
   * DESNZ 2026: kilograms CO2e per vehicle-kilometre burnt at average load, and per tonne-kilometre
   * burnt and made (freight model, section 3.7 F). What they say of the load is their quotient.
   */
  it.each([
    ["artic > 33 t", 0.93939, 0.07835, 0.01799, 0.09634],
    ["artic 3.5-33 t", 0.78909, 0.12292, 0.02731, 0.15023],
    ["rigid > 17 t", 0.99773, 0.17256, 0.03736, 0.20992],
    ["rigid 7.5-17 t", 0.60985, 0.43002, 0.09246, 0.52248],
    ["rigid 3.5-7.5 t", 0.49944, 0.54001, 0.12296, 0.66297],
  ])("gives the official factors of %s back", (_, perKm, ttwPerTkm, wttPerTkm, wtwPerTkm) => {
    const tonnes = perKm / ttwPerTkm;
    const km = 240;
    const report = reportEmissions({
      energyCarrier: "diesel",
      co2eKg: { ttw: perKm * km, wtt: wttPerTkm * tonnes * km },
      payloadKg: 1000 * tonnes,
      distanceM: 1000 * km,
      ...QUARTER,
    });
    expect(report.transportActivityTkm.actual).toBeCloseTo(tonnes * km, 3);
    expect(report.gPerTkm.actual!.ttw).toBeCloseTo(1000 * ttwPerTkm, 3);
    expect(report.gPerTkm.actual!.wtt).toBeCloseTo(1000 * wttPerTkm, 3);
    expect(report.gPerTkm.actual!.wtw).toBeCloseTo(1000 * wtwPerTkm, 3);
  });

  it("tells actual and great-circle distance apart", () => {
    const report = reportEmissions({
      energyCarrier: "diesel",
      co2eKg: { ttw: 800, wtt: 200 },
      payloadKg: 10_000,
      distanceM: 1.25 * QUARTER_KM * 1000,
      ...QUARTER,
    });
    expect(report.distance.greatCircleKm).toBeCloseTo(QUARTER_KM, 3);
    expect(report.distance.adjustmentFactor).toBe(1.25);
    expect(report.transportActivityTkm.greatCircle).toBeCloseTo(10 * QUARTER_KM, 2);
    const { actual, greatCircle } = report.gPerTkm;
    expect(greatCircle!.wtw).toBeCloseTo(1e6 / (10 * QUARTER_KM), 3);
    expect(greatCircle!.wtw / actual!.wtw).toBeCloseTo(1.25, 3);
  });

  it("has no intensity where nothing is carried or nothing is driven", () => {
    const trip = { energyCarrier: "diesel", co2eKg: { ttw: 8, wtt: 2 } } as const;
    const empty = reportEmissions({ ...trip, payloadKg: 0, distanceM: 9000, ...QUARTER });
    expect(empty.gPerTkm).toEqual({ actual: null, greatCircle: null });
    expect(empty.transportActivityTkm).toEqual({ actual: 0, greatCircle: 0 });
    const origin = [7, 47] as const;
    const round = { ...trip, payloadKg: 5000, distanceM: 9000, origin, destination: origin };
    const { gPerTkm, distance } = reportEmissions(round);
    expect(gPerTkm.actual).not.toBeNull();
    expect(gPerTkm.greatCircle).toBeNull();
    expect(distance.adjustmentFactor).toBeNull();
    expect(JSON.stringify(empty)).not.toMatch(/Infinity|NaN/);
  });

  it("counts the empty kilometres that the loaded ones bring along", () => {
    // 20 % of all kilometres are empty: one for four loaded ones, at 0.6 of the emissions.
    const report = reportEmissions({
      energyCarrier: "diesel",
      co2eKg: { ttw: 80, wtt: 20 },
      payloadKg: 10_000,
      distanceM: 100_000,
      ...QUARTER,
      emptyRunning: { share: 0.2, co2eKg: { ttw: 48, wtt: 12 } },
    });
    expect(report.co2eKg).toEqual({ ttw: 92, wtt: 23, total: 115 });
    expect(report.gPerTkm.actual).toEqual({ ttw: 92, wtt: 23, wtw: 115 });
  });
});

describe("the report of a planned route", async () => {
  const { graph, drawing } = await buildFromAscii(
    "A---------------B",
    { gridM: 300, ways: { AB: { highway: "primary", maxspeed: "70" } } },
    { elevation: formulaSampler((lon, lat) => 400 + gridMetres(lon, lat)[0] / 100) },
  );
  const planner = plannerOf(graph);
  const trip = { origin: drawing.position("A"), destination: drawing.position("B") };
  const plan = (extra: Partial<PlanRequest> = {}): PlannedRoute =>
    planner.planRoute({ ...trip, ...extra }).route;

  it("is that of its emissions, payload and distance", () => {
    const route = plan({ payloadKg: 12_000 });
    const { iso14083, co2eKg, distanceM } = route;
    expect(iso14083).toMatchObject({ energyCarrier: "diesel", payloadKg: 12_000, co2eKg });
    const tkm = (12 * distanceM) / 1000;
    expect(iso14083.gPerTkm.actual!.wtw).toBeCloseTo((1000 * co2eKg.total) / tkm, 2);
    // A straight road: as the crow flies.
    expect(iso14083.distance.adjustmentFactor).toBeCloseTo(1, 3);
    expect(iso14083).not.toHaveProperty("emptyRunning");
  });

  it.each([
    {},
    { weather: { temperatureC: -10, wind: { speedMps: 8, fromDeg: 240 } } },
  ] satisfies Partial<PlanRequest>[])("adds what the vehicle emits without its load, %j", (sky) => {
    const loaded = plan({ ...sky, payloadKg: 12_000, emptyRunningShare: 0.5 });
    const empty = plan({ ...sky, payloadKg: 0 });
    const { ttw, wtt } = empty.co2eKg;
    expect(loaded.iso14083.emptyRunning).toEqual({ share: 0.5, co2eKg: { ttw, wtt } });
    // Half of all kilometres: one empty trip for every loaded one.
    expect(loaded.iso14083.co2eKg.total).toBeCloseTo(loaded.co2eKg.total + empty.co2eKg.total, 3);
    expect(loaded.co2eKg).toEqual(plan({ ...sky, payloadKg: 12_000 }).co2eKg);
  });

  it("has no intensity for an empty vehicle", () => {
    expect(plan({ payloadKg: 0 }).iso14083.gPerTkm.actual).toBeNull();
  });
});
