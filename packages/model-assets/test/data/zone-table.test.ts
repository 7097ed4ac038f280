import { describe, expect, it } from "vitest";

import { ALL_TABLES, classifiedVehicle, resolveZoneCharges } from "../../src/index.ts";
import { tableOf } from "./table.ts";

/* The freight model's sections 4.3 and 4.4, with the law's table of the levy, copied independently. */
const ZONES = tableOf(`
  zone              | vehicle    | euro | on         | value
  bath-caz          | rigid-18t  | 5    | 2026-11-25 | 100
  bath-caz          | van-3.5t   | 5    | 2026-11-25 | 9
  birmingham-caz    | artic-40t  | 5    | 2026-11-25 | 50
  birmingham-caz    | van-3.5t   | 5    | 2026-11-25 | 8
  bradford-caz      | artic-40t  | 5    | 2026-11-25 | 50
  bradford-caz      | van-3.5t   | 5    | 2026-11-25 | 9
  bristol-caz       | artic-40t  | 5    | 2026-11-25 | 100
  portsmouth-caz    | artic-40t  | 5    | 2026-11-25 | 50
  sheffield-caz     | artic-40t  | 5    | 2026-11-25 | 50
  tyneside-caz      | artic-40t  | 5    | 2026-11-25 | 50
  tyneside-caz      | van-3.5t   | 5    | 2026-11-25 | 12.5
  london-lez        | artic-40t  | 5    | 2026-11-25 | 100
  london-lez        | artic-40t  | 3    | 2026-11-25 | 300
  london-ulez       | van-3.5t   | 5    | 2026-11-25 | 12.5
  london-congestion | artic-40t  | 6    | 2026-01-01 | 15
  london-congestion | artic-40t  | 6    | 2026-01-02 | 18
  london-congestion | bev-artic-42t | 6 | 2026-01-02 | 9
  london-dvs        | rigid-18t  | 6    | 2026-11-25 | 550
  glasgow-lez       | artic-40t  | 5    | 2023-06-01 | 60
  dundee-lez        | artic-40t  | 5    | 2024-05-30 | 60
  edinburgh-lez     | van-3.5t   | 5    | 2024-06-01 | 60
  portsmouth-caz    | van-3.5t   | 5    | 2026-11-25 | -
  london-dvs        | rigid-7.5t | 6    | 2026-11-25 | -
  gb-hgv-levy       | rigid-18t  | 6    | 2026-03-31 | 3.00
  gb-hgv-levy       | artic-40t  | 6    | 2026-03-31 | 9.00
  gb-hgv-levy       | rigid-18t  | 5    | 2026-03-31 | 3.90
  gb-hgv-levy       | artic-40t  | 5    | 2026-03-31 | 10.00
  gb-hgv-levy       | rigid-18t  | 6    | 2026-04-01 | 3.22
  gb-hgv-levy       | artic-40t  | 6    | 2026-04-01 | 9.67
  gb-hgv-levy       | rigid-18t  | 5    | 2026-04-01 | 4.18
  gb-hgv-levy       | artic-40t  | 5    | 2026-04-01 | -
  gb-hgv-levy       | rigid-7.5t | 6    | 2026-04-01 | -
`);

/** First days with a charge or a ban, from the announcements of each zone. */
const STARTS = tableOf(`
  zone           | vehicle   | last free day | first day
  bath-caz       | artic-40t | 2021-03-14    | 2021-03-15
  birmingham-caz | artic-40t | 2021-05-31    | 2021-06-01
  bradford-caz   | artic-40t | 2022-09-25    | 2022-09-26
  bristol-caz    | artic-40t | 2022-11-27    | 2022-11-28
  portsmouth-caz | artic-40t | 2021-11-28    | 2021-11-29
  sheffield-caz  | artic-40t | 2023-02-26    | 2023-02-27
  tyneside-caz   | artic-40t | 2023-01-29    | 2023-01-30
  tyneside-caz   | van-3.5t  | 2023-07-16    | 2023-07-17
  london-lez     | artic-40t | 2021-02-28    | 2021-03-01
  london-ulez    | van-3.5t  | 2023-08-28    | 2023-08-29
  london-dvs     | artic-40t | 2024-10-27    | 2024-10-28
  glasgow-lez    | artic-40t | 2023-05-31    | 2023-06-01
  dundee-lez     | artic-40t | 2024-05-29    | 2024-05-30
  aberdeen-lez   | artic-40t | 2024-05-31    | 2024-06-01
  edinburgh-lez  | artic-40t | 2024-05-31    | 2024-06-01
`);

const rulesFor = (vehicle: string, euroClass: number, on: string) =>
  resolveZoneCharges(ALL_TABLES["zone-charges"], {
    on,
    vehicle: {
      ...classifiedVehicle(ALL_TABLES["vehicle-profiles"].find((row) => row.id === vehicle)!),
      euroClass,
    },
  });

describe("zone charges", () => {
  it.each(ZONES.rows)("of %s for a %s of Euro %s on %s are %s", (...cells) => {
    const [zone, vehicle, euro, on, value] = cells as [string, ...string[]];
    const rules = rulesFor(vehicle!, Number(euro), on!).get(zone) ?? [];
    expect(rules.map((row) => row.value)).toEqual(value === "-" ? [] : [Number(value)]);
  });

  it.each(STARTS.rows)(
    "of %s hold for a %s not on %s but on %s",
    (zone, vehicle, before, first) => {
      expect(rulesFor(vehicle, 5, before).has(zone)).toBe(false);
      expect(rulesFor(vehicle, 5, first).has(zone)).toBe(true);
    },
  );

  it("spare Euro VI and battery vehicles wherever emissions are the reason", () => {
    const byEmission = (id: string): string[] =>
      [...rulesFor(id, 6, "2026-11-25").keys()].filter((zone) => /-(?:caz|lez|ulez)$/.test(zone));
    for (const { id } of ALL_TABLES["vehicle-profiles"]) expect(byEmission(id), id).toEqual([]);
    expect(rulesFor("artic-40t", 5, "2026-11-25").size).toBeGreaterThan(12);
    expect(rulesFor("bev-artic-42t", 0, "2026-11-25").has("london-lez")).toBe(false);
  });

  it("charge each day, save bans and permits, which name their penalty", () => {
    for (const { effect, unit, id } of ALL_TABLES["zone-charges"]) {
      const isDaily = effect === "charge" || effect === "levy";
      expect(unit, id).toBe(isDaily ? "GBP/day" : "GBP/offence");
    }
  });
});
