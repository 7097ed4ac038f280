import { describe, expect, it } from "vitest";

import type { LegalSpeeds } from "../../src/costing/legal-speeds.ts";
import { targetSpeedKmh, type SpeedColumns } from "../../src/costing/speed-rules.ts";
import type { VehicleProfile } from "../../src/costing/vehicle-profile.ts";
import { LEGAL_ROADS, LEGAL_URBAN, type LegalRoad } from "../../src/osm/legal-road.ts";
import { ROAD_CLASSES, type RoadClass } from "../../src/osm/road-class.ts";
import { ARTIC, SPEED_RULES, VAN } from "../vehicles.ts";

/** A road of one span; speeds are posted in both directions. */
const road = (
  roadClass: RoadClass,
  legalRoad: LegalRoad,
  posted: { all?: number; trucks?: number; urban?: boolean } = {},
): SpeedColumns => {
  const all = Uint8Array.of(posted.all ?? 0);
  const trucks = Uint8Array.of(posted.trucks ?? 0);
  return {
    spanClass: Uint8Array.of(ROAD_CLASSES.indexOf(roadClass)),
    spanLegalRoad: Uint8Array.of(
      LEGAL_ROADS.indexOf(legalRoad) | (posted.urban === true ? LEGAL_URBAN : 0),
    ),
    spanFlags: Uint8Array.of(0),
    spanSpeedForwardKmh: all,
    spanSpeedBackwardKmh: all,
    spanTruckSpeedForwardKmh: trucks,
    spanTruckSpeedBackwardKmh: trucks,
  };
};

/** Practical shares of one, so that target speeds are limits. */
const PLAIN = Object.fromEntries(
  Object.entries(SPEED_RULES.classes).map(([name, rule]) => [name, { ...rule, practicalShare: 1 }]),
) as unknown as typeof SPEED_RULES.classes;

const limit = (vehicle: VehicleProfile, law: LegalSpeeds | undefined, on: SpeedColumns): number => {
  const legal = law === undefined ? {} : { legalByVehicle: { [vehicle.id]: law } };
  return targetSpeedKmh({ classes: PLAIN, ...legal }, vehicle, on, 0, false);
};

/* StVO § 3, § 18 and Anlage 2 No. 49, for a truck above 7.5 t. */
const GERMAN: LegalSpeeds = {
  motorway: { kmh: 80 },
  expressway: { kmh: 80 },
  dual: { kmh: 60 },
  single: { kmh: 60 },
  urban: { kmh: 50, raisedBySign: "for-all" },
};
/* Schedule 6 of the Road Traffic Regulation Act 1984, above 7.5 t in England, in whole km/h. */
const ENGLISH: LegalSpeeds = {
  motorway: { kmh: 97 },
  dual: { kmh: 97 },
  single: { kmh: 80 },
  urban: { kmh: 48, raisedBySign: "up-to-class-limit" },
};
/* R413-8: 50 km/h in towns, whatever signs allow others. */
const FRENCH: LegalSpeeds = {
  motorway: { kmh: 90 },
  dual: { kmh: 80 },
  single: { kmh: 80 },
  minor: { kmh: 60 },
  urban: { kmh: 50 },
};

describe("the legal speed of a truck", () => {
  it.each([
    ["is the class's on a motorway without a sign", road("motorway", "motorway"), 80],
    ["is the class's under a higher sign", road("motorway", "motorway", { all: 120 }), 80],
    ["is a lower sign's", road("motorway", "motorway", { all: 60 }), 60],
    ["is not raised by a sign outside towns", road("primary", "single", { all: 100 }), 60],
    ["is not raised by a sign for trucks", road("primary", "single", { trucks: 80 }), 60],
    ["is the lower sign's of two", road("motorway", "motorway", { all: 70, trucks: 50 }), 50],
    [
      "is the general sign's where that for trucks is higher",
      road("primary", "single", { all: 30, trucks: 50 }),
      30,
    ],
    ["is that of carriageways apart", road("trunk", "dual", { all: 120 }), 60],
    ["is higher where only motor vehicles go", road("trunk", "expressway", { all: 120 }), 80],
    ["is the town's in towns", road("primary", "single", { urban: true }), 50],
    ["is a sign's for all in towns", road("primary", "single", { all: 70, urban: true }), 70],
    ["is a low sign's in towns", road("primary", "single", { all: 30, urban: true }), 30],
  ])("%s (Germany)", (_, on, expected) => expect(limit(ARTIC, GERMAN, on)).toBe(expected));

  it.each([
    ["the limiter's on a motorway", road("motorway", "motorway"), 90],
    ["the class's on a single carriageway", road("trunk", "single", { all: 97 }), 80],
    ["a sign's in towns", road("primary", "single", { all: 64, urban: true }), 64],
    [
      "the class's in towns under a higher sign",
      road("primary", "single", { all: 97, urban: true }),
      80,
    ],
    [
      "that of dual carriageways on roads for motor vehicles",
      road("trunk", "expressway", { all: 113 }),
      90,
    ],
  ])("is %s (England)", (_, on, expected) => expect(limit(ARTIC, ENGLISH, on)).toBe(expected));

  it.each([
    ["50 in towns under a sign of 70", road("primary", "single", { all: 70, urban: true }), 50],
    ["30 in towns under a sign of 30", road("primary", "single", { all: 30, urban: true }), 30],
    ["60 on roads without priority", road("unclassified", "minor", { all: 80 }), 60],
  ])("is %s (France)", (_, on, expected) => expect(limit(ARTIC, FRENCH, on)).toBe(expected));

  it("is that of the class of road where the law is not known", () => {
    expect(limit(ARTIC, undefined, road("motorway", "motorway", { all: 130 }))).toBe(90);
    expect(limit(ARTIC, undefined, road("primary", "single", { all: 100 }))).toBe(70);
    expect(limit(VAN, undefined, road("primary", "single", { all: 100 }))).toBe(100);
  });
});

describe("the target speed", () => {
  it("is typical of the road where nothing is posted and the law allows more", () => {
    const light: LegalSpeeds = { single: { kmh: 100 } };
    expect(limit(VAN, light, road("tertiary", "single"))).toBe(50);
    expect(limit(VAN, light, road("tertiary", "single", { all: 70 }))).toBe(70);
  });

  it("leaves signs for trucks to trucks", () => {
    const light: LegalSpeeds = { single: { kmh: 100 } };
    expect(limit(VAN, light, road("primary", "single", { all: 100, trucks: 40 }))).toBe(100);
  });

  it("is never above what vehicle and driver do, nor below a crawl", () => {
    const fast: LegalSpeeds = { motorway: { kmh: 130 } };
    expect(limit(VAN, fast, road("motorway", "motorway", { all: 130 }))).toBe(112);
    expect(limit(VAN, fast, road("service", "single", { all: 2 }))).toBe(5);
  });

  it("is a share of the limit on ordinary roads", () => {
    const rules = { ...SPEED_RULES, legalByVehicle: { [ARTIC.id]: GERMAN } };
    const on = road("primary", "single", { all: 100 });
    expect(targetSpeedKmh(rules, ARTIC, on, 0, true)).toBeCloseTo(60 * 0.9, 9);
  });
});
