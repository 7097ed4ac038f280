import type { OsmDataset, OsmMember, OsmNode, OsmRelation, OsmTags, OsmWay } from "./osm-data.ts";

const METRES_PER_DEGREE = (Math.PI * 6_371_008.8) / 180;
const COORDINATES_PER_DEGREE = 1e7;
const NODE_NAME = /[A-Za-z0-9]/;

export interface AsciiRestriction {
  /** Key of a way. */
  readonly from: string;
  /** Name of a node, or key of a way; keys of several ways in any order. */
  readonly via: string | readonly string[];
  /** Key of a way. */
  readonly to: string;
  /** Value of the `restriction` tag, for example `no_left_turn`. */
  readonly restriction: string;
  /** More tags of the relation, for example `except`; they win over the derived ones. */
  readonly tags?: OsmTags;
}

export interface AsciiNetworkOptions {
  /** Way key to tags. `ABC` runs through A, B, C; `AB#2` is a second way between A and B. */
  readonly ways: Readonly<Record<string, OsmTags>>;
  readonly nodes?: Readonly<Record<string, OsmTags>>;
  readonly restrictions?: readonly AsciiRestriction[];
  readonly gridM?: number;
  /** Position of the drawing's top left cell. */
  readonly origin?: readonly [lon: number, lat: number];
  readonly timestamp?: string;
}

export interface AsciiNetwork {
  readonly dataset: OsmDataset;
  readonly position: (name: string) => [lon: number, lat: number];
  readonly nodeId: (name: string) => number;
  readonly wayId: (key: string) => number;
}

/**
 * Draws a test network: every letter or digit of the map is a node, one column is `gridM` to the
 * east and one row `gridM` to the south. Other characters are only for the eye; blank first and
 * last lines and the common indentation do not count. Node ids follow the alphabetical order of
 * the names, way and relation ids the order of the options; all start at 1.
 */
export function networkFromAscii(map: string, options: AsciiNetworkOptions): AsciiNetwork {
  const { gridM = 100, origin = [7, 47], restrictions = [] } = options;
  const cells = findCells(map);
  const names = [...cells.keys()].toSorted();
  const nodeIds = new Map(names.map((name, index) => [name, index + 1]));
  const wayKeys = Object.keys(options.ways);
  const wayIds = new Map(wayKeys.map((key, index) => [key, index + 1]));

  const nodeId = (name: string): number => required(nodeIds, name, "node");
  const wayId = (key: string): number => required(wayIds, key, "way");
  const position = (name: string): [number, number] => {
    const { column, row } = required(cells, name, "node");
    return offsetPosition(origin, column * gridM, -row * gridM);
  };

  for (const name of Object.keys(options.nodes ?? {})) nodeId(name);
  const nodes = names.map((name): OsmNode => {
    const [lon, lat] = position(name);
    const tags = options.nodes?.[name];
    const id = nodeId(name);
    return tags ? { id, lon, lat, tags } : { id, lon, lat };
  });
  const ways = wayKeys.map((key): OsmWay => ({
    id: wayId(key),
    nodes: nodeNames(key).map(nodeId),
    tags: { highway: "primary", ...options.ways[key] },
  }));
  const relations = restrictions.map((restriction, index): OsmRelation => {
    const { via } = restriction;
    const vias = (typeof via === "string" ? [via] : via).map((key): OsmMember =>
      wayIds.has(key) || typeof via !== "string"
        ? { type: "way", ref: wayId(key), role: "via" }
        : { type: "node", ref: nodeId(key), role: "via" },
    );
    return {
      id: index + 1,
      members: [
        { type: "way", ref: wayId(restriction.from), role: "from" },
        ...vias,
        { type: "way", ref: wayId(restriction.to), role: "to" },
      ],
      tags: { type: "restriction", restriction: restriction.restriction, ...restriction.tags },
    };
  });
  const { timestamp } = options;
  const dataset = { nodes, ways, relations, ...(timestamp !== undefined && { timestamp }) };
  return { dataset, position, nodeId, wayId };
}

function required<T>(found: ReadonlyMap<string, T>, key: string, kind: string): T {
  const value = found.get(key);
  if (value === undefined) throw new Error(`no ${kind} "${key}" in the map`);
  return value;
}

function nodeNames(wayKey: string): string[] {
  const names = Array.from(wayKey.split("#")[0] ?? "");
  if (names.length < 2) throw new Error(`way "${wayKey}" needs two nodes`);
  return names;
}

function findCells(map: string): Map<string, { column: number; row: number }> {
  const lines = map.split("\n");
  while (lines.length > 0 && lines[0]!.trim() === "") lines.shift();
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const commonIndent = Math.min(...indents);
  const cells = new Map<string, { column: number; row: number }>();
  for (const [row, line] of lines.entries()) {
    for (const [column, name] of Array.from(line.slice(commonIndent)).entries()) {
      if (!NODE_NAME.test(name)) continue;
      if (cells.has(name)) throw new Error(`node "${name}" is drawn twice`);
      cells.set(name, { column, row });
    }
  }
  return cells;
}

/** Rounded to what a PBF holds, so that a decoded position equals this one exactly. */
function offsetPosition(
  [originLon, originLat]: readonly [number, number],
  eastM: number,
  northM: number,
): [number, number] {
  const lat = originLat + northM / METRES_PER_DEGREE;
  const lon = originLon + eastM / (METRES_PER_DEGREE * Math.cos((originLat * Math.PI) / 180));
  return [roundCoordinate(lon), roundCoordinate(lat)];
}

function roundCoordinate(degrees: number): number {
  return Math.round(degrees * COORDINATES_PER_DEGREE) / COORDINATES_PER_DEGREE;
}
