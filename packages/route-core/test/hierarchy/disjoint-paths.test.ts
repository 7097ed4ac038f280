import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { DisjointPaths } from "../../src/hierarchy/disjoint-paths.ts";
import { createFlowField, type FlowField, SINK, SOURCE } from "../../src/hierarchy/flow-field.ts";
import { undirectedGraph } from "../../src/hierarchy/undirected-graph.ts";
import {
  createVertexCut,
  IN_CUT,
  NEAR_SINK,
  NEAR_SOURCE,
  readSinkCut,
  readSourceCut,
} from "../../src/hierarchy/vertex-cut.ts";

interface Case {
  readonly nodeCount: number;
  readonly edges: readonly (readonly [number, number])[];
  readonly terminals: readonly number[];
}

/** Graphs small enough to try every set of nodes as a cut; sources and sinks may touch. */
const smallCase: fc.Arbitrary<Case> = fc.integer({ min: 2, max: 9 }).chain((nodeCount) => {
  const node = fc.integer({ min: 0, max: nodeCount - 1 });
  return fc.record({
    nodeCount: fc.constant(nodeCount),
    edges: fc.array(fc.tuple(node, node), { maxLength: 2 * nodeCount }),
    terminals: fc.array(fc.constantFrom(0, 0, SOURCE, SINK), {
      minLength: nodeCount,
      maxLength: nodeCount,
    }),
  });
});

function fieldOf({ nodeCount, edges, terminals }: Case): FlowField {
  const tails = Int32Array.from(edges, ([tail]) => tail);
  const heads = Int32Array.from(edges, ([, head]) => head);
  const graph = undirectedGraph(nodeCount, tails, heads);
  const field = createFlowField(nodeCount, graph.neighbours.length);
  field.nodeCount = nodeCount;
  field.first.set(graph.firstNeighbour);
  field.heads.set(graph.neighbours);
  field.terminal.set(terminals);
  return field;
}

/** Nodes that can be reached from the terminals of a kind without entering the cut. */
function reached({ edges, terminals }: Case, cut: ReadonlySet<number>, kind: number): Set<number> {
  const found = new Set<number>();
  terminals.forEach((terminal, node) => {
    if (terminal === kind && !cut.has(node)) found.add(node);
  });
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const [a, b] of edges) {
      if (found.has(a) && !cut.has(b)) found.add(b);
      if (found.has(b) && !cut.has(a)) found.add(a);
    }
  }
  return found;
}

/** Every smallest cut, by trying all sets of nodes. */
function smallestCuts(made: Case): Set<number>[] {
  let best: Set<number>[] = [];
  for (let bits = 0; bits < 2 ** made.nodeCount; bits++) {
    const cut = new Set<number>();
    for (let node = 0; node < made.nodeCount; node++) if ((bits >> node) & 1) cut.add(node);
    if (best.length > 0 && cut.size > best[0]!.size) continue;
    const fromSources = reached(made, cut, SOURCE);
    if (made.terminals.some((kind, node) => kind === SINK && fromSources.has(node))) continue;
    if (best.length > 0 && cut.size < best[0]!.size) best = [];
    best.push(cut);
  }
  return best;
}

describe("DisjointPaths", () => {
  it("finds as many paths as the smallest cut has nodes, and the cuts nearest to either end", () => {
    fc.assert(
      fc.property(smallCase, (made) => {
        const field = fieldOf(made);
        const cuts = smallestCuts(made);
        expect(new DisjointPaths(field).run(Infinity)).toBe(cuts[0]!.size);
        const cut = createVertexCut(made.nodeCount);
        for (const [read, kind] of [
          [readSourceCut, SOURCE],
          [readSinkCut, SINK],
        ] as const) {
          read(field, cut);
          const nodes = new Set(
            [...made.terminals.keys()].filter((node) => cut.side[node] === IN_CUT),
          );
          expect(cut.cutSize).toBe(cuts[0]!.size);
          expect(cuts).toContainEqual(nodes);
          // No smallest cut leaves less on the side of its terminals.
          const own = reached(made, nodes, kind).size;
          expect(own).toBe(Math.min(...cuts.map((other) => reached(made, other, kind).size)));
          const counts = [NEAR_SOURCE, NEAR_SINK].map(
            (side) => cut.side.filter((value) => value === side).length,
          );
          expect(cut.smallerSide).toBe(Math.min(...counts));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("parts the two sides: no edge leads past the cut", () => {
    fc.assert(
      fc.property(smallCase, (made) => {
        const field = fieldOf(made);
        new DisjointPaths(field).run(Infinity);
        const cut = createVertexCut(made.nodeCount);
        for (const read of [readSourceCut, readSinkCut]) {
          read(field, cut);
          const { side } = cut;
          const isParted = ([a, b]: readonly [number, number]): boolean =>
            side[a] === IN_CUT || side[b] === IN_CUT || side[a] === side[b];
          expect(made.edges.every(isParted)).toBe(true);
          const misplaced = made.terminals.filter(
            (kind, node) =>
              (kind === SOURCE && side[node] === NEAR_SINK) ||
              (kind === SINK && side[node] === NEAR_SOURCE),
          );
          expect(misplaced).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("gives up as soon as there are more paths than asked for", () => {
    fc.assert(
      fc.property(smallCase, fc.integer({ min: 0, max: 5 }), (made, bound) => {
        const size = smallestCuts(made)[0]!.size;
        expect(new DisjointPaths(fieldOf(made)).run(bound)).toBe(size > bound ? -1 : size);
      }),
    );
  });
});
