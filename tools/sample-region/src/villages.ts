import type { SeededRandom } from "@gradeway/test-kit";

import type { Point } from "./county-frame.ts";
import { distanceM } from "./county-frame.ts";
import { motorwayAxis } from "./motorway.ts";
import type { NetworkBuilder } from "./network-builder.ts";
import { isOverLake, ridgeCentreXM } from "./terrain.ts";
import { TOWN_PLANS } from "./town-plans.ts";
import { riverXM } from "./waterways.ts";

const VILLAGES_PER_VALLEY = 13;
const MIN_APART_M = 1_700;
const MIN_TOWN_DISTANCE_M = 2_300;
const MAX_ATTEMPTS = 4_000;

export interface Village {
  readonly name: string;
  /** Where its main street crosses its lane. */
  readonly centre: number;
}

/** Scatters villages over both valleys: a main street, lanes, a farm track each. */
export function addVillages(builder: NetworkBuilder, random: SeededRandom): Village[] {
  const sites: Point[] = [];
  for (const side of [-1, 1] as const) {
    const wanted = sites.length + VILLAGES_PER_VALLEY;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && sites.length < wanted; attempt += 1) {
      const site = {
        xM: side * random.between(5_900, 17_600),
        yM: random.between(-12_800, 12_600),
      };
      if (isGoodSite(site, sites)) sites.push(site);
    }
  }
  return sites.map((site, index) => addVillage(builder, site, index, random));
}

function isGoodSite(site: Point, others: readonly Point[]): boolean {
  const isFree = others.every((other) => distanceM(site, other) > MIN_APART_M);
  const isOutsideTowns = Object.values(TOWN_PLANS).every(
    (plan) => distanceM(site, plan.centre) > MIN_TOWN_DISTANCE_M,
  );
  const riverM = Math.abs(site.xM - riverXM(Math.sign(site.xM), site.yM));
  const valleyRoadM = Math.abs(Math.abs(site.xM) - 8_600);
  const motorwayM = Math.abs(site.yM - motorwayAxis(site.xM).yM);
  return (
    isFree &&
    isOutsideTowns &&
    !isOverLake(site, 700) &&
    Math.abs(site.xM - ridgeCentreXM(site.yM)) > 5_600 &&
    riverM > 550 &&
    valleyRoadM > 650 &&
    motorwayM > 750
  );
}

function addVillage(
  builder: NetworkBuilder,
  site: Point,
  index: number,
  random: SeededRandom,
): Village {
  const name = `Hamlet ${index + 1}`;
  const heading = random.between(0, Math.PI);
  const offset = (alongM: number, asideM: number): Point => ({
    xM: site.xM + alongM * Math.cos(heading) - asideM * Math.sin(heading),
    yM: site.yM + alongM * Math.sin(heading) + asideM * Math.cos(heading),
  });
  const centre = builder.addNode(site);
  const stops = [-260, -200, -135, -70, 70, 135, 200, 260];
  const street = stops.map((alongM) => builder.addNode(offset(alongM, random.between(-8, 8))));
  builder.addWay([...street.slice(0, 4), centre, ...street.slice(4)], {
    highway: "tertiary",
    name: `${name} Main Street`,
    maxspeed: "50",
  });
  for (const [stop, start] of street.entries()) {
    if (!random.chance(0.75)) continue;
    const side = random.chance(0.5) ? 1 : -1;
    const alongM = stops[stop]!;
    const lane = [
      start,
      ...[45, 90, 140].map((asideM) => offset(alongM + random.between(-9, 9), side * asideM)),
    ];
    builder.addPath(lane, {
      highway: "residential",
      name: `${name} Lane ${stop + 1}`,
      maxspeed: "30",
    });
  }
  const farm = [120, 260, 420, 560].map((asideM) => offset(30 + asideM / 3, asideM));
  builder.addPath([centre, ...farm], { highway: "track", tracktype: "grade3" });
  return { name, centre };
}
