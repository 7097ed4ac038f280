import type { OsmRelation, OsmWay } from "@gradeway/test-kit";

import type { Point } from "./county-frame.ts";
import { distanceM } from "./county-frame.ts";
import type { DraftRestriction, DraftWay, NetworkBuilder } from "./network-builder.ts";

/** Members of a restriction must end at its junction, so ways that run through it are cut there. */
export function splitAtRestrictions(builder: NetworkBuilder): void {
  const vias = new Set(builder.restrictions.map(({ via }) => via));
  const split = builder.ways.flatMap((way): DraftWay[] => {
    const pieces: DraftWay[] = [];
    let start = 0;
    for (let index = 1; index < way.nodes.length; index += 1) {
      const isLast = index + 1 === way.nodes.length;
      if (!isLast && !vias.has(way.nodes[index]!)) continue;
      pieces.push({ nodes: way.nodes.slice(start, index + 1), tags: way.tags });
      start = index;
    }
    return pieces;
  });
  builder.ways.splice(0, builder.ways.length, ...split);
}

/** Turns directions into relations; a restriction whose roads do not exist is left out. */
export function toRestrictionRelations(
  builder: NetworkBuilder,
  ways: readonly OsmWay[],
): OsmRelation[] {
  const relations: OsmRelation[] = [];
  for (const draft of builder.restrictions) {
    const from = wayTowards(builder, ways, draft.via, draft.from, "in");
    const to = wayTowards(builder, ways, draft.via, draft.to, "out");
    if (!from || !to) continue;
    relations.push({
      id: relations.length + 1,
      members: [
        { type: "way", ref: from.id, role: "from" },
        { type: "node", ref: draft.via, role: "via" },
        { type: "way", ref: to.id, role: "to" },
      ],
      tags: relationTags(draft),
    });
  }
  return relations;
}

function relationTags({ restriction, tags }: DraftRestriction): Record<string, string> {
  return { type: "restriction", restriction, ...tags };
}

function wayTowards(
  builder: NetworkBuilder,
  ways: readonly OsmWay[],
  via: number,
  direction: Point,
  use: "in" | "out",
): OsmWay | undefined {
  let best: OsmWay | undefined;
  let bestAgreement = 0.8;
  const junction = builder.positionOf(via);
  for (const way of ways) {
    const isStart = way.nodes[0] === via;
    if ((!isStart && way.nodes.at(-1) !== via) || !isUsable(way, isStart, use)) continue;
    const neighbour = builder.positionOf(isStart ? way.nodes[1]! : way.nodes.at(-2)!);
    const lengthM = distanceM(junction, neighbour) || 1;
    const agreement =
      ((neighbour.xM - junction.xM) * direction.xM + (neighbour.yM - junction.yM) * direction.yM) /
      lengthM;
    if (agreement > bestAgreement) {
      best = way;
      bestAgreement = agreement;
    }
  }
  return best;
}

function isUsable({ tags }: OsmWay, startsAtJunction: boolean, use: "in" | "out"): boolean {
  const oneway = tags["oneway"];
  if (tags["highway"] === undefined) return false;
  if (oneway === "yes") return startsAtJunction === (use === "out");
  if (oneway === "-1") return startsAtJunction === (use === "in");
  return true;
}
