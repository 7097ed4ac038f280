import { describe, expect, it } from "vitest";

import { definitionOf, json, parseFeed, withFeed } from "./feed-fixture.ts";

// Written by hand after the headings of the published file; the prices are invented.
const HEAD =
  "Date,ULSP:  Pump price (p/litre),ULSD: Pump price (p/litre),ULSP: Duty rate (p/litre)," +
  "ULSD: Duty rate (p/litre),ULSP: VAT (% rate),ULSD: VAT (% rate)";
const CSV = [
  HEAD,
  "02/03/2026,131.2,140.10,52.95,52.95,20,20",
  '"09/03/2026",131.9,141.60,52.95,52.95,20,20',
];

const roadFuel = (host: string) =>
  parseFeed(
    definitionOf(host, {
      format: "desnz-road-fuel-csv",
      targets: [{ id: "fuel.diesel", figure: "diesel", min: 0.5, max: 3, maxChangeRatio: 0.5 }],
      origin: {
        source: "Weekly road fuel prices",
        publisher: "DESNZ",
        licence: "OGL-UK-3.0",
        provenance: "derived",
      },
    }),
  );

describe("weekly road fuel prices", () => {
  // The small region counts in euros: what is read shows in the message about the unit.
  it("are read without VAT, newest week, and refused in a region of another currency", async () => {
    await withFeed(async (stand) => {
      stand.send(Buffer.from(`\uFEFF${CSV.join("\r\n")}\r\n,,,,,,\r\n`));
      const { lastAttempt } = await stand.refresh(roadFuel(stand.host));
      expect(lastAttempt.message).toContain("fuel.diesel is in GBP/l, not in EUR/l");
    });
  });

  it.each([
    ["a column is missing", CSV.map((line) => line.split(",").slice(0, 6).join(","))],
    ["a date is none", [HEAD, "31/02/2026,131.9,141.60,52.95,52.95,20,20"]],
    ["a price is a word", [HEAD, "09/03/2026,131.9,n/a,52.95,52.95,20,20"]],
    ["there is no week", [HEAD]],
  ])("are refused when %s", async (_, lines) => {
    await withFeed(async (stand) => {
      stand.send(Buffer.from(lines.join("\n")));
      const { lastAttempt } = await stand.refresh(roadFuel(stand.host));
      expect(lastAttempt.reasonCode).toBe("asset_invalid");
    });
  });
});

const halfHour = (from: string, actual: number | null) => ({
  from,
  to: from.replace(":00Z", ":30Z"),
  intensity: { forecast: 999, actual, index: "moderate" },
});
const gridOf = (host: string) =>
  parseFeed(
    definitionOf(host, {
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

describe("carbon intensities of the British grid", () => {
  it.each([
    ["without an actual value", { data: [halfHour("2026-03-10T10:00Z", null)] }],
    ["with another form", { data: [{ from: "yesterday" }] }],
    ["empty", { data: [] }],
  ])("are refused %s", async (_, answer) => {
    await withFeed(async (stand) => {
      stand.files.set("/diesel.json", json(answer));
      const { lastAttempt } = await stand.refresh(gridOf(stand.host));
      expect(lastAttempt.reasonCode).toBe("asset_invalid");
    });
  });
});
