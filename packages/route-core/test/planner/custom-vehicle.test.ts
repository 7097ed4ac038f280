import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { loadVehicle } from "../../src/costing/longitudinal.ts";
import { vehicleFaults } from "../../src/costing/check-vehicle.ts";
import type { CustomVehicle } from "../../src/planner/custom-vehicle.ts";
import type { PlanRequest } from "../../src/planner/plan-types.ts";
import { createRoutePlanner } from "../../src/planner/route-planner.ts";
import { anyBatteryVehicle } from "../any-vehicle.ts";
import { buildFromAscii, regionOf } from "../networks.ts";
import { ARTIC, BATTERY_ARTIC, ELECTRICITY, VEHICLES } from "../vehicles.ts";
import { refusalOf } from "./refusal-of.ts";

/* A short road under a bridge and over a weak one, and a long way round that is open to all. */
const LIMITS: readonly Readonly<Record<string, string>>[] = [
  { maxheight: "3.9" },
  { maxwidth: "2.5" },
  { maxlength: "16" },
  { maxweight: "20" },
  { maxweightrating: "39" },
  { maxaxleload: "11" },
];

async function plannerWith(limit: Readonly<Record<string, string>>) {
  const { graph, drawing } = await buildFromAscii(
    `
    A---B------C---D
        |      |
        E------F
    `,
    { gridM: 300, ways: { AB: {}, BC: limit, CD: {}, BE: {}, EF: {}, FC: {} } },
  );
  const region = {
    ...regionOf(graph, { electricity: ELECTRICITY, byVehicle: { "artic-40t": TOLLED } }),
    vehicles: [...VEHICLES, BATTERY_ARTIC],
  };
  const request: PlanRequest = {
    origin: drawing.position("A"),
    destination: drawing.position("D"),
    payloadKg: 1000,
  };
  return { planner: createRoutePlanner(region, { now: () => 0 }), request };
}

/** Other costs than those of the region, by which the rates of the vehicle are told. */
const TOLLED = { driverPerH: 30, standingPerH: 10, runningPerKm: 0.1, tollByFacility: {} };

const { planner, request } = await plannerWith({});
const based = (changes: Omit<CustomVehicle, "basedOn">, basedOn = "artic-40t"): PlanRequest => ({
  ...request,
  vehicle: { basedOn, ...changes },
});

describe("a vehicle of the request", () => {
  it("burns more or less by its two factors and is as fast; a battery has none", () => {
    const plain = planner.planRoute({ ...request, vehicle: "artic-40t" }).route;
    const fleet = planner.planRoute(based({ technologyFactor: 0.92, fleetFactor: 1.25 }));
    expect(fleet.provenance.customVehicle).toMatchObject({
      technologyFactor: 0.92,
      fleetFactor: 1.25,
    });
    expect(fleet.provenance.vehicle).toMatchObject({ technologyFactor: 0.92, fleetFactor: 1.25 });
    expect(fleet.route.fuelL! / plain.fuelL!).toBeCloseTo(0.92 * 1.25, 3);
    expect(fleet.route.durationS).toBe(plain.durationS);
    const refusals = [
      based({ technologyFactor: 0.6 }),
      based({ fleetFactor: 1.6 }),
      based({ fleetFactor: 1 }, BATTERY_ARTIC.id),
    ];
    for (const one of refusals) refusalOf(planner, one, "vehicle_inconsistent");
  });

  it("is named in the answer, and so are those of the region", () => {
    const nameOf = (vehicle: string) =>
      planner.planRoute({ ...request, vehicle }).provenance.vehicle;
    const [technologyFactor, fleetFactor] = [1, 1];
    expect(nameOf("artic-40t")).toEqual({
      id: "artic-40t",
      name: ARTIC.name,
      technologyFactor,
      fleetFactor,
    });
    expect(nameOf(BATTERY_ARTIC.id)).toEqual({ id: BATTERY_ARTIC.id, name: BATTERY_ARTIC.name });
    const front = planner.planPareto(based({ name: "Mine" }));
    expect(front.provenance.vehicle).toEqual({
      id: "artic-40t",
      name: "Mine",
      technologyFactor,
      fleetFactor,
    });
  });

  it("is the one that it is based on where it changes nothing", () => {
    const plain = planner.planRoute({ ...request, vehicle: "artic-40t" });
    const same = planner.planRoute(based({}));
    expect(same.route).toEqual(plain.route);
    expect(plain.provenance.customVehicle).toBeUndefined();
    expect(same.warnings).toContainEqual(
      expect.objectContaining({ code: "custom_vehicle_rates", details: { basedOn: "artic-40t" } }),
    );
  });

  it("is driven with its own figures, and rated as the one it is based on", () => {
    const plain = planner.planRoute({ ...request, vehicle: "artic-40t" }).route;
    const { route, provenance } = planner.planRoute(based({ dragAreaM2: 4.5, name: "Mine" }));
    expect(route.fuelL).toBeLessThan(plain.fuelL!);
    expect(provenance.customVehicle).toMatchObject({
      id: "artic-40t",
      name: "Mine",
      dragAreaM2: 4.5,
    });
    expect(route.cost.lines.find(({ item }) => item === "driver")!.detail).toContain("at 30 EUR/h");
    // And the next request is not driven with them.
    expect(planner.planRoute({ ...request, vehicle: "artic-40t" }).route).toEqual(plain);
  });

  it.each(LIMITS.map((limit) => [Object.keys(limit)[0]!, limit] as const))(
    "is kept off a road by its own %s, and let through by it",
    async (tag, limit) => {
      const way = await plannerWith(limit);
      const small = {
        heightM: 3.8,
        widthM: 2.4,
        lengthM: 15,
        maxAxleLoadT: 10,
        maxPayloadKg: 20_000,
      };
      const large: Readonly<Record<string, Partial<CustomVehicle>>> = {
        maxheight: { heightM: 4 },
        maxwidth: { widthM: 2.55 },
        maxlength: { lengthM: 16.5 },
        maxweight: { kerbKg: 19_500 },
        maxweightrating: { maxPayloadKg: 25_000 },
        maxaxleload: { maxAxleLoadT: 11.5 },
      };
      const lengthOf = (changes: Omit<CustomVehicle, "basedOn">): number =>
        way.planner.planRoute({ ...way.request, vehicle: { basedOn: "artic-40t", ...changes } })
          .route.distanceM;
      expect(lengthOf({ ...small, ...large[tag] })).toBeGreaterThan(lengthOf(small) + 500);
    },
  );

  it("is kept off a road by the plated mass that it names, however little it may carry", async () => {
    const way = await plannerWith({ maxweightrating: "39" });
    const light = { basedOn: "artic-40t", maxPayloadKg: 20_000, heightM: 3.8 };
    const metres = (vehicle: CustomVehicle): number =>
      way.planner.planRoute({ ...way.request, vehicle }).route.distanceM;
    const open = metres(light);
    expect(metres({ ...light, platedKg: 39_000 })).toBe(open);
    expect(metres({ ...light, platedKg: 40_000 })).toBeGreaterThan(open + 500);
  });

  it("takes back 85 % of its motor's power unless it says how much", () => {
    const battery = (changes: Omit<CustomVehicle, "basedOn">) =>
      planner.planRoute(based(changes, "bev-artic-42t")).provenance.customVehicle;
    expect(battery({ motorKw: 300 })).toMatchObject({ regenerationKw: 255 });
    expect(battery({ motorKw: 300, regenerationKw: 100 })).toMatchObject({ regenerationKw: 100 });
    expect(battery({ usableBatteryKwh: 600 })).toMatchObject({ regenerationKw: 350 });
  });
});

