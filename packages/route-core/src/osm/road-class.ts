/** Road classes in the order of their index, after the OSM `highway` value. */
export const ROAD_CLASSES = [
  "motorway",
  "motorway_link",
  "trunk",
  "trunk_link",
  "primary",
  "primary_link",
  "secondary",
  "secondary_link",
  "tertiary",
  "tertiary_link",
  "unclassified",
  "residential",
  "living_street",
  "road",
  "service",
] as const;

/** One of {@link ROAD_CLASSES}. */
export type RoadClass = (typeof ROAD_CLASSES)[number];

/** `service` values that are no road for a truck at all. */
const NOT_A_ROAD: ReadonlySet<string> = new Set([
  "parking_aisle",
  "drive-through",
  "emergency_access",
]);

/**
 * Index of the road class of a way, or -1 when the way is no road that a truck could use. Ferries,
 * tracks and areas are not.
 */
export function roadClassIndex(tags: ReadonlyMap<string, string>): number {
  const highway = tags.get("highway");
  if (highway === undefined || tags.get("area") === "yes") return -1;
  if (highway === "service" && NOT_A_ROAD.has(tags.get("service") ?? "")) return -1;
  return ROAD_CLASSES.indexOf(highway as RoadClass);
}
