import type { AsciiNetworkOptions } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { buildFromAscii, plannerOf } from "../networks.ts";

/** Metres of the fastest trips between named places, or "none". */
async function metresOf(
  map: string,
  ways: AsciiNetworkOptions["ways"],
  trips: readonly string[],
): Promise<(number | "none")[]> {
  const { graph, drawing } = await buildFromAscii(map, { ways });
  const planner = plannerOf(graph);
  return trips.map((trip) => {
    const [from, to] = Array.from(trip) as [string, string];
    const request = { origin: drawing.position(from), destination: drawing.position(to) };
    try {
      const { route } = planner.planRoute({ ...request, strict: true });
      return Math.round(route.distanceM / 100) * 100;
    } catch (error) {
      expect(error).toMatchObject({ reasonCode: "routing_graph_disconnected_od" });
      return "none";
    }
  });
}

const SHORTCUT = `
  A---B---C---D
      |   |
      |   |
      |   |
      E---F
`;
const OPEN = { AB: {}, CD: {}, BE: {}, EF: {}, FC: {} };

describe("destination roads", () => {
  it.each(["destination", "delivery", "private", "customers"])(
    "%s is never a through road",
    async (value) => {
      const ways = { ...OPEN, BC: { access: value } };
      expect(await metresOf(SHORTCUT, ways, ["AD", "DA"])).toEqual([2000, 2000]);
      expect(await metresOf(SHORTCUT, { ...OPEN, BC: {} }, ["AD"])).toEqual([1200]);
    },
  );

  it("lead to and from a place on them, over either end", async () => {
    const map = SHORTCUT.replace("B---C", "B-X-C");
    const ways = { ...OPEN, BX: { access: "destination" }, XC: { access: "destination" } };
    expect(await metresOf(map, ways, ["AX", "XA", "XD", "DX", "AD"])).toEqual([
      600, 600, 600, 600, 2000,
    ]);
  });

  it("with one for vans only are open to trucks", async () => {
    const ways = { ...OPEN, BC: { goods: "destination" } };
    expect(await metresOf(SHORTCUT, ways, ["AD"])).toEqual([1200]);
  });

  it("around an open street lead into it, and not through it", async () => {
    const map = `
      A---B---C---D
          |   |
          X---Y
          |   |
          E---F
    `;
    const gate = { access: "destination" };
    const ways = { AB: {}, CD: {}, BX: gate, XY: {}, YC: gate, BC: { maxspeed: "5" } };
    expect(await metresOf(map, ways, ["AX", "YA", "AY"])).toEqual([600, 1000, 1000]);
    expect(await metresOf(map, { ...ways, BC: {} }, ["AY"])).toEqual([1000]);
    // Through the street would be quicker than the slow road, but is not allowed.
    expect(await metresOf(map, ways, ["AD"])).toEqual([1200]);
  });

  it("of a driveway work as an address", async () => {
    const map = "A---B---C\n    |\n    H";
    const ways = { AB: {}, BC: {}, BH: { highway: "service", service: "driveway" } };
    expect(await metresOf(map, ways, ["AH", "HC"])).toEqual([600, 600]);
  });

  it("of another place are not opened by a trip that starts at the same crossing", async () => {
    // H is an address at B; the destination road from B to C is none of its business.
    const map = `
          H
          |
      A---B---C---D
          |   |
          |   |
          |   |
          E---F
    `;
    const gate = { access: "destination" };
    const ways = { ...OPEN, BC: gate, BH: gate };
    expect(await metresOf(map, ways, ["HD", "DH", "AD"])).toEqual([1800, 1800, 2000]);
  });

  it("are no through roads on an island of their own either", async () => {
    const map = `
      K---L---M---N---O---P---Q---R

      A---B---C---D
          |   |
          |   |
          |   |
          E---F
    `;
    const mainland = { KL: {}, LM: { maxspeed: "50" }, MN: {}, NO: {}, OP: {}, PQ: {}, QR: {} };
    const spurs = { LM: { maxheight: "5" }, NO: { maxheight: "5" }, PQ: { maxheight: "5" } };
    const larger = { ...mainland, ...spurs, "KL#2": {}, "QR#2": {} };
    const ways = { ...OPEN, BC: { access: "destination" }, ...larger };
    expect(await metresOf(map, ways, ["AD", "DA"])).toEqual([2000, 2000]);
  });
});
