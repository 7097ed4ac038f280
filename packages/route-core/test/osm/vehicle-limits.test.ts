import { describe, expect, it } from "vitest";

import { parseLengthM, parseMassT, roadLimits } from "../../src/osm/vehicle-limits.ts";
import { tagsOf } from "./tags.ts";

describe("lengths of limits", () => {
  it.each([
    ["4.2", 4.2],
    ["4,2 m", 4.2],
    ["4.2m", 4.2],
    [" 4 m ", 4],
    ["420 cm", 4.2],
    ["13'6\"", 4.1148],
    ["13' 6\"", 4.1148],
    ["13'", 3.9624],
    ["13'6.5\"", 4.1275],
    ["14 ft", 4.2672],
    ["0", 0],
  ])("%s is %d m", (value, metres) => expect(parseLengthM(value)).toBeCloseTo(metres, 9));

  it.each(["default", "none", "no_sign", "unsigned", "below_default", "4.2.1", "4 furlongs", ""])(
    "%j states no number",
    (value) => expect(parseLengthM(value)).toBe(Infinity),
  );
});

describe("masses of limits", () => {
  it.each([
    ["7.5", 7.5],
    ["7,5", 7.5],
    ["7.5 t", 7.5],
    ["7500 kg", 7.5],
    ["3.5t", 3.5],
    ["2000 lbs", 0.90718474],
    ["10 st", 9.0718474],
  ])("%s is %d t", (value, tonnes) => expect(parseMassT(value)).toBeCloseTo(tonnes, 9));

  it.each(["none", "default", "7.5 elephants"])("%j states no number", (value) =>
    expect(parseMassT(value)).toBe(Infinity),
  );
});

describe("limits of a way", () => {
  it("has none without tags or with values that are no numbers", () => {
    expect(roadLimits(tagsOf({ highway: "primary" }))).toBeUndefined();
    expect(roadLimits(tagsOf({ maxheight: "default", maxweight: "none" }))).toBeUndefined();
  });

  it("keeps every limit in its own column", () => {
    const limits = roadLimits(
      tagsOf({
        maxheight: "4",
        maxwidth: "2.5",
        maxlength: "12",
        maxweight: "20",
        maxweightrating: "7.5",
        maxaxleload: "8",
      }),
    );
    expect(limits).toEqual({
      heightM: 4,
      widthM: 2.5,
      lengthM: 12,
      massT: 20,
      ratingT: 7.5,
      axleLoadT: 8,
    });
  });

  it("takes the lower one of a general and a special limit", () => {
    expect(roadLimits(tagsOf({ maxheight: "4.5", "maxheight:physical": "4.1" }))?.heightM).toBe(
      4.1,
    );
    expect(roadLimits(tagsOf({ maxwidth: "3", "maxwidth:physical": "2.6" }))?.widthM).toBe(2.6);
    expect(roadLimits(tagsOf({ maxweight: "18", "maxweight:hgv": "12" }))?.massT).toBe(12);
    expect(roadLimits(tagsOf({ "maxweightrating:hgv": "7.5" }))?.ratingT).toBe(7.5);
  });
});
