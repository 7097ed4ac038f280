import { ALL_TABLES, plannerVehicles } from "@gradeway/model-assets";
import type { VehicleProfile } from "@gradeway/route-core";
import { describe, expect, it } from "vitest";

import {
  createSteadyDriver,
  emissionScore,
  type EmittingRegion,
  fuelScore,
  speedScore,
} from "../src/index.ts";
import { judged } from "./judged.ts";

const vehicles = plannerVehicles(ALL_TABLES["vehicle-profiles"]);

/** The shipped vehicles, one of them changed. */
function changed(id: string, change: object): VehicleProfile[] {
  return vehicles.map((vehicle) => (vehicle.id === id ? { ...vehicle, ...change } : vehicle));
}

describe("fuelScore", () => {
  const scored = (fleet: readonly VehicleProfile[]) =>
    judged(fuelScore(async () => createSteadyDriver(fleet)));

  it("gives the shipped vehicles 100", async () => {
    const result = await scored(vehicles);
    expect(result.failures).toEqual([]);
    expect(result).toMatchObject({ status: "pass", score: 100, facts: { cases: 100 } });
  });

  it.each([
    ["artic-40t", { willansSlopeGPerKwh: 184 }],
    ["rigid-7.5t", { rollingResistance: 0.007 }],
    ["van-3.5t", { dragAreaM2: 1.8 }],
    ["rigid-26t", { willansBaseGPerH: 1000 }],
    ["artic-44t", { drivelineLoss: 0.08 }],
    ["bev-rigid-19t", { auxiliaryKw: 4 }],
    ["bev-artic-42t", { driveEfficiency: 0.86 }],
    ["bev-artic-42t", { regenerationEfficiency: 0.7 }],
  ])("catches a %s with %j", async (id, change) => {
    const result = await scored(changed(id, change));
    expect(result).toMatchObject({ status: "fail", facts: { worstGroup: id } });
    expect(result.failures.every((failure) => failure.startsWith(id))).toBe(true);
  });

  it("names vehicles that are absent, and cannot measure a fleet without any of them", async () => {
    const few = await scored(vehicles.filter(({ id }) => id !== "van-3.5t"));
    expect(few).toMatchObject({ status: "pass", facts: { absentVehicles: "van-3.5t" } });
    expect(await scored([])).toMatchObject({ status: "not_measured" });
  });
});

describe("speedScore", () => {
  const scored = (fleet: readonly VehicleProfile[]) =>
    judged(speedScore(async () => createSteadyDriver(fleet)));

  it("gives the shipped vehicles 100", async () => {
    expect(await scored(vehicles)).toMatchObject({ status: "pass", score: 100 });
  });

  it.each([
    ["rigid-26t", { engineKw: 280 }],
    ["artic-40t", { kerbKg: 13_000 }],
  ])("catches a %s with %j", async (id, change) => {
    expect(await scored(changed(id, change))).toMatchObject({
      status: "fail",
      facts: { worstGroup: id },
    });
  });
});

describe("emissionScore", () => {
  const right: EmittingRegion = {
    on: "2026-11-25",
    factors: { ttw: 2.58354, wtt: 0.61101 },
    routes: [{ id: "a", fuelL: 10, co2eKg: { ttw: 25.8354, wtt: 6.1101, total: 31.9455 } }],
  };
  const scored = (change: Partial<EmittingRegion>) =>
    judged(emissionScore(async () => ({ ...right, ...change })));
  const routes = (co2eKg: EmittingRegion["routes"][number]["co2eKg"]) => [
    { id: "a", fuelL: 10, co2eKg },
  ];

  it("passes published factors and routes that keep to them", async () => {
    expect(await scored({})).toMatchObject({ status: "pass", score: 100 });
  });

  it.each([
    ["last year's factor", { factors: { ttw: 2.57082, wtt: 0.61101 } }],
    ["a forgotten well", { routes: routes({ ttw: 25.8354, wtt: 0, total: 25.8354 }) }],
    ["a sum of its own", { routes: routes({ ttw: 25.8354, wtt: 6.1101, total: 32 }) }],
    ["a factor on top", { routes: routes({ ttw: 26.09, wtt: 6.1101, total: 32.2 }) }],
  ] satisfies [string, Partial<EmittingRegion>][])("catches %s", async (_, change) => {
    const result = await scored(change);
    expect(result.status).toBe("fail");
    expect(result.failures.length).toBeGreaterThan(0);
  });

  it("cannot measure without routes or before the first publication", async () => {
    expect(await scored({ routes: [] })).toMatchObject({ status: "not_measured" });
    expect(await scored({ on: "2020-01-01" })).toMatchObject({ status: "not_measured" });
  });
});
