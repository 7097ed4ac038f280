import { describe, expect, it } from "vitest";

import { parseLengthM, parseMassT, readRoadLimits } from "../../src/osm/vehicle-limits.ts";
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
    ["13 ft 6 in", 4.1148],
    ["0", 0],
  ])("%s is %d m", (value, metres) => expect(parseLengthM(value)).toBeCloseTo(metres, 9));

  it.each(["default", "none", "no_sign", "unsigned", "below_default"])("%j is no limit", (value) =>
    expect(parseLengthM(value)).toBe(Infinity),
  );

  it.each(["4.2.1", "4 furlongs", "", "high", "4.2;tall"])("%j cannot be read", (value) =>
    expect(parseLengthM(value)).toBeNaN(),
  );

  it("of several the smallest counts", () => {
    expect(parseLengthM("4.2;3.8")).toBe(3.8);
    expect(parseLengthM("default;3.8")).toBe(3.8);
  });
});

describe("masses of limits", () => {
  it.each([
    ["7.5", 7.5],
    ["7,5", 7.5],
    ["7.5 t", 7.5],
    ["7500 kg", 7.5],
    ["3.5t", 3.5],
    ["2000 lbs", 0.90718474],
    ["2000 lb", 0.90718474],
    ["10 st", 9.0718474],
  ])("%s is %d t", (value, tonnes) => expect(parseMassT(value)).toBeCloseTo(tonnes, 9));

  it("tells no limit from an unreadable one", () => {
    expect(parseMassT("none")).toBe(Infinity);
    expect(parseMassT("7.5 elephants")).toBeNaN();
  });
});

const roadLimits = (tags: Parameters<typeof readRoadLimits>[0]) => readRoadLimits(tags).limits;

describe("limits of a way", () => {
  it("has none without tags or with values that are no numbers", () => {
    expect(roadLimits(tagsOf({ highway: "primary" }))).toBeUndefined();
    expect(roadLimits(tagsOf({ maxheight: "default", maxweight: "none" }))).toBeUndefined();
  });

  it("says when a tag cannot be read, and keeps the others", () => {
    const reading = readRoadLimits(tagsOf({ maxheight: "quite low", maxweight: "12" }));
    expect(reading.hasUnreadable).toBe(true);
    expect(reading.limits).toMatchObject({ heightM: Infinity, massT: 12 });
    expect(readRoadLimits(tagsOf({ maxheight: "default" })).hasUnreadable).toBe(false);
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
