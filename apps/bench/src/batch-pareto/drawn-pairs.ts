import { mulberry32, type Random } from "@gradeway/quality-gates";
import type { Bbox, LonLat } from "@gradeway/route-core";

import type { TripPair } from "../random-pairs.ts";
import { pythonRandom, uniform } from "./python-random.ts";

/** The box of the reference's generator: the middle of England. */
const REFERENCE_BOX: Bbox = [-3, 50.5, 0.5, 54.5];

/**
 * The pairs of the Python router that this project's brief describes: uniform in degrees over its box,
 * latitude first, by CPython's generator. Most of them lie off every road.
 */
export function referencePairs(count: number, seed: number): TripPair[] {
  return boxPairs(REFERENCE_BOX, count, pythonRandom(seed));
}

/** Pairs uniform in degrees over a box, by mulberry32, for a server whose roads are not known here. */
export function pairsInBox(box: Bbox, count: number, seed: number): TripPair[] {
  return boxPairs(box, count, mulberry32(seed));
}

function boxPairs([west, south, east, north]: Bbox, count: number, random: Random): TripPair[] {
  const position = (): LonLat => {
    const lat = uniform(random, south, north);
    const lon = uniform(random, west, east);
    return [lon, lat];
  };
  return Array.from({ length: count }, () => {
    const origin = position();
    return { origin, destination: position() };
  });
}
