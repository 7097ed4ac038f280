/** Places on the circle closer than this are one. */
const SAME_PLACE = 1e-9;

/** One of the drives that stand for a course with stops that may or may not happen. */
export interface StopPhase {
  readonly phase: number;
  /** Share of all drives that go this way. */
  readonly weight: number;
}

/**
 * Systematic sampling of stops: laid around a circle of circumference 1 one after another, each as long
 * as its chance, the stops that a phase touches are made. Every stop is made on a share of the phases
 * that is its chance, and as evenly spread along the course as chances allow: of two signals in a
 * row one stops. With stops of chance one half there are two different drives.
 */
export function stopPhases(stopChance: Float64Array): StopPhase[] {
  const cuts = new Set([0]);
  let at = 0;
  for (const chance of stopChance) {
    if (chance <= 0 || chance >= 1) continue;
    at = forward(at + chance);
    cuts.add(at);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.flatMap((from, index) => {
    const weight = (sorted[index + 1] ?? 1) - from;
    return weight < SAME_PLACE ? [] : [{ phase: from + weight / 2, weight }];
  });
}

/**
 * Marks the stops that are made in a phase with 1 and clears all others.
 *
 * @param out - one row per step
 */
export function markStops(stopChance: Float64Array, phase: number, out: Uint8Array): void {
  let at = 0;
  for (let step = 0; step < stopChance.length; step++) {
    const chance = stopChance[step]!;
    out[step] = chance >= 1 ? 1 : 0;
    if (chance <= 0 || chance >= 1) continue;
    if (forward(phase - at + 1) < chance) out[step] = 1;
    at = forward(at + chance);
  }
}

/** A place on the circle, from 0 to below 1. */
function forward(place: number): number {
  const rest = place - Math.floor(place);
  return rest > 1 - SAME_PLACE ? 0 : rest;
}
