import type { OsmTags } from "./osm-elements.ts";
import { ROAD_CLASSES } from "./road-class.ts";
import { onewayDirection } from "./way-access.ts";

/**
 * Kinds of road that laws tell apart: motorway; outside built-up areas a road for motor vehicles only
 * with separated carriageways (`expressway`), any other with separated ones (`dual`), without
 * (`single`), and without priority (`minor`); within built-up areas (`urban`).
 */
export const LEGAL_ROADS = ["motorway", "expressway", "dual", "single", "minor", "urban"] as const;

/** One of {@link LEGAL_ROADS}. */
export type LegalRoad = (typeof LEGAL_ROADS)[number];

/** What a road is outside built-up areas. */
export type Carriageway = Exclude<LegalRoad, "urban">;

/** Bit of a legal road: it lies in a built-up area; its carriageway is in the bits below. */
export const LEGAL_URBAN = 8;

/** The carriageway of a legal road. */
export function carriagewayOf(legalRoad: number): Carriageway {
  return LEGAL_ROADS[legalRoad & (LEGAL_URBAN - 1)] as Carriageway;
}

/** A legal road for people, such as `urban single`. */
export function legalRoadText(legalRoad: number): string {
  const carriageway = carriagewayOf(legalRoad);
  return (legalRoad & LEGAL_URBAN) === 0 ? carriageway : `urban ${carriageway}`;
}

/** Keys whose values may name a rule of a country, such as `DE:rural`, before a speed or beside it. */
export const SPEED_TYPE_KEYS = [
  "maxspeed:type",
  "source:maxspeed",
  "zone:maxspeed",
  "zone:traffic",
  "maxspeed",
] as const;

/** A rule of a country: `GB:nsl_single`, `DE:urban`, `GB-WLS:20`, `FR:zone30`. */
const COUNTRY_RULE = /^(?<country>[A-Z]{2})(?:-[A-Z]{2,3})?:(?<name>\w+(?::\w+)?)$/;

/** The country and the name of a rule, or undefined where a value is none. */
export function countryRule(
  value: string | undefined,
): { readonly country: string; readonly name: string } | undefined {
  const groups = value === undefined ? undefined : COUNTRY_RULE.exec(value.trim())?.groups;
  return groups === undefined ? undefined : { country: groups["country"]!, name: groups["name"]! };
}

/** What the names of rules say of a road. */
const RULES: Readonly<Record<string, LegalRoad | "open">> = {
  motorway: "motorway",
  trunk: "expressway",
  expressway: "expressway",
  nsl_dual: "dual",
  nsl_single: "single",
  rural: "open",
  urban: "urban",
  nsl_restricted: "urban",
  living_street: "urban",
  bicycle_road: "urban",
};
/** Zones with a speed of their own lie in towns. */
const ZONE = /^(?:zone:?)?\d+$/;

/** What the rules named in the tags say: the first that speaks of a carriageway, and of a town. */
function rulesOf(tags: OsmTags): { readonly carriageway?: Carriageway; readonly urban?: boolean } {
  let carriageway: Carriageway | undefined;
  let urban: boolean | undefined;
  for (const key of SPEED_TYPE_KEYS) {
    const name = countryRule(tags.get(key))?.name;
    if (name === undefined) continue;
    const says = ZONE.test(name) ? "urban" : Object.hasOwn(RULES, name) ? RULES[name] : undefined;
    if (says === undefined) continue;
    urban ??= says === "urban";
    if (says !== "urban" && says !== "open") carriageway ??= says;
  }
  return {
    ...(carriageway === undefined ? {} : { carriageway }),
    ...(urban === undefined ? {} : { urban }),
  };
}

/** Classes whose one-way roads are taken for one of two carriageways. */
const DUAL_CLASSES: ReadonlySet<string> = new Set(["trunk", "primary", "secondary"]);
/** Classes taken for roads without priority. */
const MINOR_CLASSES: ReadonlySet<string> = new Set([
  "unclassified",
  "residential",
  "living_street",
  "road",
  "service",
]);
const TOWN_CLASSES: ReadonlySet<string> = new Set(["residential", "living_street"]);

/**
 * What the law takes a way for, as a byte: index of the carriageway in {@link LEGAL_ROADS}, and
 * {@link LEGAL_URBAN}. A tag that names the rule decides; without one the class, `motorroad`, one-way
 * traffic, and street lighting where no speed is posted. In doubt a road lies outside built-up areas,
 * where what is posted holds and no truck gains from the doubt.
 */
export function legalRoadOf(tags: OsmTags, classIndex: number): number {
  const roadClass = ROAD_CLASSES[classIndex]!;
  const rules = rulesOf(tags);
  const carriageway = rules.carriageway ?? carriagewayByTags(tags, roadClass);
  if (carriageway === "motorway") return LEGAL_ROADS.indexOf(carriageway);
  const urban = rules.urban ?? isTown(tags, roadClass, carriageway);
  return LEGAL_ROADS.indexOf(carriageway) | (urban ? LEGAL_URBAN : 0);
}

function carriagewayByTags(tags: OsmTags, roadClass: string): Carriageway {
  if (roadClass === "motorway" || roadClass === "motorway_link") return "motorway";
  const isOneway = (onewayDirection(tags) ?? 0) !== 0 && !tags.has("junction");
  const isSeparated = tags.get("dual_carriageway") === "yes" || isOneway;
  if (tags.get("motorroad") === "yes") return isSeparated ? "expressway" : "single";
  if (isSeparated && DUAL_CLASSES.has(roadClass)) return "dual";
  return MINOR_CLASSES.has(roadClass) ? "minor" : "single";
}

function isTown(tags: OsmTags, roadClass: string, carriageway: Carriageway): boolean {
  if (TOWN_CLASSES.has(roadClass)) return true;
  return carriageway !== "expressway" && tags.get("lit") === "yes" && !tags.has("maxspeed");
}
