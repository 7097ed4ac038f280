import { countryRule, SPEED_TYPE_KEYS } from "./legal-road.ts";
import type { OsmTags } from "./osm-elements.ts";

const KMH_PER_MPH = 1.609344;
const WALK_KMH = 7;

/** Countries whose living streets are driven at walking pace; 20 km/h elsewhere. */
const WALKING_PACE: ReadonlySet<string> = new Set(["DE", "AT"]);
const LIVING_STREET_KMH = 20;
/** Countries whose zones count in miles per hour. */
const IN_MILES: ReadonlySet<string> = new Set(["GB"]);

/**
 * Speed of a `maxspeed` value in km/h; 0 when it states no number (`none`, `signals`, a limit that
 * depends on the vehicle such as `DE:rural`, or something unreadable).
 */
export function parseSpeedKmh(value: string | undefined): number {
  if (value === undefined) return 0;
  if (value === "walk") return WALK_KMH;
  const match = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh|kph)?$/.exec(value.trim());
  if (match === null) return ruleKmh(value);
  return wholeKmh(Number(match[1]) * (match[2] === "mph" ? KMH_PER_MPH : 1));
}

/** Speed that the rule of a country states for every vehicle, km/h, or 0. */
function ruleKmh(value: string | undefined): number {
  const rule = countryRule(value);
  if (rule === undefined) return 0;
  if (rule.name === "living_street") {
    return WALKING_PACE.has(rule.country) ? WALK_KMH : LIVING_STREET_KMH;
  }
  const zone = /^(?:zone:?)?(\d+)$/.exec(rule.name);
  if (zone === null) return 0;
  return wholeKmh(Number(zone[1]) * (IN_MILES.has(rule.country) ? KMH_PER_MPH : 1));
}

function wholeKmh(kmh: number): number {
  return Math.min(255, Math.round(kmh));
}

/** Posted speed for every vehicle along or against a way in km/h; 0 when none is posted. */
export function postedSpeedKmh(tags: OsmTags, against: boolean): number {
  for (const key of [`maxspeed:${directionOf(against)}`, "maxspeed"]) {
    const kmh = parseSpeedKmh(tags.get(key));
    if (kmh > 0) return kmh;
  }
  for (const key of SPEED_TYPE_KEYS) {
    const kmh = ruleKmh(tags.get(key));
    if (kmh > 0) return kmh;
  }
  return 0;
}

/** Posted speed for vehicles above 3.5 t alone, likewise. */
export function postedTruckSpeedKmh(tags: OsmTags, against: boolean): number {
  for (const key of [`maxspeed:hgv:${directionOf(against)}`, "maxspeed:hgv"]) {
    const kmh = parseSpeedKmh(tags.get(key));
    if (kmh > 0) return kmh;
  }
  return 0;
}

function directionOf(against: boolean): "forward" | "backward" {
  return against ? "backward" : "forward";
}
