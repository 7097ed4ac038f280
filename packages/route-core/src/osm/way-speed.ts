import type { OsmTags } from "./osm-elements.ts";

const KMH_PER_MPH = 1.609344;

/** Values that stand for a number. */
const NAMED_KMH: Readonly<Record<string, number>> = { walk: 7, "DE:living_street": 7 };

/**
 * Speed of a `maxspeed` value in km/h; 0 when it states no number (`none`, `signals`, a country
 * default, or something unreadable).
 */
export function parseSpeedKmh(value: string | undefined): number {
  if (value === undefined) return 0;
  const named = NAMED_KMH[value];
  if (named !== undefined) return named;
  const match = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh|kph)?$/.exec(value.trim());
  if (match === null) return 0;
  const number = Number(match[1]) * (match[2] === "mph" ? KMH_PER_MPH : 1);
  return Math.min(255, Math.round(number));
}

/** Posted speed for trucks along or against a way in km/h; 0 when none is posted. */
export function postedSpeedKmh(tags: OsmTags, against: boolean): number {
  const direction = against ? "backward" : "forward";
  for (const key of [
    `maxspeed:hgv:${direction}`,
    "maxspeed:hgv",
    `maxspeed:${direction}`,
    "maxspeed",
  ]) {
    const kmh = parseSpeedKmh(tags.get(key));
    if (kmh > 0) return kmh;
  }
  return 0;
}
