import { describe, expect, it } from "vitest";

import {
  ALL_TABLES,
  ASSET_SCHEMAS,
  classifiedVehicle,
  resolveToll,
  type TollOutcome,
  type TollQuery,
} from "../../src/index.ts";
import { tableOf } from "./table.ts";

/* Published tariffs, copied independently: what a vehicle pays for a passage, by day and account. */
const FLAT = tableOf(`
  facility          | vehicle    | on         | account           | amount
  ad-envalira       | van-3.5t   | 2023-07-01 |                   | 13.10
  ad-envalira       | rigid-18t  | 2023-07-01 |                   | 15.00
  ad-envalira       | artic-40t  | 2023-07-01 |                   | 18.80
  ad-envalira       | van-3.5t   | 2024-07-01 |                   | 13.70
  ad-envalira       | rigid-18t  | 2024-07-01 |                   | 15.70
  ad-envalira       | artic-40t  | 2024-07-01 |                   | 19.60
  ad-envalira       | van-3.5t   | 2025-12-31 |                   | 13.90
  ad-envalira       | rigid-18t  | 2025-12-31 |                   | 15.90
  ad-envalira       | artic-40t  | 2025-12-31 |                   | 19.90
  ad-envalira       | van-3.5t   | 2026-01-01 |                   | 14.20
  ad-envalira       | rigid-18t  | 2026-01-01 |                   | 16.30
  ad-envalira       | artic-40t  | 2026-01-01 |                   | 20.30
  gb-humber-bridge  | artic-40t  | 2026-01-30 |                   | 12.00
  gb-humber-bridge  | artic-40t  | 2026-01-30 | humber            | 10.80
  gb-humber-bridge  | artic-40t  | 2026-01-31 |                   | 15.00
  gb-humber-bridge  | artic-40t  | 2026-01-31 | humber            | 12.00
  gb-humber-bridge  | van-3.5t   | 2026-06-01 |                   | 2.00
  gb-humber-bridge  | rigid-7.5t | 2026-06-01 | humber            | 4.00
  gb-tyne-tunnels   | artic-40t  | 2023-05-01 |                   | 4.40
  gb-tyne-tunnels   | artic-40t  | 2024-05-01 |                   | 4.80
  gb-tyne-tunnels   | artic-40t  | 2025-05-01 |                   | 5.00
  gb-tyne-tunnels   | artic-40t  | 2026-05-01 |                   | 5.20
  gb-tyne-tunnels   | artic-40t  | 2026-05-01 | tt2               | 4.68
  gb-tyne-tunnels   | van-3.5t   | 2026-05-01 |                   | 2.60
  gb-tyne-tunnels   | van-3.5t   | 2026-05-01 | tt2               | 2.34
  gb-tyne-tunnels   | van-3.5t   | 2023-05-01 | tt2               | 1.98
  gb-mersey-gateway | van-3.5t   | 2025-04-01 |                   | 2.40
  gb-mersey-gateway | rigid-7.5t | 2025-04-01 |                   | 7.20
  gb-mersey-gateway | artic-40t  | 2025-04-01 |                   | 9.60
  gb-mersey-gateway | artic-40t  | 2025-04-01 | merseyflow-video  | 9.10
  gb-mersey-gateway | artic-40t  | 2025-04-01 | merseyflow-sticker| 8.65
  gb-mersey-gateway | rigid-7.5t | 2025-04-01 | merseyflow-sticker| 6.50
  gb-mersey-gateway | van-3.5t   | 2025-04-01 | merseyflow-sticker| 2.15
  gb-mersey-tunnels | van-3.5t   | 2024-04-01 |                   | 2.10
  gb-mersey-tunnels | rigid-18t  | 2024-04-01 |                   | 4.20
  gb-mersey-tunnels | rigid-26t  | 2024-04-01 |                   | 6.30
  gb-mersey-tunnels | artic-40t  | 2024-04-01 |                   | 8.40
  gb-mersey-tunnels | artic-40t  | 2024-04-01 | t-flow            | 6.80
  gb-itchen-bridge  | artic-40t  | 2024-02-10 |                   | 40.00
  gb-itchen-bridge  | van-3.5t   | 2024-02-10 |                   | 1.40
  gb-severn         | artic-40t  | 2018-12-17 |                   | 0.00
`);

