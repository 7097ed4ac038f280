import {
  createCourseDriver,
  DIESEL_G_PER_L,
  type Driven,
  layCourseSteps,
  type LoadedVehicle,
  loadVehicle,
} from "@gradeway/route-core";
import { describe, expect, it } from "vitest";

import { ALL_TABLES } from "../../src/data-sets.ts";
import { plannerVehicles } from "../../src/vehicle-row.ts";

/*
 * The figures of the freight model, section 3.7, computed independently of this code, against every
 * shipped vehicle driven by the evaluation tier: what 50 km more of a long road take.
 */

const NEAR_M = 50_000;
const vehicles = plannerVehicles(ALL_TABLES["vehicle-profiles"]);

function load(id: string, percent: number): LoadedVehicle {
  const vehicle = vehicles.find((candidate) => candidate.id === id);
  if (vehicle === undefined) throw new Error(`there is no ${id}`);
  return loadVehicle(vehicle, (vehicle.maxPayloadKg * percent) / 100);
}

/** Seconds and energy of 50 km at a steady speed: start and end are in both trips. */
function steady(
  loaded: LoadedVehicle,
  targetKmh: number,
  gradePercent: number,
): Pick<Driven, "seconds" | "energy"> {
  const drive = createCourseDriver(loaded);
  const trip = (lengthM: number): Driven => {
    const gradeRatio = gradePercent / 100;
    return drive(layCourseSteps([{ lengthM, limitMps: targetKmh / 3.6, gradeRatio }]));
  };
  const [near, far] = [trip(NEAR_M), trip(2 * NEAR_M)];
  return { seconds: far.seconds - near.seconds, energy: far.energy - near.energy };
}

function litresPer100Km(loaded: LoadedVehicle, targetKmh: number, gradePercent: number): number {
  const { energy } = steady(loaded, targetKmh, gradePercent);
  return ((energy / DIESEL_G_PER_L) * 1e5) / NEAR_M;
}

/** Within 0.5 % or half of the last printed digit, whichever is wider. */
function expectAnchor(actual: number, printed: string): void {
  const value = Number(printed);
  const decimals = printed.split(".")[1]?.length ?? 0;
  const tolerance = Math.max(0.005 * Math.abs(value), 0.5 * 10 ** -decimals);
  expect(Math.abs(actual - value)).toBeLessThanOrEqual(tolerance + 1e-9);
}

describe("A: fuel at constant speed on level road, L/100 km", () => {
  const speeds = [50, 64, 80, 90, 112];
  it.each([
    ["van-3.5t", 50, "5.19 5.85 6.98 7.88 10.34"],
    ["rigid-7.5t", 50, "9.56 11.50 14.36 16.56"],
    ["rigid-18t", 50, "14.99 17.29 20.79 23.51"],
    ["rigid-26t", 50, "17.44 19.74 23.32 26.12"],
    ["artic-40t", 0, "16.8 19.0 22.5 25.1"],
    ["artic-40t", 50, "21.0 23.2 26.6 29.3"],
    ["artic-40t", 100, "25.0 27.2 30.6 33.3"],
    ["artic-44t", 0, "17.4 19.8 23.3 26.1"],
    ["artic-44t", 50, "22.2 24.5 28.1 30.9"],
    ["artic-44t", 100, "26.7 29.0 32.6 35.4"],
  ])("%s at %i %% load", (id, percent, cells) => {
    for (const [index, printed] of cells.split(" ").entries()) {
      expectAnchor(litresPer100Km(load(id, percent), speeds[index]!, 0), printed);
    }
  });
});

describe("B: fuel by grade at a target of 80 km/h and half load, L/100 km", () => {
  const grades = [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6];
  it.each([
    ["rigid-18t", "0 0 0 3.2 12.0 20.8 29.6 38.4 47.2 55.3 69.5"],
    ["artic-40t", "0 0 0 0 9.5 26.6 43.8 61.0 78.1 94.3 124.8"],
    ["van-3.5t", "0 0 1.1 3.1 5.0 7.0 8.9 10.9 12.9 14.8 18.7"],
  ])("%s", (id, cells) => {
    for (const [index, printed] of cells.split(" ").entries()) {
      const litres = litresPer100Km(load(id, 50), 80, grades[index]!);
      if (printed === "0") expect(litres).toBeCloseTo(0, 9);
      else expectAnchor(litres, printed);
    }
  });
});

describe("C: steady crawl speed at a target of 90 km/h, at full and half load", () => {
  const grades = [2, 3, 4, 5, 6, 8, 10];
  it.each([
    ["rigid-18t", "89/90 75/87 64/77 56/68 49/61 39/50 32/41"],
    ["rigid-26t", "87/90 72/87 60/75 51/66 44/58 34/46 28/38"],
    ["artic-40t", "87/90 69/89 57/76 48/65 41/57 32/45 26/37"],
    ["artic-44t", "86/90 68/89 56/76 47/65 40/57 31/45 25/37"],
  ])("%s", (id, cells) => {
    for (const [index, cell] of cells.split(" ").entries()) {
      for (const [at, printed] of cell.split("/").entries()) {
        const { seconds } = steady(load(id, at === 0 ? 100 : 50), 90, grades[index]!);
        const kmh = (NEAR_M / seconds) * 3.6;
        expect(Math.abs(kmh - Number(printed))).toBeLessThanOrEqual(1.2);
      }
    }
  });
});

/** Kilowatt-hours per km, net of what comes back. */
function kwhPerKm(loaded: LoadedVehicle, targetKmh: number, gradePercent: number): number {
  return steady(loaded, targetKmh, gradePercent).energy / NEAR_M;
}

describe("A: battery vehicles at constant speed on level road, kWh/km", () => {
  const speeds = [50, 64, 80, 90];
  it.each([
    ["bev-rigid-19t", 50, ".55 .67 .84 .97"],
    ["bev-artic-42t", 0, ".64 .77 .94 1.07"],
    ["bev-artic-42t", 50, ".82 .95 1.12 1.25"],
    ["bev-artic-42t", 100, ".99 1.12 1.29 1.42"],
  ])("%s at %i %% load", (id, percent, cells) => {
    for (const [index, printed] of cells.split(" ").entries()) {
      expectAnchor(kwhPerKm(load(id, percent), speeds[index]!, 0), printed);
    }
  });
});

describe("B: a battery truck by grade at a target of 80 km/h and half load, kWh/km", () => {
  it("is as printed", () => {
    const grades = [-4, -3, -2, -1, 0, 1, 2, 3, 4, 6];
    const cells = "-1.78 -1.14 -.50 .19 1.12 2.05 2.99 3.92 4.85 6.55".split(" ");
    for (const [index, printed] of cells.entries()) {
      expectAnchor(kwhPerKm(load("bev-artic-42t", 50), 80, grades[index]!), printed);
    }
  });

  it("is as printed down 6 % at 80 km/h, where the model's own truck goes at 64", () => {
    const { vehicle, ...loaded } = load("bev-artic-42t", 50);
    expectAnchor(
      kwhPerKm({ ...loaded, vehicle: { ...vehicle, limitsDownhill: false } }, 80, -6),
      "-3.05",
    );
    const held = kwhPerKm({ ...loaded, vehicle }, 80, -6);
    const freely = kwhPerKm({ ...loaded, vehicle: { ...vehicle, limitsDownhill: false } }, 64, -6);
    expect(held).toBeCloseTo(freely, 6);
    expect(held).toBeLessThan(-3.05);
  });
});
