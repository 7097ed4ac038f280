import { ACCESS_KINDS, ACCESS_NONE, levelOf } from "../osm/way-access.ts";
import type { EdgeColumns } from "./edge-columns.ts";

/** A way over the via ways of a restriction. */
export interface ViaCourse {
  /** From arc, then the arcs of the via ways. */
  readonly arcs: readonly number[];
  /** Arcs of the to ways that leave where they end. */
  readonly targets: readonly number[];
}

/** The roads at and around the via ways of restrictions. */
export interface PathRoads {
  /**
   * All courses from a from way, over every one of the via ways, to a to way; ways as rows of the
   * network. A course does not come twice to a node.
   */
  coursesOf(
    from: ReadonlySet<number>,
    via: ReadonlySet<number>,
    to: ReadonlySet<number>,
  ): readonly ViaCourse[];
  /** Arcs that some vehicle may drive after an arc, the way back apart. */
  waysOn(arc: number): readonly number[];
}

/** @param via rows of all ways that restrictions lead over */
export function createPathRoads(edges: EdgeColumns, via: ReadonlySet<number>): PathRoads {
  const { edgeTail, edgeHead, firstSpan, spanWay } = edges;
  const headOf = (arc: number): number => ((arc & 1) === 0 ? edgeHead : edgeTail)[arc >> 1]!;
  const lastWayOf = (arc: number): number =>
    spanWay[(arc & 1) === 0 ? firstSpan[(arc >> 1) + 1]! - 1 : firstSpan[arc >> 1]!]!;
  const isDrivable = (arc: number): boolean =>
    ACCESS_KINDS.some(
      (kind) => levelOf(edges.edgeAccess[arc >> 1]!, kind, (arc & 1) === 1) !== ACCESS_NONE,
    );
  /** Edges that are part of one via way, by that way's row. */
  const viaEdges = new Map<number, number[]>();
  const wayOfEdge = new Map<number, number>();
  /** Arcs that leave the nodes of those edges, and those that arrive there. */
  const leaving = new Map<number, number[]>();
  const arriving: number[] = [];
  if (via.size > 0) {
    for (let edge = 0; edge < edgeTail.length; edge++) {
      const row = spanWay[firstSpan[edge]!]!;
      const spans = spanWay.subarray(firstSpan[edge], firstSpan[edge + 1]);
      if (!via.has(row) || spans.some((other) => other !== row)) continue;
      wayOfEdge.set(edge, row);
      viaEdges.set(row, [...(viaEdges.get(row) ?? []), edge]);
      leaving.set(edgeTail[edge]!, []);
      leaving.set(edgeHead[edge]!, []);
    }
    for (let arc = 0; arc < 2 * edgeTail.length; arc++) {
      if (!isDrivable(arc)) continue;
      leaving.get(headOf(arc ^ 1))?.push(arc);
      if (leaving.has(headOf(arc))) arriving.push(arc);
    }
  }
  const waysOn = (arc: number): number[] =>
    leaving.get(headOf(arc))!.filter((next) => next !== (arc ^ 1));

  return {
    waysOn,
    coursesOf(from, ways, to) {
      const courses: ViaCourse[] = [];
      const walk = (arcs: readonly number[], nodes: readonly number[]): void => {
        const onward = waysOn(arcs.at(-1)!);
        const used = new Set(arcs.slice(1).map((arc) => wayOfEdge.get(arc >> 1)));
        const targets = onward.filter((arc) => to.has(lastWayOf(arc ^ 1)));
        if (used.size === ways.size && targets.length > 0) courses.push({ arcs, targets });
        for (const arc of onward) {
          const way = wayOfEdge.get(arc >> 1);
          const isVia = way !== undefined && ways.has(way);
          if (isVia && !nodes.includes(headOf(arc))) walk([...arcs, arc], [...nodes, headOf(arc)]);
        }
      };
      const starts = new Set(
        [...ways]
          .flatMap((way) => viaEdges.get(way) ?? [])
          .flatMap((edge) => [edgeTail[edge]!, edgeHead[edge]!]),
      );
      for (const arc of arriving) {
        if (from.has(lastWayOf(arc)) && starts.has(headOf(arc))) walk([arc], [headOf(arc)]);
      }
      return courses;
    },
  };
}
