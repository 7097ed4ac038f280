import type { FigureChanges, RegionDiff, TableDiff, WayChange } from "@gradeway/model-assets";

import { textTable } from "./text-table.ts";

/** Changes that are shown of each figure; JSON has them all. */
const SHOWN = 5;

const LIMIT_NAMES = {
  heightM: "maxheight",
  widthM: "maxwidth",
  lengthM: "maxlength",
  massT: "maxweight",
  ratingT: "maxweightrating",
  axleLoadT: "maxaxleload",
} as const;

/** What changed between two regions, for people. */
export function describeDiff(diff: RegionDiff): string {
  const { before, after, assets, roads, tables } = diff;
  if (assets.length === 0) return `${before.name}: the assets of both regions are the same`;
  const km = (value: number): string => value.toFixed(1);
  const sides = [before, after].map(({ name, sequence, osmTimestamp, elevation }) => [
    `${name} number ${sequence}`,
    osmTimestamp ?? "of unknown date",
    `${(100 * elevation.coverageRatio).toFixed(2)} %, ${km(elevation.voidKm)} of ${km(elevation.roadKm)} km void`,
    elevation.source,
  ]);
  const classes = Object.entries(roads.byClass).map(([name, change]) => [
    name,
    km(change.beforeKm),
    km(change.afterKm),
    km(change.addedKm),
    km(change.removedKm),
    km(change.changedKm),
  ]);
  const figures: [string, FigureChanges][] = [
    ["road class", roads.reclassified],
    ["maxspeed", roads.speeds],
    ["maxspeed:hgv", roads.truckSpeeds],
    ["legal road", roads.legalRoads],
    ["access", roads.access],
    ...Object.entries(LIMIT_NAMES).map(([column, name]): [string, FigureChanges] => [
      name,
      roads.limits[column as keyof typeof LIMIT_NAMES],
    ]),
    ["toll road", roads.tolls],
  ];
  const counts = figures.map(([name, { added, removed, changed }]) => [
    name,
    String(added.length),
    String(removed.length),
    String(changed.length),
    examples([...changed, ...added, ...removed]),
  ]);
  const { restrictions } = roads;
  counts.push([
    "banned turns",
    String(restrictions.added.length),
    String(restrictions.removed.length),
    "",
    restrictions.added.slice(0, 2).join("; "),
  ]);
  return [
    textTable([["region", "OpenStreetMap", "elevation known", "source"], ...sides]),
    "",
    `ways ${roads.waysBefore} -> ${roads.waysAfter}: ${roads.waysAdded} added, ${roads.waysRemoved} removed, ${roads.waysChanged} changed`,
    "",
    textTable(
      [["km", "before", "after", "added", "removed", "changed"], ...classes],
      new Set([1, 2, 3, 4, 5]),
    ),
    "",
    textTable([["ways", "added", "removed", "changed", "examples"], ...counts], new Set([1, 2, 3])),
    ...Object.entries(tables).flatMap(([kind, table]) => ["", ...describeTable(kind, table)]),
  ].join("\n");
}

function examples(changes: readonly WayChange[]): string {
  const shown = changes
    .slice(0, 2)
    .map(({ wayId, before, after }) => `${wayId}: ${before ?? "none"} -> ${after ?? "none"}`);
  return shown.join("; ");
}

function describeTable(kind: string, { added, removed, changed }: TableDiff): string[] {
  const more = (count: number): string[] => (count > SHOWN ? [`  and ${count - SHOWN} more`] : []);
  return [
    `${kind}: ${added.length} rows added, ${removed.length} removed, ${changed.length} values changed`,
    ...added.slice(0, SHOWN).map((row) => `  + ${row}`),
    ...more(added.length),
    ...removed.slice(0, SHOWN).map((row) => `  - ${row}`),
    ...more(removed.length),
    ...changed
      .slice(0, SHOWN)
      .map(({ at, before, after }) => `  ${at}: ${shownValue(before)} -> ${shownValue(after)}`),
    ...more(changed.length),
  ];
}

function shownValue(value: unknown): string {
  const text = JSON.stringify(value) ?? "none";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
