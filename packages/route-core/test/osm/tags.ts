import type { OsmTags } from "../../src/osm/osm-elements.ts";

/** Tags of an element as the reader hands them out. */
export const tagsOf = (tags: Readonly<Record<string, string>>): OsmTags =>
  new Map(Object.entries(tags));
