import { describe, expect, it } from "vitest";

import { createConsumption } from "../../src/costing/arc-consumption.ts";
import { buildCostTable } from "../../src/costing/cost-table.ts";
import { loadVehicle, type LoadedVehicle } from "../../src/costing/longitudinal.ts";
import { co2eKgOf, energyUnits } from "../../src/costing/objective-costs.ts";
import { ratesOf } from "../../src/costing/rates.ts";
import { powerLimitedSpeedKmh } from "../../src/costing/speed-on-grade.ts";
import { DIESEL_G_PER_L, type DieselVehicle } from "../../src/costing/vehicle-profile.ts";
import { GRADE_COUNT, GRADE_NODES } from "../../src/graph/grade-bins.ts";
import { ARTIC, RATES, RIGID, VAN } from "../vehicles.ts";

/* The figures are those of the freight model, section 3.7: computed independently of this code. */

const load = (vehicle: DieselVehicle, percent: number): LoadedVehicle =>
  loadVehicle(vehicle, (vehicle.maxPayloadKg * percent) / 100);

/** Litres per 100 km at a target speed on a grade, through the table that costs arcs. */
function litresPer100Km(loaded: LoadedVehicle, speedKmh: number, gradePercent: number): number {
  const table = buildCostTable(loaded);
  const grade = GRADE_NODES.indexOf(gradePercent / 100);
  if (grade < 0) throw new Error(`${gradePercent} % is no grade node`);
  const energy = table.energyPerM[table.row(speedKmh) * GRADE_COUNT + grade]!;
  return (energy * 1e5) / DIESEL_G_PER_L;
}

/** Within 0.5 % or half of the last printed digit, whichever is wider. */
function expectAnchor(actual: number, printed: string): void {
  const value = Number(printed);
  const decimals = printed.split(".")[1]?.length ?? 0;
  const tolerance = Math.max(0.005 * value, 0.5 * 10 ** -decimals);
  expect(Math.abs(actual - value)).toBeLessThanOrEqual(tolerance + 1e-9);
}

describe("A: fuel at constant speed on level road, L/100 km", () => {
  const rows: [DieselVehicle, number, Record<number, string>][] = [
    [VAN, 50, { 50: "5.19", 64: "5.85", 80: "6.98", 90: "7.88", 112: "10.34" }],
    [RIGID, 50, { 50: "14.99", 64: "17.29", 80: "20.79", 90: "23.51" }],
    [ARTIC, 0, { 50: "16.8", 64: "19.0", 80: "22.5", 90: "25.1" }],
    [ARTIC, 50, { 50: "21.0", 64: "23.2", 80: "26.6", 90: "29.3" }],
    [ARTIC, 100, { 50: "25.0", 64: "27.2", 80: "30.6", 90: "33.3" }],
  ];
  it.each(rows.map(([vehicle, percent, cells]) => [vehicle.id, percent, vehicle, cells] as const))(
    "%s at %i %% load",
    (_id, percent, vehicle, cells) => {
      for (const [speed, printed] of Object.entries(cells)) {
        expectAnchor(litresPer100Km(load(vehicle, percent), Number(speed), 0), printed);
      }
    },
  );
});

describe("B: fuel by grade at a target of 80 km/h and half load, L/100 km", () => {
  const grades = [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6];
  const rows: [DieselVehicle, string][] = [
    [RIGID, "0 0 0 3.2 12.0 20.8 29.6 38.4 47.2 55.3 69.5"],
    [ARTIC, "0 0 0 0 9.5 26.6 43.8 61.0 78.1 94.3 124.8"],
    [VAN, "0 0 1.1 3.1 5.0 7.0 8.9 10.9 12.9 14.8 18.7"],
  ];
  it.each(rows.map(([vehicle, cells]) => [vehicle.id, vehicle, cells] as const))(
    "%s",
    (_id, vehicle, cells) => {
      for (const [index, printed] of cells.split(" ").entries()) {
        const litres = litresPer100Km(load(vehicle, 50), 80, grades[index]!);
        if (printed === "0") expect(litres).toBe(0);
        else expectAnchor(litres, printed);
      }
    },
  );
});

describe("C: steady crawl speed, km/h", () => {
  const rows: [DieselVehicle, Record<number, readonly [full: number, half: number]>][] = [
    [
      RIGID,
      {
        2: [89, 90],
        3: [75, 87],
        4: [64, 77],
        5: [56, 68],
        6: [49, 61],
        8: [39, 50],
        10: [32, 41],
      },
    ],
    [
      ARTIC,
      {
        2: [87, 90],
        3: [69, 89],
        4: [57, 76],
        5: [48, 65],
        6: [41, 57],
        8: [32, 45],
        10: [26, 37],
      },
    ],
  ];
  it.each(rows.map(([vehicle, cells]) => [vehicle.id, vehicle, cells] as const))(
    "%s at full and half load",
    (_id, vehicle, cells) => {
      for (const [grade, speeds] of Object.entries(cells)) {
        for (const [index, percent] of [100, 50].entries()) {
          const free = powerLimitedSpeedKmh(load(vehicle, percent), Number(grade) / 100);
          const kmh = Math.min(90, free);
          expect(Math.abs(kmh - speeds[index]!)).toBeLessThanOrEqual(1.2);
        }
      }
    },
  );
});

describe("emissions", () => {
  it("per litre are exactly the emission factor", () => {
    const consumption = createConsumption();
    const rates = ratesOf(RATES, ARTIC);
    for (const energy of [1, 836, 12_345.678, 1e7]) {
      consumption.energy = energy;
      const perLitre = co2eKgOf(consumption, rates) / energyUnits(consumption, rates.carrier);
      expect(perLitre).toBeCloseTo(2.58354 + 0.61101, 12);
    }
  });
});
