import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { addArc, addArcPart, createConsumption } from "../../src/costing/arc-consumption.ts";
import { createCosting, type Costing } from "../../src/costing/costing.ts";
import {
  dragAreaM2,
  dragN,
  energyFlowPerS,
  inWindClass,
  loadVehicle,
} from "../../src/costing/longitudinal.ts";
import { spanWindClasses } from "../../src/costing/span-wind.ts";
import { PRECIPITATIONS, type Weather, weatherEffects } from "../../src/costing/weather.ts";
import { windClass } from "../../src/costing/wind.ts";
import { createCourseDriver } from "../../src/evaluation/course-driver.ts";
import { layCourseSteps } from "../../src/evaluation/course-steps.ts";
import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import { newArrays } from "../../src/array-taker.ts";
import { anyVehicle } from "../any-vehicle.ts";
import { buildFromAscii } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";
import { ARTIC, BATTERY_ARTIC, RATES, RIGID, SPEED_RULES, VEHICLES } from "../vehicles.ts";

const PAYLOAD_KG = 10_000;
const inWind = (speedMps: number, fromDeg = 0): Weather => ({ wind: { speedMps, fromDeg } });
const costingIn = (graph: RoutingGraph, weather?: Weather, vehicle = ARTIC): Costing =>
  createCosting(graph, vehicle, vehicle.maxPayloadKg / 2, SPEED_RULES, RATES, newArrays, weather);

describe("air", () => {
  it.each([
    // Geopotential altitude, temperature, pressure and density of ISO 2533.
    [0, 15, 1013.25, 1.225],
    [1000, 8.5, 898.746, 1.11164],
    [2000, 2, 794.952, 1.00649],
    [5000, -17.5, 540.199, 0.736116],
  ])("is as dense at %i m as the standard atmosphere", (_, temperatureC, pressureHpa, density) => {
    const { airDensity } = weatherEffects({ temperatureC, pressureHpa });
    expect(Math.abs(airDensity / density - 1)).toBeLessThan(1e-5);
  });

  it("is 9.5 % denser at -10 C, and such a cold day costs an articulated truck about 5 %", () => {
    const cold = loadVehicle(ARTIC, PAYLOAD_KG, { temperatureC: -10 });
    const mild = loadVehicle(ARTIC, PAYLOAD_KG, { temperatureC: 15 });
    expect(cold.airDensity / mild.airDensity).toBeCloseTo(1.095, 3);
    expect(cold.rollingResistance / mild.rollingResistance).toBeCloseTo(1.15, 9);
    const air = { ...mild, airDensity: cold.airDensity };
    const more = energyFlowPerS(air, 85 / 3.6, 0) / energyFlowPerS(mild, 85 / 3.6, 0) - 1;
    expect(more).toBeGreaterThan(0.04);
    expect(more).toBeLessThan(0.06);
  });
});

describe("the cabin's climate", () => {
  it("draws from a battery when it is cold, and from both kinds of vehicle when it is hot", () => {
    const auxiliaryKw = (vehicle: typeof ARTIC | typeof BATTERY_ARTIC, temperatureC: number) =>
      loadVehicle(vehicle, 0, { temperatureC }).model.auxiliaryKw - vehicle.auxiliaryKw;
    expect(auxiliaryKw(BATTERY_ARTIC, -2)).toBeCloseTo(20 * 0.18, 9);
    expect(auxiliaryKw(ARTIC, -2)).toBe(0);
    expect(auxiliaryKw(ARTIC, 34)).toBeCloseTo(1.2, 9);
    expect(auxiliaryKw(BATTERY_ARTIC, 34)).toBeCloseTo(1.2, 9);
    const loaded = loadVehicle(BATTERY_ARTIC, 0, { temperatureC: -2 });
    expect(loaded.model.peakKw).toBeCloseTo(BATTERY_ARTIC.motorKw + loaded.model.auxiliaryKw, 9);
    expect(loaded.model.idlePerS).toBeCloseTo((loaded.model.auxiliaryKw * 1000) / 3600, 9);
  });
});

describe("drag in a wind", () => {
  it("has the vehicle's own allowance as its mean over a wind of 3 m/s, at 60 km/h", () => {
    for (const vehicle of VEHICLES) {
      const still = loadVehicle(vehicle, 0);
      const wind = loadVehicle(vehicle, 0, inWind(3));
      // Classes are 22.5 degrees wide, the first and the last half as wide: the trapezoidal rule.
      let mean = 0;
      for (let inClass = 0; inClass <= 8; inClass++) {
        const share = inClass === 0 || inClass === 8 ? 1 / 16 : 1 / 8;
        mean += share * dragN(inWindClass(wind, inClass), 60 / 3.6);
      }
      const density = wind.airDensity / still.airDensity;
      expect(Math.abs(mean / density / dragN(still, 60 / 3.6) - 1)).toBeLessThan(1e-3);
    }
  });

  it("is half as much again in a headwind of 5 m/s at 85 km/h, and that of still air in none", () => {
    const speedMps = 85 / 3.6;
    const calm = loadVehicle(ARTIC, 0, inWind(0));
    const still = 0.5 * calm.airDensity * ARTIC.dragAreaM2 * speedMps ** 2;
    expect(dragN(inWindClass(calm, 3), speedMps)).toBeCloseTo(still, 6);
    const head = dragN(inWindClass(loadVehicle(ARTIC, 0, inWind(5)), 0), speedMps);
    expect(head / still).toBeCloseTo((1 + 5 / speedMps) ** 2, 9);
    const faster = loadVehicle(ARTIC, 0, inWind(30));
    expect(dragN(inWindClass(faster, 8), speedMps)).toBeLessThan(0);
    expect(dragAreaM2(calm, speedMps)).toBeGreaterThan(ARTIC.dragAreaM2);
  });

  it("never makes driving against it cheaper than with it, nor a stronger headwind cheaper", () => {
    const winds = fc.double({ min: 0, max: 25, noNaN: true });
    const speeds = fc.double({ min: 1, max: 33, noNaN: true });
    const grades = fc.double({ min: -0.1, max: 0.1, noNaN: true });
    fc.assert(
      fc.property(anyVehicle, winds, winds, speeds, grades, (vehicle, a, b, speedMps, grade) => {
        const flow = (speed: number, inClass: number): number =>
          energyFlowPerS(
            inWindClass(loadVehicle(vehicle, 0, inWind(speed)), inClass),
            speedMps,
            grade,
          );
        for (let inClass = 0; inClass < 4; inClass++) {
          expect(flow(a, inClass)).toBeGreaterThanOrEqual(flow(a, 8 - inClass));
        }
        expect(flow(Math.max(a, b), 0)).toBeGreaterThanOrEqual(flow(Math.min(a, b), 0));
      }),
    );
  });
});

