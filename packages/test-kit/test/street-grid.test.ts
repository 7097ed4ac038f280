import { describe, expect, it } from "vitest";

import { streetGrid } from "../src/index.ts";

describe("streetGrid", () => {
  it("joins each crossing to its neighbours, the same each time", () => {
    const { nodes, ways, at } = streetGrid(4);
    const streets = 2 * 4 * 3;
    expect(nodes).toHaveLength(16 + 2 * streets);
    expect(ways).toHaveLength(3 * streets);
    const [lon, lat] = at(3, 1);
    expect(nodes[7]).toEqual({ id: 8, lon, lat });
    for (let street = 0; street < streets; street++) {
      const [begin, middle, end] = ways.slice(3 * street, 3 * street + 3);
      expect([begin, end].map((way) => way!.tags["maxspeed"])).toEqual(["25", "25"]);
      expect([begin!.nodes[1], end!.nodes[0]]).toEqual(middle!.nodes);
      const [from, to] = [begin!.nodes[0]!, end!.nodes[1]!].map((id) => nodes[id - 1]!);
      const columns = Math.abs(to!.lon - from!.lon) / 0.004;
      const rows = Math.abs(to!.lat - from!.lat) / 0.003;
      expect(columns + rows).toBeCloseTo(1, 6);
    }
    expect(streetGrid(4).ways).toEqual(ways);
  });
});
