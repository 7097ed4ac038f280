import type { SeededRandom } from "@gradeway/test-kit";

import type { Point } from "./county-frame.ts";
import type { NetworkBuilder } from "./network-builder.ts";

const CORNER: Point = { xM: -19_300, yM: 11_200 };
const SIDE_NODES = 4;
const SPACING_M = 160;

/** Forest tracks that lead nowhere: a separate component, as real extracts have many. */
export function addTrackIsland(builder: NetworkBuilder, random: SeededRandom): void {
  const nodes = Array.from({ length: SIDE_NODES * SIDE_NODES }, (_, index) =>
    builder.addNode({
      xM: CORNER.xM + (index % SIDE_NODES) * SPACING_M + random.between(-30, 30),
      yM: CORNER.yM + Math.floor(index / SIDE_NODES) * SPACING_M + random.between(-30, 30),
    }),
  );
  const tags = { highway: "track", tracktype: "grade2", name: "Lost Forest Track" };
  for (let row = 0; row < SIDE_NODES; row += 1) {
    builder.addWay(nodes.slice(row * SIDE_NODES, (row + 1) * SIDE_NODES), tags);
  }
  const firstColumn = nodes.filter((_, index) => index % SIDE_NODES === 0);
  builder.addWay(firstColumn, { ...tags, highway: "unclassified" });
}
