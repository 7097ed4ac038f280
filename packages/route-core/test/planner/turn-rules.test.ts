import type { AsciiNetworkOptions } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { buildFromAscii, plannerOf } from "../networks.ts";

/** Kilometres of the fastest trip, or "none". */
async function kilometres(
  map: string,
  options: AsciiNetworkOptions,
  from: string,
  to: string,
  vehicle = "artic-40t",
): Promise<number | "none"> {
  const { graph, drawing } = await buildFromAscii(map, options);
  const request = { origin: drawing.position(from), destination: drawing.position(to), vehicle };
  try {
    return plannerOf(graph).planRoute({ ...request, strict: true }).route.distanceM / 1000;
  } catch (error) {
    expect(error).toMatchObject({ reasonCode: "routing_graph_disconnected_od" });
    return "none";
  }
}

/* From W to N one turns left at X. Further on lie the crossing Y and, behind it, a block round Z. */
const MAP = `
      N
      |
  W---X---Y---Z
          |   |
          U---V
`;
const WAYS = { WX: {}, NX: {}, XY: {}, YZ: {}, ZV: {}, VU: {}, UY: {} };
const NO_LEFT = [{ from: "WX", via: "X", to: "NX", restriction: "no_left_turn" }];

describe("a banned turn", () => {
  it("is free without the restriction", async () => {
    expect(await kilometres(MAP, { ways: WAYS }, "W", "N")).toBeCloseTo(0.6, 2);
  });

  it("is not taken; the way leads round the next block", async () => {
    const options = { ways: WAYS, restrictions: NO_LEFT };
    // W-X-Y, round the block of 400 + 200 + 400 + 200 m, and back Y-X-N.
    expect(await kilometres(MAP, options, "W", "N")).toBeCloseTo(0.4 + 0.4 + 1.2 + 0.4 + 0.2, 2);
    expect(await kilometres(MAP, options, "N", "W")).toBeCloseTo(0.6, 2);
  });

  it("is not evaded by a U-turn at the next crossing", async () => {
    const map = `
          N
          |
      W---X---Y---Z
              |
              U
    `;
    const ways = { WX: {}, NX: {}, XY: {}, YZ: {}, UY: {} };
    // The truck has to go to one of the dead ends behind Y, where turning round is allowed.
    const options = { ways, restrictions: NO_LEFT };
    expect(await kilometres(map, options, "W", "N")).toBeCloseTo(
      0.4 + 0.4 + 2 * 0.2 + 0.4 + 0.2,
      2,
    );
  });

  it("leaves no way at all where nobody may turn round", async () => {
    const map = `
          N
          |
      W---X---Y---Z
              |   |
              U---V
    `;
    const ways = {
      WX: {},
      NX: {},
      XY: { oneway: "yes" },
      YZ: {},
      ZV: {},
      VU: {},
      UY: {},
    };
    expect(await kilometres(map, { ways, restrictions: NO_LEFT }, "W", "N")).toBe("none");
  });

  it("for trucks only does not concern a van", async () => {
    const tags = { "restriction:hgv": "no_left_turn", restriction: "" };
    const onlyHgv = { ways: WAYS, restrictions: [{ ...NO_LEFT[0]!, tags }] };
    const { graph } = await buildFromAscii(MAP, onlyHgv);
    expect(Array.from(graph.banKinds)).toEqual([1]);
    expect(await kilometres(MAP, onlyHgv, "W", "N", "van-3.5t")).toBeCloseTo(0.6, 2);
    expect(await kilometres(MAP, onlyHgv, "W", "N")).toBeGreaterThan(2);
  });

  it("by only_straight_on is banned too", async () => {
    const only = [{ from: "WX", via: "X", to: "XY", restriction: "only_straight_on" }];
    expect(await kilometres(MAP, { ways: WAYS, restrictions: only }, "W", "N")).toBeGreaterThan(2);
  });
});

describe("a U-turn restriction", () => {
  it("from a way that goes on leaves the road ahead open", async () => {
    const ways = { WXY: {}, NX: {} };
    const restrictions = [{ from: "WXY", via: "X", to: "WXY", restriction: "no_u_turn" }];
    const map = "    N\n    |\nW---X---Y";
    expect(await kilometres(map, { ways, restrictions }, "W", "Y")).toBeCloseTo(0.8, 2);
  });
});

describe("low bridges and closed roads", () => {
  const map = `
    A---B---C---D
        |   |
        E---F
  `;
  const ways = { AB: {}, BC: { maxheight: "3.5" }, CD: {}, BE: {}, EF: {}, FC: {} };

  it("turn the artic away, not the van", async () => {
    expect(await kilometres(map, { ways }, "A", "D")).toBeCloseTo(1.6, 2);
    expect(await kilometres(map, { ways }, "A", "D", "van-3.5t")).toBeCloseTo(1.2, 2);
  });

  it("weigh the load", async () => {
    const { graph, drawing } = await buildFromAscii(map, {
      ways: { ...ways, BC: { maxweight: "15" } },
    });
    const planner = plannerOf(graph);
    const request = { origin: drawing.position("A"), destination: drawing.position("D") };
    const metres = (payloadKg: number): number =>
      planner.planRoute({ ...request, payloadKg }).route.distanceM;
    expect(metres(300)).toBeCloseTo(1200, -1);
    expect(metres(301)).toBeCloseTo(1600, -1);
  });
});