/* What cannot be one price, and the span of prices. */
const UNPRICED = tableOf(`
  facility                | vehicle   | on         | account       | reason        | low   | high
  gb-dartford             | artic-40t | 2025-09-01 |               | time_of_day   | 0     | 8.40
  gb-dartford             | artic-40t | 2025-09-01 | dart-charge   | time_of_day   | 0     | 7.20
  gb-dartford             | van-3.5t  | 2025-09-01 |               | time_of_day   | 0     | 4.20
  gb-dartford             | van-3.5t  | 2025-09-01 | dart-charge   | time_of_day   | 0     | 3.60
  gb-silvertown-blackwall | artic-40t | 2025-04-07 |               | time_of_day   | 0     | 10.00
  gb-silvertown-blackwall | artic-40t | 2025-04-07 | tfl-auto-pay  | direction     | 0     | 10.00
  gb-silvertown-blackwall | van-3.5t  | 2025-04-07 |               | time_of_day   | 0     | 6.50
  gb-tamar-bridge         | van-3.5t  | 2023-01-01 |               | direction     | 0     | 2.60
  gb-tamar-bridge         | van-3.5t  | 2025-05-12 |               | direction     | 0     | 3.00
  gb-tamar-bridge         | van-3.5t  | 2025-05-12 | tamar-tag     | direction     | 0     | 1.50
  gb-tamar-bridge         | rigid-18t | 2025-05-11 |               | direction     | 0     | 6.30
  gb-tamar-bridge         | rigid-18t | 2025-05-12 |               | direction     | 0     | 7.30
  gb-m6-toll              | artic-40t | 2023-10-13 |               | gates         | 13.20 | 15.90
  gb-m6-toll              | rigid-18t | 2023-10-13 |               | gates         | 12.30 | 15.30
  gb-m6-toll              | artic-40t | 2026-06-01 |               | gates         | 17.20 | 17.20
  gb-m6-toll              | rigid-18t | 2026-06-01 |               | vehicle_class |       |
  gb-dartford             | artic-40t | 2025-08-31 |               | not_in_force  |       |
  gb-nowhere              | artic-40t | 2026-06-01 |               | no_tariff     |       |
`);

const ask = (
  facility: string,
  vehicle: string,
  on: string,
  account: string,
  query: Partial<TollQuery> = {},
): TollOutcome =>
  resolveToll(ALL_TABLES["toll-tariffs"], facility, {
    on,
    currency: facility.startsWith("ad-") ? "EUR" : "GBP",
    vehicle: classifiedVehicle(ALL_TABLES["vehicle-profiles"].find((row) => row.id === vehicle)!),
    accounts: account === "" ? [] : [account],
    ...query,
  });

describe("tolls", () => {
  it.each(FLAT.rows)("of %s for a %s on %s (account %s) are %s", (...cells) => {
    const [facility, vehicle, on, account, amount] = cells as [
      string,
      string,
      string,
      string,
      string,
    ];
    expect(ask(facility, vehicle, on, account)).toMatchObject({ amount: Number(amount) });
  });

  it.each(UNPRICED.rows)("of %s for a %s on %s (account %s) have no one price: %s", (...cells) => {
    const [facility, vehicle, on, account, reason, low, high] = cells as [string, ...string[]];
    expect(ask(facility, vehicle!, on!, account!)).toEqual({
      unpriced: reason,
      range: low === "" ? null : [Number(low), Number(high)],
    });
  });

  it("are not taken from another currency", () => {
    expect(ask("gb-tyne-tunnels", "artic-40t", "2026-06-01", "", { currency: "EUR" })).toEqual({
      unpriced: "other_currency",
      range: null,
    });
  });

  it("do not count an account that one does not have", () => {
    expect(ask("gb-tyne-tunnels", "artic-40t", "2026-06-01", "dart-charge")).toMatchObject({
      amount: 5.2,
    });
  });

  it("belong to facilities of the topology, and every facility has a tariff", () => {
    const known = ALL_TABLES["toll-topology"].map(({ id }) => id).sort();
    const priced = [...new Set(ALL_TABLES["toll-tariffs"].map(({ facility }) => facility))].sort();
    expect(priced).toEqual(known);
  });

  it("are of facilities that are there once: a graph does not know of which day", () => {
    const [first] = ALL_TABLES["toll-topology"];
    const before = { ...first!, validFrom: "2001-01-01", validTo: "2001-12-31" };
    const result = ASSET_SCHEMAS["toll-topology"].safeParse([before, first]);
    expect(result.error?.issues).toMatchObject([
      { path: [1, "id"], message: `there are two facilities ${first!.id}` },
    ]);
  });

  it("name only gates that their facility has", () => {
    for (const { facility, charge } of ALL_TABLES["toll-tariffs"]) {
      const gates = ALL_TABLES["toll-topology"].find(({ id }) => id === facility)?.gates ?? [];
      const ids = gates.map(({ id }) => id);
      if (charge.by === "gate") expect(ids).toContain(charge.gate);
      if (charge.by === "gates")
        expect(ids).toEqual(expect.arrayContaining([charge.entry, charge.exit]));
    }
  });

  it("of the Torpoint Ferry are those of the Tamar Bridge", () => {
    const bridge = ALL_TABLES["toll-tariffs"]
      .filter((row) => row.facility === "gb-tamar-bridge" && row.direction === "east")
      .map((row) => row.value);
    const ferry = ALL_TABLES["ferry-tariffs"]
      .filter((row) => row.route === "gb-torpoint")
      .map((row) => row.value);
    expect(ferry).toEqual(bridge);
  });
});
