import { type AsciiRestriction, createSeededRandom, type SeededRandom } from "@gradeway/test-kit";

import type { RoutingGraph } from "../../src/graph/routing-graph.ts";
import { type AsciiGraph, buildFromAscii, formulaSampler, gridMetres } from "../networks.ts";

const ROWS = ["A--B---C", "D--E---F", "G--H---I"];
const LINKS = ["AB", "BC", "DE", "EF", "GH", "HI", "AD", "BE", "CF", "DG", "EH", "FI"];
const CLASSES = ["motorway", "primary", "tertiary", "residential"];
const TAGS: Readonly<Record<string, string>>[] = [
  {},
  { oneway: "yes" },
  { oneway: "-1" },
  { maxspeed: "30" },
  { "maxspeed:forward": "40" },
  { toll: "yes", tunnel: "yes" },
  { hgv: "destination" },
];

/** Hills that stay within the tabulated grades. */
export function hills(random: SeededRandom): (eastM: number, northM: number) => number {
  const [a, b, c] = [random.between(0, 25), random.between(0, 15), random.between(0, 6)];
  return (eastM, northM) =>
    700 + a * Math.sin(eastM / 230) + b * Math.cos(northM / 170) + c * Math.sin(eastM / 60);
}

/** For every other town, three restrictions with one or two via ways. */
function viaWayRestrictions(
  seed: number,
  ways: Readonly<Record<string, object>>,
): AsciiRestriction[] {
  if (seed % 2 === 0) return [];
  // Not from the stream that draws the town.
  const random = createSeededRandom(1_000_000 + seed);
  const links = Object.keys(ways);
  return Array.from({ length: 3 }, (): AsciiRestriction | undefined => {
    const chain = [random.pick(links)];
    let node = random.pick(Array.from(chain[0]!));
    while (chain.length < random.pick([3, 4])) {
      const onward = links.filter((link) => link.includes(node) && !chain.includes(link));
      if (onward.length === 0) return undefined;
      const next = random.pick(onward);
      node = next.replace(node, "");
      chain.push(next);
    }
    const restriction = random.pick(["no_left_turn", "no_left_turn", "only_straight_on"]);
    return {
      from: chain[0]!,
      via: chain.slice(1, -1).toReversed(),
      to: chain.at(-1)!,
      restriction,
    };
  }).filter((one) => one !== undefined);
}

/** A small town on hills with one-way streets, signals, turn bans, a toll and destination roads. */
export async function randomNetwork(
  seed: number,
  allow: (tags: Readonly<Record<string, string>>) => boolean = () => true,
): Promise<AsciiGraph & { random: SeededRandom }> {
  const random = createSeededRandom(seed);
  const ways: Record<string, Record<string, string>> = {};
  for (const link of LINKS) {
    if (random.chance(0.15)) continue;
    ways[link] = {
      highway: random.pick(CLASSES),
      oneway: "no",
      ...random.pick(TAGS.filter(allow)),
    };
  }
  const height = hills(random);
  const restrictions = [
    { from: "DE", via: "E", to: "EH", restriction: "no_right_turn" },
    { from: "BE", via: "E", to: "DE", restriction: "no_right_turn" },
  ].filter(({ from, to }) => from in ways && to in ways);
  const built = await buildFromAscii(
    ROWS.join("\n\n\n"),
    {
      ways,
      restrictions: [
        ...(random.chance(0.5) ? restrictions : []),
        ...viaWayRestrictions(seed, ways),
      ],
      nodes: random.chance(0.5)
        ? { B: { highway: "traffic_signals" }, H: { highway: "stop" } }
        : {},
    },
    {
      elevation: formulaSampler((lon, lat) => height(...gridMetres(lon, lat))),
      tollFacilities: [{ id: "t", name: "T", near: [7, 47], radiusM: 5000, charged: "tunnel" }],
    },
  );
  return { ...built, random };
}

/** A random edge that is long enough to have grades of its own on both sides of a cut. */
export function longEdge(graph: RoutingGraph, random: SeededRandom): number {
  for (;;) {
    const edge = random.integer(0, graph.edgeCount - 1);
    if (graph.edgeLengthM[edge]! > 60) return edge;
  }
}
