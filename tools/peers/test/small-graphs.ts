import type { SeededRandom } from "@gradeway/test-kit";

/** An arc with three costs; nodes from 1, as in the files. */
export interface SmallArc {
  readonly tail: number;
  readonly head: number;
  readonly costs: readonly [number, number, number];
}

/**
 * Few nodes: parallel arcs, loops, nodes without a way in. Costs are small, with ties and zeros, or too
 * far apart for one round of buckets.
 */
export function randomArcs(random: SeededRandom, nodes: number): SmallArc[] {
  const arcs: SmallArc[] = [];
  const most = random.pick([1, 3, 20, 20_000_000]);
  const count = random.integer(nodes, 3 * nodes);
  const cost = (): number => random.integer(0, most);
  for (let index = 0; index < count; index++) {
    const tail = random.integer(1, nodes);
    arcs.push({ tail, head: random.integer(1, nodes), costs: [cost(), cost(), 1] });
  }
  return arcs;
}

/** One objective of a graph as a DIMACS file. */
export function dimacsText(nodes: number, arcs: readonly SmallArc[], objective: number): string {
  const lines = arcs.map(({ tail, head, costs }) => `a ${tail} ${head} ${costs[objective]}\n`);
  return `c a small graph\np sp ${nodes} ${arcs.length}\n${lines.join("")}`;
}

/** The first of parallel arcs, no loops: the yardstick's reading of a file. */
export function keptArcs(arcs: readonly SmallArc[]): Map<string, SmallArc> {
  const kept = new Map<string, SmallArc>();
  for (const arc of arcs) {
    const ends = `${arc.tail} ${arc.head}`;
    if (arc.tail !== arc.head && !kept.has(ends)) kept.set(ends, arc);
  }
  return kept;
}

/** The front by trying all simple paths and comparing each with each; lexicographically sorted. */
export function bruteForceFront(
  arcs: readonly SmallArc[],
  source: number,
  target: number,
): number[][] {
  const kept = [...keptArcs(arcs).values()];
  const found = new Map<string, number[]>();
  const visit = (node: number, costs: number[], seen: ReadonlySet<number>): void => {
    if (node === target) {
      found.set(costs.join(" "), costs);
      return;
    }
    for (const arc of kept) {
      if (arc.tail !== node || seen.has(arc.head)) continue;
      const next = costs.map((cost, k) => cost + arc.costs[k]!);
      visit(arc.head, next, new Set([...seen, arc.head]));
    }
  };
  visit(source, [0, 0, 0], new Set([source]));
  const all = [...found.values()];
  const beats = (a: number[], b: number[]): boolean => a !== b && a.every((x, k) => x <= b[k]!);
  return all
    .filter((costs) => !all.some((other) => beats(other, costs)))
    .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!);
}
