import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { buildCostTable } from "../../src/costing/cost-table.ts";
import {
  drawnPowerKw,
  energyFlowPerS,
  loadVehicle,
  wheelForceN,
} from "../../src/costing/longitudinal.ts";
import { holdingSpeedKmh, powerLimitedSpeedKmh } from "../../src/costing/speed-on-grade.ts";
import { GRADE_COUNT, GRADE_NODES } from "../../src/graph/grade-bins.ts";
import { anyLoaded, anyVehicle } from "../any-vehicle.ts";
import { ARTIC, RIGID, VAN } from "../vehicles.ts";

const loads = fc.double({ min: 0, max: 1, noNaN: true });
const speeds = fc.double({ min: 1, max: 31, noNaN: true });
const grades = fc.double({ min: -0.2, max: 0.2, noNaN: true });
const roads = fc.double({ min: -0.1, max: 0.1, noNaN: true });
const climbs = fc.double({ min: 0, max: 0.2, noNaN: true });

/** Grams per metre at a free speed: no limit by power. */
const energyPerM = (truck: ReturnType<typeof loadVehicle>, speed: number, grade: number): number =>
  energyFlowPerS(truck, speed, grade) / speed;

describe("the longitudinal model", () => {
  it("never makes fuel, and burns more the steeper it climbs", () => {
    fc.assert(
      fc.property(anyLoaded, speeds, grades, grades, (truck, speed, a, b) => {
        const [low, high] = [
          energyPerM(truck, speed, Math.min(a, b)),
          energyPerM(truck, speed, Math.max(a, b)),
        ];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low);
        if (low > 0 && Math.abs(a - b) > 1e-6) expect(high).toBeGreaterThan(low);
      }),
    );
  });

  it("is convex in grade at constant speed", () => {
    fc.assert(
      fc.property(anyLoaded, speeds, roads, roads, (truck, speed, a, b) => {
        const middle = energyPerM(truck, speed, (a + b) / 2);
        const mean = (energyPerM(truck, speed, a) + energyPerM(truck, speed, b)) / 2;
        // sin(atan g) bends by a hair where fuel is a straight line in force.
        expect(middle).toBeLessThanOrEqual(mean + 0.006 * Math.abs(mean) + 1e-12);
      }),
    );
  });

  it("is never cheaper with more load uphill or on the level", () => {
    fc.assert(
      fc.property(anyVehicle, loads, loads, speeds, climbs, (vehicle, a, b, speed, grade) => {
        const light = loadVehicle(vehicle, Math.min(a, b) * vehicle.maxPayloadKg);
        const heavy = loadVehicle(vehicle, Math.max(a, b) * vehicle.maxPayloadKg);
        expect(energyPerM(heavy, speed, grade)).toBeGreaterThanOrEqual(
          energyPerM(light, speed, grade),
        );
        expect(powerLimitedSpeedKmh(heavy, grade)).toBeLessThanOrEqual(
          powerLimitedSpeedKmh(light, grade) + 1e-9,
        );
      }),
    );
  });

  it("makes a round trip over a hill no cheaper than the level", () => {
    fc.assert(
      fc.property(anyLoaded, speeds, climbs, (truck, speed, grade) => {
        const hill = energyPerM(truck, speed, grade) + energyPerM(truck, speed, -grade);
        expect(hill).toBeGreaterThanOrEqual(2 * energyPerM(truck, speed, 0) * 0.995);
      }),
    );
  });

  it("splits power into its forces", () => {
    const truck = loadVehicle(RIGID, 4500);
    const [speed, grade] = [20, 0.03];
    const rolling = 13_500 * 9.81 * 0.006 * Math.cos(Math.atan(grade));
    const slope = 13_500 * 9.81 * Math.sin(Math.atan(grade));
    const drag = 0.5 * 1.225 * 5.4 * (1 + 0.17 * (60 / 72) ** 1.45) * speed * speed;
    expect(wheelForceN(truck, speed, grade)).toBeCloseTo(rolling + slope + drag, 6);
    const power = ((rolling + slope + drag) * speed * 1.06 + 190 * speed) / 1000 + 3.5;
    expect(drawnPowerKw(truck, speed, grade)).toBeCloseTo(power, 9);
    expect(energyFlowPerS(truck, speed, grade)).toBeCloseTo((820 + 189 * power) / 3600, 9);
  });
});

describe("speeds", () => {
  it("uphill the engine is just strong enough", () => {
    fc.assert(
      fc.property(anyLoaded, climbs, (truck, grade) => {
        const kmh = powerLimitedSpeedKmh(truck, grade);
        const power = drawnPowerKw(truck, kmh / 3.6, grade);
        if (kmh < 129.9) expect(power).toBeCloseTo(truck.vehicle.engineKw, 3);
        else expect(power).toBeLessThanOrEqual(truck.vehicle.engineKw + 1e-6);
      }),
    );
  });

  it("downhill trucks hold themselves back, vans do not", () => {
    const truck = loadVehicle(ARTIC, 0);
    expect(holdingSpeedKmh(truck, -0.06)).toBeCloseTo(64, 9);
    expect(holdingSpeedKmh(truck, -0.08)).toBeCloseTo(48, 9);
    expect(holdingSpeedKmh(truck, -0.1)).toBeCloseTo(32, 9);
    expect(holdingSpeedKmh(truck, 0.1)).toBeGreaterThan(100);
    expect(holdingSpeedKmh(loadVehicle(VAN, 0), -0.1)).toBeGreaterThan(100);
    fc.assert(
      fc.property(grades, grades, (a, b) => {
        const steep = holdingSpeedKmh(truck, Math.min(a, b));
        expect(steep).toBeLessThanOrEqual(holdingSpeedKmh(truck, Math.max(a, b)));
        expect(steep).toBeGreaterThanOrEqual(15);
      }),
    );
  });

  it("of the cost table never beat the target, the engine or safe descent", () => {
    fc.assert(
      fc.property(
        anyLoaded,
        fc.integer({ min: 6, max: 260 }),
        fc.nat(GRADE_COUNT - 1),
        (truck, row, grade) => {
          const table = buildCostTable(truck);
          const at = row * GRADE_COUNT + grade;
          const kmh = 3.6 / table.secondsPerM[at]!;
          const ratio = GRADE_NODES[grade]!;
          const possible = Math.min(
            powerLimitedSpeedKmh(truck, ratio),
            holdingSpeedKmh(truck, ratio),
          );
          expect(kmh).toBeCloseTo(Math.min(row / 2, possible), 9);
          expect(table.row(table.speedKmh(row))).toBe(row);
          expect(table.energyPerM[at]).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
