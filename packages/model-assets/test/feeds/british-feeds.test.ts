import { describe, expect, it } from "vitest";

import { openRegion } from "../../src/index.ts";
import { definitionOf, json, parseFeed, withFeed } from "./feed-fixture.ts";

const HEAD =
  "Date,ULSP:  Pump price (p/litre),ULSD: Pump price (p/litre),ULSP: Duty rate (p/litre)," +
  "ULSD: Duty rate (p/litre),ULSP: VAT (% rate),ULSD: VAT (% rate)";

/** A region with the figures of Great Britain. */
const british = { countries: ["GB"] };

describe("feeds of a British region", () => {
  it("bring diesel without VAT and at the pump, with the VAT told", async () => {
    await withFeed(
      async (stand) => {
        const bounds = { min: 0.5, max: 3, maxChangeRatio: 0.5 };
        const feed = parseFeed(
          definitionOf(stand.host, {
            format: "desnz-road-fuel-csv",
            targets: [
              { id: "fuel.diesel", area: "GB", figure: "diesel", ...bounds },
              { id: "fuel.diesel-pump", area: "GB", figure: "diesel-pump", ...bounds },
            ],
            origin: {
              source: "Weekly road fuel prices",
              publisher: "DESNZ",
              licence: "OGL-UK-3.0",
              provenance: "derived",
            },
          }),
        );
        stand.nowMs = Date.UTC(2026, 6, 15);
        const week = '"13/07/2026",131.9,141.60,52.95,52.95,20,20';
        stand.send(
          Buffer.from([HEAD, week, "06/07/2026,131.2,140.1,52.95,52.95,20,20"].join("\r\n")),
        );
        expect((await stand.refresh(feed)).lastAttempt).toMatchObject({ outcome: "updated" });
        const live = { ...stand.live, feeds: [feed] };
        const { region, tables } = await openRegion(stand.region, { live });
        // 141.60 p with a fifth on top: 118.00 p without.
        expect(region.rates.dieselPerL).toBe(1.18);
        const rows = tables["fuel-prices"]!.filter((row) => row.validFrom === "2026-07-13");
        expect(Object.fromEntries(rows.map(({ id, value }) => [id, value]))).toEqual({
          "fuel.diesel": 1.18,
          "fuel.diesel-pump": 1.416,
        });
        expect(rows[0]!.note).toContain("20 % VAT");
      },
      {},
      british,
    );
  });

  it("bring the mean intensity of the newest day with actual values", async () => {
    await withFeed(
      async (stand) => {
        const half = (from: string, actual: number | null) => ({
          from,
          to: from.replace(":00Z", ":30Z"),
          intensity: { forecast: 999, actual, index: "moderate" },
        });
        const feed = parseFeed(
          definitionOf(stand.host, {
            format: "neso-carbon-intensity",
            kind: "grid-intensity",
            targets: [
              {
                id: "grid.generation",
                area: "GB",
                figure: "generation",
                min: 0.01,
                max: 0.6,
                maxChangeRatio: 2,
              },
            ],
            origin: {
              source: "Carbon Intensity API",
              publisher: "NESO",
              licence: "CC-BY-4.0",
              provenance: "derived",
            },
          }),
        );
        stand.nowMs = Date.UTC(2026, 6, 15);
        const data = [
          half("2026-07-13T23:00Z", 400),
          half("2026-07-14T00:00Z", 100),
          half("2026-07-14T01:00Z", 140),
          half("2026-07-14T02:00Z", 180),
          half("2026-07-15T00:00Z", null),
        ];
        stand.files.set("/diesel.json", json({ data }));
        expect((await stand.refresh(feed)).lastAttempt).toMatchObject({ outcome: "updated" });
        expect((await stand.status())[0]!.inForce).toMatchObject({
          asOf: "2026-07-14",
          rows: [{ id: "grid.generation", area: "GB", value: 0.14, unit: "kg CO2e/kWh" }],
        });
      },
      {},
      british,
    );
  });
});
