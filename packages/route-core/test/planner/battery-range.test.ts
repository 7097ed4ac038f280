import { ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import type { BatteryVehicle } from "../../src/costing/vehicle-profile.ts";
import type { ElectricityRates, Rates } from "../../src/costing/rates.ts";
import { createCourseDriver } from "../../src/evaluation/course-driver.ts";
import { evaluateCourse } from "../../src/evaluation/evaluate-course.ts";
import { evaluateBest, evaluateFront } from "../../src/evaluation/evaluate-plan.ts";
import type { PlanRequest, RoutePlanner } from "../../src/planner/plan-types.ts";
import { createRoutePlanner } from "../../src/planner/route-planner.ts";
import { buildFromAscii, formulaSampler, gridMetres, regionOf } from "../networks.ts";
import { profileOf } from "../evaluation/courses.ts";
import { BATTERY_ARTIC, ELECTRICITY } from "../vehicles.ts";
import { refusalOf } from "./refusal-of.ts";

/* A short way over a ridge of 90 m, and a longer level one around it. */
const { graph, drawing } = await buildFromAscii(
  `
  A---B------C---D
      |      |
      |      |
      E------F
  `,
  {
    gridM: 400,
    ways: {
      AB: {},
      BC: { highway: "motorway" },
      CD: {},
      BE: { highway: "secondary", maxspeed: "50" },
      EF: { highway: "secondary", maxspeed: "50" },
      FC: { highway: "secondary", maxspeed: "50" },
    },
  },
  {
    elevation: formulaSampler((lon, lat) => {
      const [eastM, northM] = gridMetres(lon, lat);
      const along = Math.min(1, Math.max(0, (eastM - 1600) / 2800));
      return 500 + (northM > -300 ? 90 * Math.sin(Math.PI * along) : 0);
    }),
  },
);

const request: PlanRequest = {
  origin: drawing.position("A"),
  destination: drawing.position("D"),
  vehicle: BATTERY_ARTIC.id,
};

function plannerFor(
  vehicle: Partial<BatteryVehicle> = {},
  rates: Partial<Rates> = { electricity: ELECTRICITY },
): RoutePlanner {
  const region = { ...regionOf(graph, rates), vehicles: [{ ...BATTERY_ARTIC, ...vehicle }] };
  return createRoutePlanner(region, { now: () => 0 });
}

const whole = plannerFor().planPareto(request);
const energies = whole.routes.map((route) => route.energyKwh!);

describe("a battery vehicle's answer", () => {
  it("counts kilowatt-hours in place of litres, and its money and CO2e come from them", () => {
    expect(whole.routes.length).toBeGreaterThan(1);
    for (const route of whole.routes) {
      expect(route.fuelL).toBeUndefined();
      const line = route.cost.lines.find(({ item }) => item === "electricity")!;
      expect(line.amount).toBeCloseTo(route.energyKwh! * 0.2, 3);
      expect(line.detail).toContain("kWh at 0.2 EUR/kWh without VAT");
      expect(route.co2eKg.ttw).toBe(0);
      expect(route.co2eKg.wtt).toBeCloseTo(route.energyKwh! * 0.363, 3);
      expect(route.cost.lines.map(({ item }) => item)).not.toContain("fuel");
    }
    expect(whole.provenance.battery).toMatchObject({
      usableKwh: 480,
      stateOfCharge: 1,
      reserve: 0.1,
      availableKwh: expect.closeTo(432, 9),
      headroomKwh: 0,
    });
  });
});

describe("the range of a battery", () => {
  const least = Math.min(...energies);
  const most = Math.max(...energies);

  it("leaves out routes that draw more than there is", () => {
    expect(most - least).toBeGreaterThan(0.1);
    // Enough for the least one alone; the reserve is kept.
    const usableBatteryKwh = (least + most) / 2 / 0.9;
    const planner = plannerFor({ usableBatteryKwh });
    const { routes, certificate } = planner.planPareto(request);
    const kept = energies.filter((kwh) => kwh <= (least + most) / 2);
    expect(routes.map((route) => route.energyKwh)).toEqual(kept);
    expect(certificate.kind).toBe("exact");
    const best = planner.planRoute({ ...request, weights: { time: 1 } }).route;
    expect(best.durationS).toBe(routes[0]!.durationS);
    expect(best.durationS).toBeGreaterThan(whole.routes[0]!.durationS);
    const coarse = planner.planPareto({ ...request, epsilon: 0.2 });
    for (const route of coarse.routes) expect(route.energyKwh).toBeLessThan((least + most) / 2);
  });

  it("refuses a trip that is too far, and says what it takes and what there is", () => {
    for (const objectives of [undefined, ["time"], ["time", "money"]] as const) {
      const asked = objectives === undefined ? request : { ...request, objectives };
      const battery = { stateOfCharge: 0.102, reserve: 0.1 };
      const { details, message } = refusalOf(
        plannerFor(),
        { ...asked, battery },
        "vehicle_range_exceeded",
      );
      expect(details).toMatchObject({ availableKwh: 1, usableKwh: 480, ...battery });
      expect(details.neededKwh).toBeCloseTo(least, 0);
      expect(message).toContain("kWh");
    }
    const empty = { stateOfCharge: 0.05, reserve: 0.1 };
    const { details } = refusalOf(
      plannerFor(),
      { ...request, battery: empty },
      "vehicle_range_exceeded",
    );
    expect(details.availableKwh).toBe(0);
    expect(() => plannerFor().planRoute({ ...request, battery: empty })).toThrow(ReasonError);
  });

  it("is told apart from limits of the request", () => {
    const fast = { maxDurationS: 1 };
    refusalOf(plannerFor(), { ...request, constraints: fast }, "epsilon_infeasible");
    const battery = { stateOfCharge: 0.102 };
    const limited = { ...request, battery, constraints: { maxDurationS: 1e5 } };
    refusalOf(plannerFor(), limited, "vehicle_range_exceeded");
  });

  it("counts what is drawn on the way, not only what is missing at the end", () => {
    // Up to the top and down again: far more is drawn at the top than at the end.
    const top = { ...request, destination: drawing.position("C") };
    const free = plannerFor().planPareto(top);
    const [fastest] = free.routes;
    const battery = { stateOfCharge: 0.1 + (fastest!.energyKwh! + 0.5) / 480 };
    const { routes, certificate } = plannerFor().planPareto({ ...top, battery });
    for (const route of routes) expect(route.energyKwh).toBeLessThan(fastest!.energyKwh! + 0.5);
    expect(certificate.epsilon === null || certificate.epsilon === 0).toBe(true);
  });

  it("is looked at again where routes are driven on other heights", () => {
    const planner = plannerFor();
    const plan = planner.planFinalists(request);
    const level = {
      source: "level",
      attribution: "made up",
      tilesSha256: "",
      missingTiles: [],
      warnings: [],
    };
    const profiles = plan.courses.map(({ lengthM }) => profileOf([0, lengthM], [500, 500]));
    const flat = evaluateFront(plan, request, { ...level, profiles });
    expect(flat.evaluation!.outOfRange).toBe(0);
    const drive = createCourseDriver(plan.vehicle);
    const drawn = plan.courses.map(
      (course, at) => evaluateCourse(course, drive, profiles[at]!, 0).deepest / 1000,
    );
    const availableKwh = (Math.min(...drawn) + Math.max(...drawn)) / 2;
    const short = { ...plan, battery: { ...plan.battery!, availableKwh } };
    const some = evaluateFront(short, request, { ...level, profiles });
    expect(some.evaluation!.outOfRange).toBeGreaterThan(0);
    expect(some.routes.length).toBeLessThan(flat.routes.length + 1);
    for (const route of some.routes) expect(route.energyKwh).toBeLessThanOrEqual(availableKwh);
    const none = { ...plan, battery: { ...plan.battery!, availableKwh: 0.1 } };
    expect(() => evaluateFront(none, request, { ...level, profiles })).toThrow(
      expect.objectContaining({ reasonCode: "vehicle_range_exceeded" }),
    );
    const one = planner.planFinalist(request);
    const poor = { ...one, battery: { ...one.battery!, availableKwh: 0.1 } };
    const [profile] = profiles;
    expect(() => evaluateBest(poor, request, { ...level, profiles: [profile!] })).toThrow(
      expect.objectContaining({ reasonCode: "vehicle_range_exceeded" }),
    );
  });
});

describe("what a battery vehicle lacks", () => {
  it("is refused by its code: rates, the size of the battery, or the battery itself", () => {
    const { battery: _, ...plain } = { ...request, battery: undefined };
    const without = plannerFor({}, {});
    expect(refusalOf(without, plain, "figure_missing").details.figure).toBe("electricity.depot");
    const stale: ElectricityRates | ReturnType<ReasonError["toJSON"]> = new ReasonError(
      "figure_missing",
      "The region has no figure grid.generation.",
      { figure: "grid.generation" },
    ).toJSON();
    const noGrid = plannerFor({}, { electricity: stale });
    expect(refusalOf(noGrid, plain, "figure_missing").details.figure).toBe("grid.generation");
    const { usableBatteryKwh: _size, ...unknown } = BATTERY_ARTIC;
    const region = {
      ...regionOf(graph, { electricity: ELECTRICITY }),
      vehicles: [unknown, ...regionOf(graph).vehicles],
    };
    const planner = createRoutePlanner(region, { now: () => 0 });
    const { details } = refusalOf(planner, plain, "figure_missing");
    expect(details.figure).toBe("bev-artic-42t.usableBatteryKwh");
    const diesel = { ...plain, vehicle: "artic-40t" };
    expect(planner.planRoute(diesel).route.fuelL).toBeGreaterThan(0);
    const odd = { ...diesel, battery: { reserve: 0.2 } };
    expect(refusalOf(planner, odd, "request_feature_unavailable").details).toEqual({
      field: "battery",
    });
  });
});
