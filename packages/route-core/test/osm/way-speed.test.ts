import { describe, expect, it } from "vitest";

import { parseSpeedKmh, postedSpeedKmh, postedTruckSpeedKmh } from "../../src/osm/way-speed.ts";
import { tagsOf } from "./tags.ts";

describe("maxspeed values", () => {
  it.each([
    ["80", 80],
    [" 80 ", 80],
    ["80 km/h", 80],
    ["80 kmh", 80],
    ["80 kph", 80],
    ["30 mph", 48],
    ["30mph", 48],
    ["60 mph", 97],
    ["7.5", 8],
    ["walk", 7],
    ["DE:living_street", 7],
    ["FR:living_street", 20],
    ["DE:zone30", 30],
    ["FR:30", 30],
    ["DE:zone:20", 20],
    ["GB:20", 32],
    ["GB-WLS:zone20", 32],
    ["400", 255],
  ])("%s is %i km/h", (value, kmh) => expect(parseSpeedKmh(value)).toBe(kmh));

  it.each([
    "none",
    "signals",
    "variable",
    "DE:urban",
    "DE:rural",
    "GB:nsl_single",
    "",
    "fast",
    "-50",
    "50;70",
    "constructor",
  ])("%j states no number", (value) => expect(parseSpeedKmh(value) > 0).toBe(false));

  it("a missing value states no number", () => expect(parseSpeedKmh(undefined)).toBe(0));
});

describe("posted speed of a way", () => {
  const speeds = (tags: Record<string, string>): [number, number] => [
    postedSpeedKmh(tagsOf(tags), false),
    postedSpeedKmh(tagsOf(tags), true),
  ];

  it.each([
    [{}, [0, 0]],
    [{ maxspeed: "70" }, [70, 70]],
    [{ maxspeed: "70", "maxspeed:backward": "50" }, [70, 50]],
    [{ "maxspeed:forward": "30" }, [30, 0]],
    [{ maxspeed: "70", "maxspeed:hgv": "60" }, [70, 70]],
    [{ maxspeed: "none", "maxspeed:hgv": "80" }, [0, 0]],
    [{ "zone:maxspeed": "DE:30" }, [30, 30]],
    [{ maxspeed: "50", "source:maxspeed": "DE:zone30" }, [50, 50]],
    [{ "source:maxspeed": "20180101" }, [0, 0]],
  ] as const)("of %j is %j along and against", (tags, expected) => {
    expect(speeds(tags)).toEqual(expected);
  });

  it.each([
    [{ maxspeed: "70" }, [0, 0]],
    [{ maxspeed: "70", "maxspeed:forward": "50", "maxspeed:hgv": "60" }, [60, 60]],
    [{ "maxspeed:hgv": "60", "maxspeed:hgv:forward": "40" }, [40, 60]],
    [{ maxspeed: "70", "maxspeed:hgv": "signals" }, [0, 0]],
    [{ "maxspeed:hgv": "50 mph" }, [80, 80]],
  ] as const)("for trucks alone: %j is %j", (tags, expected) => {
    const all = tagsOf(tags);
    expect([postedTruckSpeedKmh(all, false), postedTruckSpeedKmh(all, true)]).toEqual(expected);
  });
});
