import { describe, expect, it } from "vitest";

import { networkFromAscii } from "../src/index.ts";

describe("networkFromAscii", () => {
  const network = networkFromAscii(
    `
      A--B
      |  |
      D--C
    `,
    {
      ways: {
        AB: {},
        BC: { highway: "residential" },
        CD: { oneway: "yes" },
        "AB#2": { service: "alley" },
      },
      nodes: { B: { highway: "stop" } },
      restrictions: [
        { from: "AB", via: "B", to: "BC", restriction: "no_right_turn" },
        { from: "AB", via: "BC", to: "CD", restriction: "no_u_turn", tags: { except: "hgv" } },
      ],
    },
  );

  it("places letters on the grid, east by column and south by row", () => {
    const [lonA, latA] = network.position("A");
    const [lonC, latC] = network.position("C");
    expect([lonA, latA]).toEqual([7, 47]);
    const metresPerDegree = 111_195;
    expect((lonC - lonA) * metresPerDegree * Math.cos((47 * Math.PI) / 180)).toBeCloseTo(300, 0);
    expect((latA - latC) * metresPerDegree).toBeCloseTo(200, 0);
    expect(network.position("D")[0]).toBe(lonA);
  });

  it("numbers nodes by name and ways by order, and fills in the road class", () => {
    expect(["A", "B", "C", "D"].map((name) => network.nodeId(name))).toEqual([1, 2, 3, 4]);
    expect(network.dataset.ways.map((way) => [way.id, way.nodes, way.tags["highway"]])).toEqual([
      [1, [1, 2], "primary"],
      [2, [2, 3], "residential"],
      [3, [3, 4], "primary"],
      [4, [1, 2], "primary"],
    ]);
    expect(network.dataset.nodes[1]?.tags).toEqual({ highway: "stop" });
  });

  it("makes restrictions via a node and via a way", () => {
    expect(network.dataset.relations).toEqual([
      {
        id: 1,
        members: [
          { type: "way", ref: 1, role: "from" },
          { type: "node", ref: 2, role: "via" },
          { type: "way", ref: 2, role: "to" },
        ],
        tags: { type: "restriction", restriction: "no_right_turn" },
      },
      {
        id: 2,
        members: [
          { type: "way", ref: 1, role: "from" },
          { type: "way", ref: 2, role: "via" },
          { type: "way", ref: 3, role: "to" },
        ],
        tags: { type: "restriction", restriction: "no_u_turn", except: "hgv" },
      },
    ]);
  });

  it("refuses drawings that do not hold together", () => {
    expect(() => networkFromAscii("A-A", { ways: {} })).toThrow('node "A" is drawn twice');
    expect(() => networkFromAscii("A-B", { ways: { AC: {} } })).toThrow('no node "C"');
    expect(() => networkFromAscii("A-B", { ways: { A: {} } })).toThrow("needs two nodes");
    expect(() => networkFromAscii("A-B", { ways: {}, nodes: { Z: {} } })).toThrow('no node "Z"');
  });
});
