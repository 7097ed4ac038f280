import { describe, expect, it } from "vitest";

import { buildCostTable } from "../../src/costing/cost-table.ts";
import { stopAt } from "../../src/costing/junction-control.ts";
import { drawnPowerKw, loadVehicle, wheelForceN } from "../../src/costing/longitudinal.ts";
import { buildSpeedChanges } from "../../src/costing/speed-change.ts";
import type { DieselVehicle } from "../../src/costing/vehicle-profile.ts";
import { GRADE_COUNT, GRADE_NODES, LEVEL_GRADE } from "../../src/graph/grade-bins.ts";
import {
  CONTROL_BACKWARD,
  CONTROL_FORWARD,
  CONTROL_GIVE_WAY,
  CONTROL_SIGNALS,
  CONTROL_STOP,
} from "../../src/graph/routing-graph.ts";
import { driveByTime } from "../evaluation/drive-oracle.ts";
import { ARTIC, RIGID, VAN } from "../vehicles.ts";

const ROAD_M = 3000;

function changesOf(vehicle: DieselVehicle, payloadKg: number) {
  const loaded = loadVehicle(vehicle, payloadKg);
  const table = buildCostTable(loaded);
  const changes = buildSpeedChanges(loaded, table);
  /** A change at a grade node between speeds in km/h. */
  const of = (grade: number, from: number, through: number, to: number) => {
    const spent = { seconds: 0, energy: 0 };
    const row = (kmh: number): number => (kmh === 0 ? 0 : table.row(kmh));
    changes.add(grade, row(from), row(through), row(to), 1, spent);
    return spent;
  };
  return { loaded, of };
}

const TRUCKS: readonly (readonly [string, DieselVehicle, number])[] = [
  ["a full articulated truck", ARTIC, 25_300],
  ["an empty rigid truck", RIGID, 0],
  ["a full van", VAN, VAN.maxPayloadKg],
];

describe("a stop", () => {
  it.each(TRUCKS)("takes %s what driving by small steps of time says", (_name, vehicle, load) => {
    const { loaded, of } = changesOf(vehicle, load);
    for (const grade of [LEVEL_GRADE - 2, LEVEL_GRADE, LEVEL_GRADE + 3]) {
      const gradeRatio = GRADE_NODES[grade]!;
      for (const kmh of [30, 50, 80]) {
        const road = { lengthM: ROAD_M, limitMps: kmh / 3.6, gradeRatio };
        const once = driveByTime(loaded, [{ ...road, lengthM: 2 * ROAD_M }]);
        const halved = driveByTime(loaded, [road]);
        const { seconds, energy } = of(grade, kmh, 0, kmh);
        const stopS = 2 * halved.seconds - once.seconds;
        const stopG = 2 * halved.energy - once.energy;
        expect(Math.abs(seconds - stopS)).toBeLessThan(0.02 * stopS + 0.1);
        expect(Math.abs(energy - stopG)).toBeLessThan(0.02 * stopG + 1);
      }
    }
  });
});

describe("a slower stretch", () => {
  it.each(TRUCKS)("takes %s what driving by small steps of time says", (_name, vehicle, load) => {
    const { loaded, of } = changesOf(vehicle, load);
    const road = (kmh: number) => ({ lengthM: ROAD_M, limitMps: kmh / 3.6, gradeRatio: 0 });
    const stretch = driveByTime(loaded, [road(70), road(40), road(70)]);
    // The same without changes: steady driving, from rest and to rest.
    const ends = of(LEVEL_GRADE, 70, 0, 70);
    const steady = (kmh: number): readonly [number, number] => {
      const [short, long] = [1, 2].map((times) =>
        driveByTime(loaded, [{ ...road(kmh), lengthM: times * ROAD_M }]),
      );
      return [long!.seconds - short!.seconds, long!.energy - short!.energy];
    };
    const [fast, slow] = [steady(70), steady(40)];
    const { seconds, energy } = of(LEVEL_GRADE, 70, 40, 70);
    const changeS = stretch.seconds - ends.seconds - 2 * fast[0] - slow[0];
    const changeG = stretch.energy - ends.energy - 2 * fast[1] - slow[1];
    expect(Math.abs(seconds - changeS)).toBeLessThan(0.03 * changeS + 0.15);
    expect(Math.abs(energy - changeG)).toBeLessThan(0.03 * changeG + 1);
  });
});

describe("changes of speed", () => {
  it("add up, and never give anything back", () => {
    const { of } = changesOf(ARTIC, 12_650);
    for (let grade = 0; grade < GRADE_COUNT; grade++) {
      for (const [from, through, to] of [
        [80, 50, 80],
        [30, 0, 30],
        [90, 20, 40],
      ] as const) {
        const [both, down, up] = [
          of(grade, from, through, to),
          of(grade, from, through, through),
          of(grade, through, through, to),
        ];
        expect(both.seconds).toBeCloseTo(down.seconds + up.seconds, 9);
        expect(both.energy).toBeCloseTo(down.energy + up.energy, 9);
        expect(Math.min(down.seconds, up.seconds, up.energy)).toBeGreaterThanOrEqual(0);
        expect(down.energy).toBe(0);
      }
    }
  });

  it("to a speed that the hill forbids cost nothing more", () => {
    const { of } = changesOf(ARTIC, 25_300);
    const steep = GRADE_NODES.indexOf(0.08);
    expect(of(steep, 50, 50, 80)).toEqual({ seconds: 0, energy: 0 });
    expect(of(steep, 80, 0, 80)).toEqual(of(steep, 60, 0, 60));
    expect(of(LEVEL_GRADE, 50, 50, 80).energy).toBeGreaterThan(100);
  });
});

describe("a junction control", () => {
  it.each([
    ["signals", CONTROL_SIGNALS, 0.5, 17],
    ["a stop sign", CONTROL_STOP, 1, 3],
    ["a give-way sign", CONTROL_GIVE_WAY, 0.5, 3],
  ])("%s stops with a chance and for a time", (_name, kind, chance, waitS) => {
    expect(stopAt(kind)).toEqual({ chance, waitS });
    expect(stopAt(kind | CONTROL_FORWARD | CONTROL_BACKWARD)).toEqual({ chance, waitS });
  });
});

describe("engine power downhill", () => {
  it("is what the driveline leaves of the push of the slope", () => {
    const rigid = loadVehicle(RIGID, 9000);
    const pushKw = (wheelForceN(rigid, 15, -0.06) * 15) / 1000;
    expect(pushKw).toBeLessThan(0);
    expect(drawnPowerKw(rigid, 15, -0.06)).toBeCloseTo(pushKw * 0.94 + 190 * 0.015 + 3.5, 9);
  });
});