describe("a vehicle that cannot exist", () => {
  it.each<readonly [string, Omit<CustomVehicle, "basedOn">, string]>([
    ["/vehicle/heightM", { heightM: 42 }, "artic-40t"],
    ["/vehicle/widthM", { widthM: 0 }, "artic-40t"],
    ["/vehicle/lengthM", { lengthM: 2, widthM: 2.55 }, "artic-40t"],
    ["/vehicle/maxAxleLoadT", { maxAxleLoadT: 11_500 }, "artic-40t"],
    ["/vehicle/kerbKg", { kerbKg: -1 }, "artic-40t"],
    ["/vehicle/kerbKg", { kerbKg: Number.NaN }, "artic-40t"],
    ["/vehicle/maxPayloadKg", { kerbKg: 16_000 }, "artic-40t"],
    ["/vehicle/maxPayloadKg", { maxPayloadKg: 2000 }, "van-3.5t"],
    ["/vehicle/platedKg", { platedKg: 4250 }, "van-3.5t"],
    ["/vehicle/engineKw", { engineKw: 50 }, "artic-40t"],
    ["/vehicle/auxiliaryKw", { auxiliaryKw: 40, engineKw: 70 }, "van-3.5t"],
    ["/vehicle/rollingResistance", { rollingResistance: 0.6 }, "artic-40t"],
    ["/vehicle/dragAreaM2", { dragAreaM2: 50 }, "artic-40t"],
    ["/vehicle/motorKw", { motorKw: 300 }, "artic-40t"],
    ["/vehicle/engineKw", { engineKw: 300 }, "bev-artic-42t"],
    ["/vehicle/regenerationEfficiency", { regenerationEfficiency: 1.2 }, "bev-artic-42t"],
    ["/vehicle/regenerationKw", { regenerationKw: 500 }, "bev-artic-42t"],
  ])("is refused for its %s: %j of %s", (pointer, changes, basedOn) => {
    const { details } = refusalOf(planner, based(changes, basedOn), "vehicle_inconsistent");
    expect(details.issues.map((issue) => issue.pointer)).toContain(pointer);
  });

  it("may be heavier where its plated mass says so, but carry no more than that", () => {
    const heavy = { kerbKg: 16_000, platedKg: 44_000 };
    expect(planner.planRoute(based(heavy)).route.durationS).toBeGreaterThan(0);
    const load = { ...based(heavy), payloadKg: 25_400 };
    expect(refusalOf(planner, load, "payload_exceeds_limit").details).toEqual({
      payloadKg: 25_400,
      maxPayloadKg: 25_300,
    });
    const unknown = refusalOf(planner, based({}, "hovercraft"), "vehicle_profile_unavailable");
    expect(unknown.details.vehicle).toBe("hovercraft");
  });

  it("never passes with more regained than spent", () => {
    fc.assert(
      fc.property(anyBatteryVehicle, fc.double({ min: 0, max: 2, noNaN: true }), (drawn, share) => {
        const vehicle = { ...drawn, regenerationEfficiency: share };
        const faults = vehicleFaults(vehicle, 60_000);
        const isFree = vehicle.driveEfficiency * share > 1;
        if (isFree) expect(faults.length).toBeGreaterThan(0);
        const { model } = loadVehicle(vehicle, 0);
        if (faults.length === 0) {
          expect(model.tractionFactor).toBeGreaterThanOrEqual(model.overrunFactor - 1e-12);
        }
      }),
    );
  });
});
