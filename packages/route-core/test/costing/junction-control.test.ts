import { describe, expect, it } from "vitest";

import { controlCost } from "../../src/costing/junction-control.ts";
import { drawnPowerKw, loadVehicle, wheelForceN } from "../../src/costing/longitudinal.ts";
import {
  CONTROL_BACKWARD,
  CONTROL_FORWARD,
  CONTROL_GIVE_WAY,
  CONTROL_SIGNALS,
  CONTROL_STOP,
} from "../../src/graph/routing-graph.ts";
import { ARTIC, RIGID } from "../vehicles.ts";

const truck = loadVehicle(ARTIC, 25_300);

/** Fuel for regaining a speed after a stop, g: freight model 3.5 with rotating parts of 3.5 %. */
const restartG = (speedMps: number): number =>
  (180 * 1.07 * 0.5 * 40_000 * 1.035 * speedMps ** 2) / 3.6e6;
/** Idling at 2.5 L/h, g. */
const idleG = (seconds: number): number => (2.5 * 836 * seconds) / 3600;
/** Seconds lost by braking at 1 m/s^2 and starting at 0.7 m/s^2. */
const lostS = (speedMps: number): number => speedMps / 2 + speedMps / 1.4;

describe("the expected cost of a junction control", () => {
  it.each([
    ["signals", CONTROL_SIGNALS, 0.5, 17],
    ["a stop sign", CONTROL_STOP, 1, 3],
    ["a give-way sign", CONTROL_GIVE_WAY, 0.5, 3],
  ])("%s", (_name, kind, chance, waitS) => {
    const speed = 36 / 3.6;
    const cost = controlCost(truck, kind, 36);
    expect(cost.seconds).toBeCloseTo(chance * (waitS + lostS(speed)), 9);
    expect(cost.energy).toBeCloseTo(chance * (restartG(speed) + idleG(waitS)), 9);
    expect(controlCost(truck, kind | CONTROL_FORWARD | CONTROL_BACKWARD, 36)).toEqual(cost);
  });

  it("does not grow above an approach of 50 km/h", () => {
    expect(controlCost(truck, CONTROL_STOP, 90)).toEqual(controlCost(truck, CONTROL_STOP, 50));
    expect(controlCost(truck, CONTROL_STOP, 30).seconds).toBeLessThan(
      controlCost(truck, CONTROL_STOP, 50).seconds,
    );
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
