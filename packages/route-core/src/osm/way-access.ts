import type { OsmTags } from "./osm-elements.ts";

/** Kinds of vehicle for which access differs. `hgv` is above 3.5 t, `van` up to it. */
export const ACCESS_KINDS = ["hgv", "van"] as const;

/** One of {@link ACCESS_KINDS}. */
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** Nobody may pass. */
export const ACCESS_NONE = 0;
/** For reaching a place on it only, never as a through road. */
export const ACCESS_RESTRICTED = 1;
export const ACCESS_OPEN = 2;

const REFUSING: ReadonlySet<string> = new Set([
  "no",
  "agricultural",
  "forestry",
  "agricultural;forestry",
  "emergency",
  "bicycle",
  "psv",
  "bus",
  "none",
  "military",
  "use_sidepath",
]);
const RESTRICTING: ReadonlySet<string> = new Set([
  "destination",
  "delivery",
  "private",
  "customers",
  "permit",
  "residents",
  "restricted",
  "employees",
]);

/** Tag keys from the most specific to the most general (wiki.openstreetmap.org/wiki/Key:access). */
const KEYS: Readonly<Record<AccessKind, readonly string[]>> = {
  hgv: ["hgv", "motor_vehicle", "vehicle", "access"],
  van: ["goods", "motor_vehicle", "vehicle", "access"],
};

/** The most specific access value that the tags state, or undefined. */
export function accessValue(tags: OsmTags, kind: AccessKind): string | undefined {
  for (const key of KEYS[kind]) {
    const value = tags.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What an access value means; several values joined by ";" count as the most permissive one. */
export function accessLevel(value: string | undefined, whenUntagged: number): number {
  if (value === undefined) return whenUntagged;
  if (REFUSING.has(value)) return ACCESS_NONE;
  let level = ACCESS_NONE;
  for (const part of value.split(";")) {
    const text = part.trim();
    const one = REFUSING.has(text)
      ? ACCESS_NONE
      : RESTRICTING.has(text)
        ? ACCESS_RESTRICTED
        : ACCESS_OPEN;
    if (one > level) level = one;
  }
  return level;
}

/** Direction a way may be driven: 1 along, -1 against, 0 both, undefined never predictably. */
export function onewayDirection(tags: OsmTags): 1 | -1 | 0 | undefined {
  const value = tags.get("oneway");
  if (value === "yes" || value === "1" || value === "true") return 1;
  if (value === "-1" || value === "reverse") return -1;
  if (value === "no") return 0;
  if (value === "reversible" || value === "alternating") return undefined;
  const junction = tags.get("junction");
  const implied =
    junction === "roundabout" || junction === "circular" || tags.get("highway") === "motorway";
  return implied ? 1 : 0;
}

/**
 * Access of a way as one byte: two bits each for hgv along, hgv against, van along, van against
 * (see {@link levelOf}).
 */
export function wayAccess(tags: OsmTags): number {
  const direction = onewayDirection(tags);
  if (direction === undefined) return 0;
  const untagged = tags.get("service") === "driveway" ? ACCESS_RESTRICTED : ACCESS_OPEN;
  let access = 0;
  for (const [index, kind] of ACCESS_KINDS.entries()) {
    const level = accessLevel(accessValue(tags, kind), untagged);
    if (direction >= 0) access |= level << (4 * index);
    if (direction <= 0) access |= level << (4 * index + 2);
  }
  return access;
}

/** Level of an access byte for a kind of vehicle; `against` is the direction against the way. */
export function levelOf(access: number, kind: AccessKind, against: boolean): number {
  const shift = (kind === "hgv" ? 0 : 4) + (against ? 2 : 0);
  return (access >> shift) & 3;
}

/** The access byte seen from the other end. */
export function reverseAccess(access: number): number {
  return ((access & 0x33) << 2) | ((access & 0xcc) >> 2);
}
