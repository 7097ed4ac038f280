import { createSeededRandom } from "@gradeway/test-kit";

import { NO_ARC } from "../../src/search/search-query.ts";
import { labelCorrectingFront } from "./brute-force.ts";
import type { SmallCase, SmallNetwork } from "./small-network.ts";

/** A square grid with random costs, from corner to corner, and the front of the oracle. */
export function gridCase(side: number): { made: SmallCase; front: number[][] } {
  const random = createSeededRandom(7);
  const cost = () => random.integer(1, 100);
  const arcs: SmallNetwork["arcs"] = [];
  for (let from = 0; from < side * side; from++) {
    const isLast = from % side === side - 1;
    for (const to of [isLast ? Infinity : from + 1, from + side]) {
      if (to >= side * side) continue;
      arcs.push({ tail: from, head: to, costs: [cost(), cost(), cost()], restricted: false });
      arcs.push({ tail: to, head: from, costs: [cost(), cost(), cost()], restricted: false });
    }
  }
  const query = {
    starts: [{ node: 0, arcId: NO_ARC, costs: [0, 0, 0] as const }],
    ends: [{ node: side * side - 1, arcId: NO_ARC, costs: [0, 0, 0] as const }],
    direct: [],
    openArcs: new Int32Array(0),
  };
  const made = { network: { nodeCount: side * side, arcs, bans: [] }, query };
  return { made, front: labelCorrectingFront(made) };
}
