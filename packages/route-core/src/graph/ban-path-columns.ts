import type { RoadFacts, RoadNetwork } from "../osm/road-network.ts";
import type { IgnoredRestriction, PathRestriction } from "../osm/turn-restrictions.ts";
import type { EdgeColumns } from "./edge-columns.ts";
import { createPathRoads, type PathRoads } from "./path-roads.ts";
import type { RoutingGraph } from "./routing-graph.ts";
import { kindsOf } from "./turn-ban-columns.ts";

/** Forbidden paths of a graph, and what became of the restrictions. */
export interface BanPaths {
  readonly columns: Pick<RoutingGraph, "firstBanPathArc" | "banPathArcs" | "banPathKinds">;
  /** Number of restrictions with via ways that the columns hold. */
  readonly kept: number;
  readonly ignored: Readonly<Partial<Record<IgnoredRestriction, number>>>;
}

/** Marks the nodes that must stay junctions because the ways of a restriction meet there. */
export function markPathNodes(network: RoadNetwork, kept: Uint8Array): void {
  const { ways, refs, pathRestrictions } = network;
  const rowOf = memberRows(network);
  for (const { fromWays, viaWays, toWays } of pathRestrictions) {
    const wayAt = new Map<number, number>();
    for (const osmId of [...fromWays, ...viaWays, ...toWays]) {
      const row = rowOf.get(osmId);
      if (row === undefined) continue;
      for (let at = ways.firstRef[row]!; at < ways.firstRef[row + 1]!; at++) {
        const node = refs[at]!;
        if (node < 0) continue;
        if ((wayAt.get(node) ?? row) !== row) kept[node] = 1;
        wayAt.set(node, row);
      }
    }
  }
}

/**
 * Turns restriction relations with via ways into paths of arcs that may not be driven one right after
 * the other. `no_*` forbids from, via and to in a row. `only_*` concerns whoever comes from the from way
 * and has driven on onto the via ways: he may not leave them before their end, nor for another way there.
 */
export function banPaths(network: RoadFacts, edges: EdgeColumns): BanPaths {
  const rowOf = memberRows(network);
  const via = new Set(network.pathRestrictions.flatMap(({ viaWays }) => viaWays));
  const roads = createPathRoads(edges, new Set([...via].flatMap((id) => rowOf.get(id) ?? [])));
  const found = new Map<string, { readonly arcs: readonly number[]; kinds: number }>();
  const ignored: Partial<Record<IgnoredRestriction, number>> = {};
  let kept = 0;
  for (const restriction of network.pathRestrictions) {
    const paths = pathsOf(restriction, roads, rowOf);
    if (typeof paths === "string") {
      ignored[paths] = (ignored[paths] ?? 0) + 1;
      continue;
    }
    kept++;
    for (const arcs of paths) {
      const known = found.get(arcs.join());
      if (known === undefined) found.set(arcs.join(), { arcs, kinds: kindsOf(restriction) });
      else known.kinds |= kindsOf(restriction);
    }
  }
  const rows = [...found.values()].sort((a, b) => compareArcs(a.arcs, b.arcs));
  const first = new Int32Array(rows.length + 1);
  for (const [row, { arcs }] of rows.entries()) first[row + 1] = first[row]! + arcs.length;
  return {
    columns: {
      firstBanPathArc: first,
      banPathArcs: Int32Array.from(rows.flatMap(({ arcs }) => arcs)),
      banPathKinds: Uint8Array.from(rows, ({ kinds }) => kinds),
    },
    kept,
    ignored,
  };
}

/** Rows of the ways that restrictions with via ways name, by OSM id. */
function memberRows({ ways, pathRestrictions }: RoadFacts): ReadonlyMap<number, number> {
  const members = new Set(
    pathRestrictions.flatMap(({ fromWays, viaWays, toWays }) => [
      ...fromWays,
      ...viaWays,
      ...toWays,
    ]),
  );
  const rows = new Map<number, number>();
  if (members.size === 0) return rows;
  for (let row = 0; row < ways.count; row++) {
    if (members.has(ways.osmId[row]!)) rows.set(ways.osmId[row]!, row);
  }
  return rows;
}

/** What a restriction forbids, or why it is left out. */
function pathsOf(
  { mode, fromWays, viaWays, toWays }: PathRestriction,
  roads: PathRoads,
  rowOf: ReadonlyMap<number, number>,
): readonly (readonly number[])[] | IgnoredRestriction {
  const rowsOf = (osmIds: readonly number[]): ReadonlySet<number> =>
    new Set(osmIds.flatMap((id) => rowOf.get(id) ?? []));
  const from = rowsOf(fromWays);
  const via = rowsOf(viaWays);
  const to = rowsOf(toWays);
  const isWhole = via.size === new Set(viaWays).size;
  if (!isWhole || from.size === 0 || to.size === 0) return "missing";
  const courses = roads.coursesOf(from, via, to);
  if (courses.length === 0) return "apart";
  if (mode === "no") {
    return courses.flatMap(({ arcs, targets }) => targets.map((target) => [...arcs, target]));
  }
  const allowed = new Map<string, { arcs: readonly number[]; next: Set<number> }>();
  for (const { arcs, targets } of courses) {
    for (let length = 2; length <= arcs.length; length++) {
      const begun = arcs.slice(0, length);
      const known = allowed.get(begun.join()) ?? { arcs: begun, next: new Set() };
      for (const next of length < arcs.length ? [arcs[length]!] : targets) known.next.add(next);
      allowed.set(begun.join(), known);
    }
  }
  return [...allowed.values()].flatMap(({ arcs, next }) =>
    roads
      .waysOn(arcs.at(-1)!)
      .filter((arc) => !next.has(arc))
      .map((arc) => [...arcs, arc]),
  );
}

function compareArcs(a: readonly number[], b: readonly number[]): number {
  const k = a.findIndex((arc, at) => arc !== b[at]);
  return k < 0 ? a.length - b.length : a[k]! - (b[k] ?? -1);
}
