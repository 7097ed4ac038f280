import type { OsmDataset, OsmTags } from "@gradeway/test-kit";

/** One straight piece of road in a direction it may be driven. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly lengthM: number;
  /** Rise along the road; structures are level between their ends. */
  readonly riseM: number;
  readonly tags: OsmTags;
}

const DRIVABLE = new Set([
  "motorway",
  "motorway_link",
  "trunk",
  "primary",
  "secondary",
  "tertiary",
  "unclassified",
  "residential",
  "service",
]);

export type HeightAtM = (lon: number, lat: number) => number;

export function isDrivable(tags: OsmTags): boolean {
  return DRIVABLE.has(tags["highway"] ?? "") || tags["route"] === "ferry";
}

/** All arcs of the drivable network, by the node they leave. */
export function roadGraph(dataset: OsmDataset, heightAtM: HeightAtM): Map<number, Arc[]> {
  const positions = new Map(dataset.nodes.map((node) => [node.id, node]));
  const arcs = new Map<number, Arc[]>();
  const add = (arc: Arc): void => {
    const leaving = arcs.get(arc.from);
    if (leaving) leaving.push(arc);
    else arcs.set(arc.from, [arc]);
  };
  for (const { nodes, tags } of dataset.ways.filter((way) => isDrivable(way.tags))) {
    const points = nodes.map((node) => positions.get(node)!);
    const lengthsM = points.slice(1).map((point, index) => groundDistanceM(points[index]!, point));
    const totalM = lengthsM.reduce((sum, lengthM) => sum + lengthM, 0);
    const heightsM = points.map(({ lon, lat }) => heightAtM(lon, lat));
    const isStructure = tags["tunnel"] !== undefined || tags["bridge"] !== undefined;
    const evenGrade = (heightsM.at(-1)! - heightsM[0]!) / totalM;
    for (const [index, lengthM] of lengthsM.entries()) {
      const riseM = isStructure ? evenGrade * lengthM : heightsM[index + 1]! - heightsM[index]!;
      const [from, to] = [nodes[index]!, nodes[index + 1]!];
      const isOneway = tags["oneway"] === "yes" || tags["junction"] === "roundabout";
      if (tags["oneway"] !== "-1") add({ from, to, lengthM, riseM, tags });
      if (!isOneway) add({ from: to, to: from, lengthM, riseM: -riseM, tags });
    }
  }
  return arcs;
}

interface LonLat {
  readonly lon: number;
  readonly lat: number;
}

export function groundDistanceM(a: LonLat, b: LonLat): number {
  const perDegree = 111_195;
  const eastM = (b.lon - a.lon) * perDegree * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(eastM, (b.lat - a.lat) * perDegree);
}

/** Nodes that can be reached from a node. */
export function reachableFrom(
  arcs: ReadonlyMap<number, readonly Arc[]>,
  start: number,
): Set<number> {
  const reached = new Set([start]);
  const queue = [start];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const { to } of arcs.get(node) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      queue.push(to);
    }
  }
  return reached;
}

export function reversed(arcs: ReadonlyMap<number, readonly Arc[]>): Map<number, Arc[]> {
  const backward = new Map<number, Arc[]>();
  for (const arc of [...arcs.values()].flat()) {
    const entering = backward.get(arc.to) ?? [];
    entering.push({ ...arc, from: arc.to, to: arc.from });
    backward.set(arc.to, entering);
  }
  return backward;
}
