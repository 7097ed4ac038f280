import { describe, expect, it } from "vitest";

import { ALL_TABLES, classifiedVehicle, resolveSpeedLimits } from "../../src/index.ts";
import { tableOf } from "./table.ts";

/*
 * Legal limits copied from the freight model (section 4.1: United Kingdom, mi/h) and from the laws
 * (R413-8, RGC art. 48, StVO §§ 3 and 18, Ordonnance 1.334: km/h) as an official table would print
 * them, by vehicle; independent of the rows.
 */
const LIMITS = tableOf(`
  area   | vehicle    | on         | unit | motorway | expressway | dual | single | minor | urban
  GB-ENG | artic-40t  | 2026-11-25 | mi/h | 60       | -          | 60   | 50     | -     | 30
  GB-ENG | rigid-7.5t | 2026-11-25 | mi/h | 70       | -          | 60   | 50     | -     | 30
  GB-ENG | van-3.5t   | 2026-11-25 | mi/h | 70       | -          | 60   | 50     | -     | 30
  GB-WLS | artic-40t  | 2023-09-16 | mi/h | 60       | -          | 60   | 50     | -     | 30
  GB-WLS | artic-40t  | 2023-09-17 | mi/h | 60       | -          | 60   | 50     | -     | 20
  GB-WLS | van-3.5t   | 2023-09-17 | mi/h | 70       | -          | 60   | 50     | -     | 20
  GB-SCT | rigid-18t  | 2026-11-25 | mi/h | 60       | -          | 50   | 40     | -     | 30
  GB-SCT | rigid-7.5t | 2026-11-25 | mi/h | 70       | -          | 60   | 50     | -     | 30
  GB-NIR | artic-44t  | 2026-11-25 | mi/h | 60       | -          | 50   | 40     | -     | 30
  FR     | artic-40t  | 2026-11-25 | km/h | 90       | -          | 80   | 80     | 60    | 50
  FR     | rigid-26t  | 2026-11-25 | km/h | 90       | -          | 80   | 80     | -     | 50
  FR     | rigid-7.5t | 2026-11-25 | km/h | 90       | -          | 90   | 80     | -     | 50
  FR     | van-3.5t   | 2026-11-25 | km/h | 130      | -          | 110  | 80     | -     | 50
  ES     | artic-40t  | 2026-11-25 | km/h | 90       | -          | 80   | 80     | -     | 50
  ES     | van-3.5t   | 2026-11-25 | km/h | 90       | -          | 80   | 80     | -     | 50
  DE     | artic-40t  | 2026-11-25 | km/h | 80       | 80         | 60   | 60     | -     | 50
  DE     | rigid-7.5t | 2026-11-25 | km/h | 80       | 80         | 80   | 80     | -     | 50
  DE     | van-3.5t   | 2026-11-25 | km/h | 130      | -          | 130  | 100    | -     | 50
  AD     | artic-40t  | 2026-11-25 | km/h | -        | -          | 80   | 80     | -     | 50
  MC     | artic-40t  | 2026-11-25 | km/h | -        | -          | 50   | 50     | -     | 50
`);

const KM_PER_UNIT = { "mi/h": 1.609344, "km/h": 1 } as const;
const rows = ALL_TABLES["speed-rules"].limits;

const vehicleOf = (id: string) =>
  classifiedVehicle(ALL_TABLES["vehicle-profiles"].find((row) => row.id === id)!);

describe("legal speed limits", () => {
  it.each(LIMITS.rows)("of %s for a %s on %s are those of the law", (...cells) => {
    const [area, vehicle, on, unit, ...speeds] = cells;
    const limits = resolveSpeedLimits(rows, { area: area!, on: on!, vehicle: vehicleOf(vehicle!) });
    for (const [index, road] of LIMITS.header.slice(4).entries()) {
      const limit = limits[road as keyof typeof limits];
      const expected = speeds[index] === "-" ? undefined : Number(speeds[index]);
      if (expected === undefined) expect(limit, road).toBeUndefined();
      else {
        expect(limit?.kmh, road).toBeCloseTo(expected * KM_PER_UNIT[unit as "km/h"], 9);
      }
    }
  });

  it("take an articulated light vehicle for slower on British motorways", () => {
    const combination = { ...vehicleOf("rigid-7.5t"), articulated: true };
    const limits = resolveSpeedLimits(rows, {
      area: "GB-ENG",
      on: "2026-11-25",
      vehicle: combination,
    });
    expect(limits.motorway?.row.value).toBe(60);
  });

  it("of a country with rows for its parts alone are the lowest of them", () => {
    const vehicle = vehicleOf("artic-40t");
    const limits = resolveSpeedLimits(rows, { area: "GB", on: "2026-11-25", vehicle });
    const values = Object.entries(limits).map(([road, { row }]) => [road, row.value]);
    expect(Object.fromEntries(values)).toEqual({ motorway: 60, dual: 50, single: 40, urban: 20 });
  });

  it("tell an area without rows from a day without rows", () => {
    const vehicle = vehicleOf("artic-40t");
    expect(() => resolveSpeedLimits(rows, { area: "IT", on: "2026-11-25", vehicle })).toThrow(
      expect.objectContaining({ reasonCode: "figure_missing" }) as Error,
    );
    expect(() => resolveSpeedLimits(rows, { area: "FR", on: "2010-01-01", vehicle })).toThrow(
      expect.objectContaining({ reasonCode: "figure_not_in_force" }) as Error,
    );
  });

  it("name the law they come from, and that Andorra's and Northern Ireland's are remembered", () => {
    for (const row of rows) {
      const isRemembered = row.area === "AD" || row.area === "GB-NIR";
      expect(row.provenance, `${row.area} ${row.id}`).toBe(isRemembered ? "assumed" : "official");
      if (!isRemembered) expect(row.section ?? row.reference, row.id).toBeDefined();
    }
  });
});
