import { describe, expect, it } from "vitest";

import { ALL_TABLES, ASSET_SCHEMAS } from "../../src/index.ts";
import { tableOf } from "./table.ts";

/*
 * The parameter table of the freight model (section 3.6), copied cell by cell and independent of the
 * rows: two values in a cell are two fields.
 */
const PARAMETERS = tableOf(`
  parameter        | van-3.5t    | rigid-7.5t  | rigid-18t      | rigid-26t    | artic-40t      | artic-44t      | bev-rigid-19t  | bev-artic-42t
  kerbKg           | 2150        | 4500        | 9000           | 11500        | 14700          | 15400          | 10300          | 18300
  maxPayloadKg     | 1350        | 3000        | 9000           | 14500        | 25300          | 28600          | 8700           | 23700
  dragAreaM2       | 1.75        | 4.2         | 5.4            | 5.7          | 5.6            | 5.8            | 5.0            | 5.0
  crosswindFactor  | .08         | .17         | .17            | .17          | .27            | .27            | .17            | .27
  rollingResistance| .0085       | .0066       | .0060          | .0058        | .0057          | .0057          | .0056          | .0052
  drivelineForceN  | 60          | 110         | 190            | 200          | 205            | 215            | 90             | 100
  drivelineLoss    | .05         | .06         | .06            | .06          | .07            | .07            | -              | -
  power            | 105         | 140         | 185            | 235          | 330            | 355            | 230            | 400
  willansBaseGPerH | 480         | 560         | 820            | 950          | 1100           | 1150           | -              | -
  willansSlopeGPerKwh | 203      | 193         | 189            | 186          | 180            | 180            | -              | -
  driveEfficiency  | -           | -           | -              | -            | -              | -              | .88            | .88
  auxiliaryKw      | 0.8         | 2.0         | 3.5            | 4.0          | 4.5            | 4.5            | 2.5            | 3.5
  idleLPerH        | 0.6         | 1.3         | 1.9            | 2.2          | 2.5            | 2.6            | -              | -
  lowSpeedInertiaKg| 900         | 2500        | 4500           | 6000         | 9000           | 9500           | -              | -
  regenerationEfficiency | -     | -           | -              | -            | -              | -              | .78            | .78
  regenerationKw   | -           | -           | -              | -            | -              | -              | 200            | 350
  maxSpeedKmh      | 112         | 90          | 90             | 90           | 90             | 90             | 90             | 90
  heightM          | 2.8         | 3.4         | 3.8            | 4.0          | 4.2            | 4.2            | 3.8            | 4.2
  widthM           | 2.1         | 2.5         | 2.55           | 2.55         | 2.55           | 2.55           | 2.55           | 2.55
  lengthM          | 6.0         | 8.0         | 10.5           | 11           | 16.5           | 16.5           | 10.5           | 16.5
  axles            | 2           | 2           | 2              | 3            | 5              | 6              | 2              | 5
  maxAxleLoadT     | 2.2         | 5.5         | 11.5           | 11.5         | 11.5           | 10.5           | 11.5           | 11.5
`);

/** The 40 t truck is the EU's, which may be 4 m high; the table has a British one. */
const EU_HEIGHT_M = 4;

const rows = ALL_TABLES["vehicle-profiles"] as readonly Readonly<Record<string, unknown>>[];

describe("vehicle profiles", () => {
  it("are the eight of the table, in its order", () => {
    expect(rows.map((row) => row["id"])).toEqual(PARAMETERS.header.slice(1));
  });

  it.each(PARAMETERS.rows)("have the %s of the table", (parameter, ...cells) => {
    for (const [index, cell] of cells.entries()) {
      const row = rows[index]!;
      const name =
        parameter === "power" ? (row["energy"] === "battery" ? "motorKw" : "engineKw") : parameter;
      const isEuHeight = name === "heightM" && row["id"] === "artic-40t";
      const expected = cell === "-" ? undefined : isEuHeight ? EU_HEIGHT_M : Number(cell);
      expect(row[name], `${String(row["id"])} ${name}`).toBe(expected);
    }
  });

  it("may weigh what their names say", () => {
    for (const { id, kerbKg, maxPayloadKg } of ALL_TABLES["vehicle-profiles"]) {
      const namedT = Number(/-([\d.]+)t$/.exec(id)![1]);
      expect(kerbKg + maxPayloadKg, id).toBe(namedT * 1000);
    }
  });

  it("say that the battery ones are assumptions and the diesel ones derived", () => {
    for (const { energy, provenance } of ALL_TABLES["vehicle-profiles"]) {
      expect(provenance).toBe(energy === "battery" ? "assumed" : "derived");
    }
  });
});

describe("a table of vehicles", () => {
  const schema = ASSET_SCHEMAS["vehicle-profiles"];
  const tell = (table: readonly object[]): string[] =>
    schema
      .safeParse(table)
      .error?.issues.map(({ path, message }) => `${path.join("/")} ${message}`) ?? [];
  const [first] = ALL_TABLES["vehicle-profiles"];

  it("has each vehicle once: a request does not say of which day", () => {
    const before = { ...first!, validFrom: "2020-01-01", validTo: "2025-12-31" };
    expect(tell([before, { ...first!, validFrom: "2026-01-01" }])).toEqual([
      "1/id there are two vehicles van-3.5t",
    ]);
  });

  it.each([
    ["engineKw", { engineKw: 1 }],
    ["heightM", { heightM: 0.05 }],
    ["lengthM", { lengthM: 2.05 }],
    ["maxPayloadKg", { maxPayloadKg: 1351 }],
    ["auxiliaryKw", { engineKw: 60, auxiliaryKw: 31 }],
  ])("has no vehicle whose %s cannot be", (field, change) => {
    expect(tell([first!])).toEqual([]);
    expect(tell([{ ...first!, ...change }])).toEqual([expect.stringMatching(`^0/${field} `)]);
  });
});
