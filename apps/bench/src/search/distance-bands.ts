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

/** Random trips in the order in which they are drawn, none from a node to itself. */
export function drawTrips(network: MeasuredNetwork, count: number, random: Random): BandTrip[] {
  const { nodes, shape } = network;
  if (nodes.length < 2) throw new RangeError("the network has fewer than 2 nodes");
  const draw = (): number => nodes[Math.floor(random() * nodes.length)]!;
  const trips: BandTrip[] = [];
  while (trips.length < count) {
    const source = draw();
    const target = draw();
    if (source === target) continue;
    const east = shape.x[target]! - shape.x[source]!;
    const north = shape.y[target]! - shape.y[source]!;
    trips.push({ source, target, band: bandOf(Math.hypot(east, north) * KM_PER_STEP) });
  }
  return trips;
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
