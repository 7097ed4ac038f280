import { describe, expect, it } from "vitest";

import { streetGrid } from "../src/index.ts";

describe("streetGrid", () => {
  it("joins each crossing to its neighbours, the same each time", () => {
    const { nodes, ways, at } = streetGrid(4);
    expect(nodes).toHaveLength(16);
    expect(ways).toHaveLength(2 * 4 * 3);
    const [lon, lat] = at(3, 1);
    expect(nodes[7]).toEqual({ id: 8, lon, lat });
    for (const { nodes: ends } of ways) {
      const [from, to] = ends.map((id) => nodes[id - 1]!);
      const columns = Math.abs(to!.lon - from!.lon) / 0.004;
      const rows = Math.abs(to!.lat - from!.lat) / 0.003;
      expect(columns + rows).toBeCloseTo(1, 6);
    }
    expect(streetGrid(4).ways).toEqual(ways);
  });
});
