import type { OsmTags, SeededRandom } from "@gradeway/test-kit";

import type { Point } from "./county-frame.ts";
import { between, distanceM } from "./county-frame.ts";
import type { NetworkBuilder } from "./network-builder.ts";
import { curveThrough, withBends } from "./road-curve.ts";
import { isOverLake, ridgeCentreXM } from "./terrain.ts";
import { townReachM } from "./town.ts";
import { TOWN_PLANS } from "./town-plans.ts";
import { createFractalNoise } from "./value-noise.ts";

const SPACING_M = 60;
const MAX_LINK_M = 9_000;
/** A link that is not needed for connection is built if the way round is this much longer. */
const WORTHWHILE_DETOUR = 1.9;
const SWING_M = 140;
/** Main roads between two hubs are about this much longer than the straight line. */
const MAIN_ROAD_DETOUR = 1.25;

/** A place that rural roads may lead to. */
export interface Hub {
  readonly position: Point;
  /** Main roads join these hubs already. */
  readonly isOnMainRoad: boolean;
  /** The node to join, given where the road comes from. */
  nodeTowards(target: Point): number;
}

interface Link {
  readonly from: number;
  readonly to: number;
  readonly lengthM: number;
}

const SPECIAL_RULES: readonly OsmTags[] = [
  { "maxweightrating:hgv": "7.5" },
  { maxweight: "12" },
  { hgv: "no" },
  { surface: "gravel", maxspeed: "50" },
  { maxspeed: "100" },
];

/** Joins the hubs of each valley: the shortest connecting tree first, then worthwhile shortcuts. */
export function addRuralRoads(
  builder: NetworkBuilder,
  hubs: readonly Hub[],
  random: SeededRandom,
): void {
  const noise = createFractalNoise(random, 900, 2, 0.5);
  const links = chooseLinks(hubs);
  for (const [index, { from, to, isTree }] of links.entries()) {
    const [start, end] = [hubs[from]!, hubs[to]!];
    const stops = [start.nodeTowards(end.position), end.nodeTowards(start.position)];
    const curve = withBends(builder, curveThrough(builder, stops, SPACING_M), noise, SWING_M);
    // Only shortcuts carry the odd rules, so that no village is out of reach of a truck.
    const special = isTree ? undefined : SPECIAL_RULES[index % SPECIAL_RULES.length];
    builder.addPath(curve, {
      highway: isTree ? "tertiary" : "unclassified",
      name: `County Road ${index + 1}`,
      maxspeed: isTree ? "80" : "70",
      ...special,
    });
  }
}

function chooseLinks(hubs: readonly Hub[]): (Link & { readonly isTree: boolean })[] {
  const candidates: Link[] = [];
  for (const [from, start] of hubs.entries()) {
    for (let to = from + 1; to < hubs.length; to += 1) {
      const end = hubs[to]!.position;
      const lengthM = distanceM(start.position, end);
      const isPossible =
        lengthM > 250 && lengthM < MAX_LINK_M && isOpenCountry(start.position, end);
      if (isPossible) candidates.push({ from, to, lengthM });
    }
  }
  candidates.sort((a, b) => a.lengthM - b.lengthM);
  const group = hubs.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (group[root] !== root) root = group[root]!;
    return root;
  };
  const mainRoadHub = hubs.findIndex(({ isOnMainRoad }) => isOnMainRoad);
  for (const [index, { isOnMainRoad }] of hubs.entries()) {
    if (isOnMainRoad) group[index] = mainRoadHub;
  }
  const distances = hubs.map((from, row) =>
    hubs.map((to, column) => {
      if (row === column) return 0;
      const isJoined = from.isOnMainRoad && to.isOnMainRoad;
      return isJoined ? distanceM(from.position, to.position) * MAIN_ROAD_DETOUR : Infinity;
    }),
  );
  const chosen: (Link & { readonly isTree: boolean })[] = [];
  for (const link of candidates) {
    const isTree = rootOf(link.from) !== rootOf(link.to);
    if (!isTree && distances[link.from]![link.to]! < link.lengthM * WORTHWHILE_DETOUR) continue;
    group[rootOf(link.from)] = rootOf(link.to);
    relax(distances, link);
    chosen.push({ ...link, isTree });
  }
  return chosen;
}

/** Updates all distances between hubs for one new link. */
function relax(distances: number[][], { from, to, lengthM }: Link): void {
  const toFrom = distances.map((row) => row[from]!);
  const toTo = distances.map((row) => row[to]!);
  for (const [i, row] of distances.entries()) {
    for (let j = 0; j < row.length; j += 1) {
      const through = Math.min(toFrom[i]! + toTo[j]!, toTo[i]! + toFrom[j]!) + lengthM;
      if (through < row[j]!) row[j] = through;
    }
  }
}

/** Off the ridge, the lake and the built-up areas all the way. */
function isOpenCountry(start: Point, end: Point): boolean {
  const samples = 40;
  for (let index = 1; index < samples; index += 1) {
    const point = between(start, end, index / samples);
    if (isOverLake(point, 250)) return false;
    if (point.yM > -9_000 && Math.abs(point.xM - ridgeCentreXM(point.yM)) < 5_200) return false;
    for (const plan of Object.values(TOWN_PLANS)) {
      const reach = townReachM(plan);
      const isInTown =
        Math.abs(point.xM - plan.centre.xM) < reach.xM &&
        Math.abs(point.yM - plan.centre.yM) < reach.yM;
      if (isInTown) return false;
    }
  }
  return true;
}