describe("the class of a wind", () => {
  it("goes by the angle between the road and where the wind comes from", async () => {
    const { graph } = await buildFromAscii("A--B\n|\nC", {
      ways: { AB: { highway: "primary" }, AC: { highway: "primary" } },
    });
    // One edge: west from B to A, then south to C.
    const east = spanWindClasses(graph, { speedMps: 5, fromDeg: 90 });
    expect([...east]).toEqual([8, 4]);
    const northWest = spanWindClasses(graph, { speedMps: 5, fromDeg: 315 });
    expect([...northWest]).toEqual([2, 6]);
    expect([0, 1, 2].map((step) => windClass(Math.cos((step * Math.PI) / 8)))).toEqual([0, 1, 2]);
    expect([windClass(1.1), windClass(-1.1)]).toEqual([0, 8]);
  });
});

describe("costs of roads in a wind", () => {
  const wet: Weather = { ...inWind(7, 60), precipitation: "light_rain", temperatureC: 4 };

  it("are the same for a road as for its parts", async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { graph, random } = await randomNetwork(seed);
      const costing = costingIn(graph, wet);
      for (let arc = 0; arc < 2 * graph.edgeCount; arc++) {
        const lengthM = graph.edgeLengthM[arc >> 1]!;
        const cutM = random.between(0, lengthM);
        const whole = createConsumption();
        const parts = createConsumption();
        addArc(costing, arc, whole);
        addArcPart(costing, arc, 0, cutM, parts);
        addArcPart(costing, arc, cutM, lengthM, parts);
        expect(Math.abs(parts.seconds / whole.seconds - 1)).toBeLessThan(1e-3);
        expect(Math.abs(parts.energy - whole.energy)).toBeLessThan(1e-3 * whole.energy + 0.5);
      }
    }
  });

  it("change places with the way back when the wind turns round", async () => {
    const { graph } = await buildFromAscii("A---B", { ways: { AB: { highway: "primary" } } });
    const cost = (fromDeg: number, arc: number): number => {
      const out = createConsumption();
      addArc(costingIn(graph, inWind(6, fromDeg)), arc, out);
      return out.energy;
    };
    expect(cost(90, 0)).toBeCloseTo(cost(270, 1), 9);
    expect(cost(90, 1)).toBeCloseTo(cost(270, 0), 9);
    expect(cost(90, 0)).not.toBeCloseTo(cost(90, 1), 0);
  });

  it("are those of the anchors to the last bit where no weather is told", async () => {
    const { graph } = await randomNetwork(3);
    const plain = costingIn(graph);
    expect(plain.windRowForward).toBe(plain.spanRowForward);
    expect(plain.loaded).toEqual(loadVehicle(ARTIC, ARTIC.maxPayloadKg / 2));
    expect("weather" in plain).toBe(false);
  });

  it("take longer by what slows traffic down", async () => {
    const { graph } = await buildFromAscii("A---B", { ways: { AB: { highway: "primary" } } });
    const seconds = PRECIPITATIONS.map((precipitation) => {
      const out = createConsumption();
      addArc(costingIn(graph, { precipitation }), 0, out);
      return out.seconds;
    });
    const [dry, ...others] = seconds;
    const shares = others.map((one) => dry! / one);
    for (const [at, share] of [0.98, 0.93, 0.88, 0.83].entries()) {
      // Speeds are tabulated in steps of half a kilometre per hour.
      expect(Math.abs(shares[at]! - share)).toBeLessThan(0.01);
    }
    expect(weatherEffects({ lowVisibility: true }).speedShare).toBe(0.93);
    expect(weatherEffects({ lowVisibility: true, precipitation: "heavy_snow" }).speedShare).toBe(
      0.83,
    );
  });
});

describe("a drive in a wind", () => {
  it("takes on a long level road what steady driving takes, in every class", () => {
    for (const vehicle of [RIGID, ARTIC, BATTERY_ARTIC]) {
      const loaded = loadVehicle(vehicle, 4000, inWind(6));
      const drive = createCourseDriver(loaded);
      const limitMps = 70 / 3.6;
      for (let inClass = 0; inClass <= 8; inClass++) {
        const piece = { limitMps, gradeRatio: 0, windClass: inClass };
        const driven = (lengthM: number) => drive(layCourseSteps([{ ...piece, lengthM }]));
        const [long, short] = [driven(40_000), driven(20_000)];
        const perM = (long.energy - short.energy) / 20_000;
        const steady = energyFlowPerS(inWindClass(loaded, inClass), limitMps, 0) / limitMps;
        expect(Math.abs(perM / steady - 1)).toBeLessThan(2e-3);
        expect((long.seconds - short.seconds) * limitMps).toBeCloseTo(20_000, 3);
      }
    }
  });
});
