import type { Random } from "@gradeway/quality-gates";

import type { MeasuredNetwork } from "../hierarchy/measured-network.ts";

/** A position of a region is in 1e-7 degrees of latitude. */
const KM_PER_STEP = 1.1132e-5;
/** Upper ends of the bands. */
const BANDS_KM = [10, 25, 50, 100, Infinity];

/** A trip between two nodes of a region. */
export interface BandTrip {
  readonly source: number;
  readonly target: number;
  /** How far apart its ends are. */
  readonly band: string;
}

/** Draws for one trip of a band before it is taken for empty. */
const MOST_DRAWS = 200_000;

/** Random trips in the order in which they are drawn, none from a node to itself. */
export function drawTrips(network: MeasuredNetwork, count: number, random: Random): BandTrip[] {
  const draw = drawerOf(network, random);
  return Array.from({ length: count }, draw);
}

/**
 * Random trips of each band in turn. In a large region nearly all trips are long, and the short ones are
 * what most people drive; bands that the region is too small for are left out.
 */
export function drawTripsOfBands(
  network: MeasuredNetwork,
  count: number,
  random: Random,
): BandTrip[] {
  const draw = drawerOf(network, random);
  const trips: BandTrip[] = [];
  let bands = BAND_NAMES;
  while (trips.length < count && bands.length > 0) {
    const band = bands[trips.length % bands.length]!;
    let trip = draw();
    for (let drawn = 1; trip.band !== band && drawn < MOST_DRAWS; drawn++) trip = draw();
    if (trip.band === band) trips.push(trip);
    else bands = bands.filter((other) => other !== band);
  }
  return trips;
}

function drawerOf({ nodes, shape }: MeasuredNetwork, random: Random): () => BandTrip {
  if (nodes.length < 2) throw new RangeError("the network has fewer than 2 nodes");
  const pick = (): number => nodes[Math.floor(random() * nodes.length)]!;
  return () => {
    const source = pick();
    let target = pick();
    while (target === source) target = pick();
    const east = shape.x[target]! - shape.x[source]!;
    const north = shape.y[target]! - shape.y[source]!;
    return { source, target, band: bandOf(Math.hypot(east, north) * KM_PER_STEP) };
  };
}

/** Names of the bands, the nearest first. */
export const BAND_NAMES: readonly string[] = BANDS_KM.map((_, place) => nameOf(place));

function bandOf(distanceKm: number): string {
  return nameOf(BANDS_KM.findIndex((endKm) => distanceKm < endKm));
}

function nameOf(place: number): string {
  const from = place === 0 ? 0 : BANDS_KM[place - 1]!;
  const to = BANDS_KM[place]!;
  return to === Infinity ? `from ${from} km` : `${from} to ${to} km`;
}
