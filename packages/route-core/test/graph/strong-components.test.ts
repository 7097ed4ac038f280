import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import type { EdgeColumns } from "../../src/graph/edge-columns.ts";
import { strongComponents } from "../../src/graph/strong-components.ts";

/** Access bytes: closed, hgv along, van against, both kinds both ways, restricted hgv along. */
const ACCESS = [0b0000_0000, 0b0000_0010, 0b1000_0000, 0b1010_1010, 0b0000_0001];

interface RandomGraph {
  readonly nodes: number;
  readonly tails: number[];
  readonly heads: number[];
  readonly access: number[];
}

function randomGraph(seed: number): RandomGraph {
  const random = createSeededRandom(seed);
  const nodes = random.integer(1, 9);
  const count = random.integer(0, 14);
  const pickNode = (): number => random.integer(0, nodes - 1);
  return {
    nodes,
    tails: Array.from({ length: count }, pickNode),
    heads: Array.from({ length: count }, pickNode),
    access: Array.from({ length: count }, () => random.pick(ACCESS)),
  };
}

/** reaches[a][b] by repeated squaring of the definition: some truck may drive from a to b. */
function reachability({ nodes, tails, heads, access }: RandomGraph): boolean[][] {
  const reaches = Array.from({ length: nodes }, (_, a) =>
    Array.from({ length: nodes }, (_none, b) => a === b),
  );
  for (const [edge, byte] of access.entries()) {
    if ((byte & 0b0011_0011) !== 0) reaches[tails[edge]!]![heads[edge]!] = true;
    if ((byte & 0b1100_1100) !== 0) reaches[heads[edge]!]![tails[edge]!] = true;
  }
  for (let k = 0; k < nodes; k++) {
    for (let a = 0; a < nodes; a++) {
      for (let b = 0; b < nodes; b++) {
        if (reaches[a]![k] === true && reaches[k]![b] === true) reaches[a]![b] = true;
      }
    }
  }
  return reaches;
}

describe("strong components", () => {
  it("are the sets of nodes that reach each other, with their sizes", () => {
    for (let seed = 0; seed < 500; seed++) {
      const graph = randomGraph(seed);
      const columns: Partial<EdgeColumns> = {
        nodeLonE7: new Int32Array(graph.nodes),
        edgeTail: Int32Array.from(graph.tails),
        edgeHead: Int32Array.from(graph.heads),
        edgeAccess: Uint8Array.from(graph.access),
      };
      const { nodeComponent, componentNodes } = strongComponents(columns as EdgeColumns);
      const reaches = reachability(graph);
      for (let a = 0; a < graph.nodes; a++) {
        let size = 0;
        for (let b = 0; b < graph.nodes; b++) {
          const together = reaches[a]![b]! && reaches[b]![a]!;
          if (together) size++;
          expect(nodeComponent[a] === nodeComponent[b]).toBe(together);
        }
        expect(componentNodes[nodeComponent[a]!]).toBe(size);
      }
    }
  });

  it("hold a long one-way chain without deep recursion", () => {
    const nodes = 200_000;
    const columns: Partial<EdgeColumns> = {
      nodeLonE7: new Int32Array(nodes),
      edgeTail: Int32Array.from({ length: nodes }, (_, node) => node),
      edgeHead: Int32Array.from({ length: nodes }, (_, node) => (node + 1) % nodes),
      edgeAccess: new Uint8Array(nodes).fill(0b0000_0010),
    };
    const { componentNodes } = strongComponents(columns as EdgeColumns);
    expect(Array.from(componentNodes)).toEqual([nodes]);
  });
});
