import type { OsmTags } from "@gradeway/test-kit";

import type { NetworkBuilder } from "./network-builder.ts";
import type { Point } from "./county-frame.ts";
import type { Interchange, Motorway } from "./motorway.ts";
import { curveThrough } from "./road-curve.ts";
import { addRoundabout } from "./roundabout.ts";
import { GAP_Y_M } from "./terrain.ts";
import type { Town } from "./town.ts";

const SPACING_M = 75;
// Both state the limit for trucks, so that the demo does not hang on a router's default for the class.
const VALLEY_ROAD = {
  highway: "primary",
  ref: "P 2",
  name: "Valley Road",
  maxspeed: "80",
  "maxspeed:hgv": "70",
};
const SOUTH_ROAD = {
  highway: "trunk",
  ref: "T 3",
  name: "South Ring Road",
  maxspeed: "90",
  "maxspeed:hgv": "70",
};
const TOWN_ROAD = { highway: "secondary", ref: "S 11", name: "Market Road", maxspeed: "80" };

export interface Towns {
  readonly westborough: Town;
  readonly eastborough: Town;
  readonly southwick: Town;
  readonly millmarket: Town;
}

/** The valley roads, and the road around the southern end of the ridge that joins them. */
export function addValleyRoads(
  builder: NetworkBuilder,
  towns: Towns,
  motorway: Motorway,
): readonly number[] {
  const road = (stops: readonly (number | Point)[], tags: OsmTags): void => {
    builder.addPath(curveThrough(builder, stops, SPACING_M), tags);
  };
  const valley = (town: Town, interchange: Interchange, side: -1 | 1): number[] => {
    const northEnd = builder.addNode({ xM: side * 8_100, yM: 12_700 });
    const northHub = builder.addNode({ xM: side * 8_750, yM: 9_000 });
    const middleHub = builder.addNode({ xM: side * 8_800, yM: 900 });
    road([northEnd, northHub, town.northGate], VALLEY_ROAD);
    road([town.southGate, middleHub, interchange.northTerminal], VALLEY_ROAD);
    road([interchange.northTerminal, interchange.southTerminal], VALLEY_ROAD);
    return [northEnd, northHub, middleHub];
  };
  const westHubs = valley(towns.westborough, motorway.west, -1);
  const eastHubs = valley(towns.eastborough, motorway.east, 1);

  const westCentre = { xM: -8_550, yM: -5_900 };
  const eastCentre = { xM: 8_550, yM: -5_900 };
  const westCircle = addRoundabout(builder, westCentre, "primary", 28);
  const eastCircle = addRoundabout(builder, eastCentre, "primary", 28);
  for (const [terminal, circle] of [
    [motorway.west.southTerminal, westCircle],
    [motorway.east.southTerminal, eastCircle],
  ] as const) {
    road([terminal, circle.armTowards(builder.positionOf(terminal))], VALLEY_ROAD);
  }

  const southWestBend = { xM: -6_700, yM: -8_400 };
  const southEastBend = { xM: 6_700, yM: -8_500 };
  const gap = builder.addNode({ xM: 0, yM: GAP_Y_M });
  road(
    [
      westCircle.armTowards(southWestBend),
      southWestBend,
      { xM: -3_400, yM: GAP_Y_M + 600 },
      gap,
      { xM: 3_400, yM: GAP_Y_M + 500 },
      southEastBend,
      eastCircle.armTowards(southEastBend),
    ],
    SOUTH_ROAD,
  );

  addTownRoad(builder, westCentre, westCircle.armTowards, towns.southwick, -1);
  addTownRoad(builder, eastCentre, eastCircle.armTowards, towns.millmarket, 1);
  road([motorway.westEnd, { xM: -15_800, yM: -4_300 }, towns.southwick.northGate], TOWN_ROAD);
  road([motorway.eastEnd, { xM: 16_000, yM: -4_500 }, towns.millmarket.northGate], TOWN_ROAD);
  return [...westHubs, ...eastHubs, towns.southwick.southGate, towns.millmarket.southGate];
}

function addTownRoad(
  builder: NetworkBuilder,
  circleCentre: Point,
  armTowards: (target: Point) => number,
  town: Town,
  side: -1 | 1,
): void {
  const arm = armTowards(town.plan.centre);
  const gate = side < 0 ? town.eastGateTowards(circleCentre) : town.westGateTowards(circleCentre);
  builder.addPath(curveThrough(builder, [arm, gate], SPACING_M), TOWN_ROAD);
}
