import { carriagewayOf, LEGAL_URBAN, type LegalRoad } from "../osm/legal-road.ts";

/** The limit of one vehicle on a kind of road. */
export interface LegalSpeed {
  readonly kmh: number;
  /**
   * Within built-up areas: whether a sign may allow more; for every vehicle alike, or up to the limit
   * that its class has outside. Absent: a sign can only lower the limit.
   */
  readonly raisedBySign?: "for-all" | "up-to-class-limit";
}

/** The limits of one vehicle by kind of road; absent where the law is silent. */
export type LegalSpeeds = Readonly<Partial<Record<LegalRoad, LegalSpeed>>>;

/** Where the law has no limit for a kind of road, that of the next one holds. */
const NEXT_ROAD: Readonly<Partial<Record<LegalRoad, LegalRoad>>> = {
  motorway: "expressway",
  expressway: "dual",
  dual: "single",
  minor: "single",
};

/** The limit of a vehicle on a kind of road, undefined where the law has none for any like it. */
function limitOn(speeds: LegalSpeeds, road: LegalRoad): LegalSpeed | undefined {
  for (let at: LegalRoad | undefined = road; at !== undefined; at = NEXT_ROAD[at]) {
    if (speeds[at] !== undefined) return speeds[at];
  }
  return undefined;
}

/**
 * What a vehicle may drive on a road, km/h; Infinity where neither law nor sign limits it. Outside
 * built-up areas a sign lowers the limit of the vehicle's class and never raises it; within them the
 * law of the country says what a sign can do.
 *
 * @param legalRoad - see `osm/legal-road.ts`
 * @param signKmh - 0 where nothing is posted
 */
export function legalSpeedKmh(speeds: LegalSpeeds, legalRoad: number, signKmh: number): number {
  const sign = signKmh > 0 ? signKmh : Infinity;
  const classKmh = limitOn(speeds, carriagewayOf(legalRoad))?.kmh ?? Infinity;
  const urban = (legalRoad & LEGAL_URBAN) === 0 ? undefined : speeds.urban;
  if (urban === undefined) return Math.min(sign, classKmh);
  if (signKmh === 0 || urban.raisedBySign === undefined) return Math.min(sign, urban.kmh);
  return urban.raisedBySign === "for-all" ? sign : Math.min(sign, classKmh);
}
