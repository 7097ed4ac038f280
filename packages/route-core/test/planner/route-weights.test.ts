import { describe, expect, it } from "vitest";

import { plannerOf, buildFromAscii } from "../networks.ts";

describe("the weights of a single best route", () => {
  it("count relative to each other, however large or small they are", async () => {
    // The upper road is quick and long, the lower one slow and short.
    const { graph, drawing } = await buildFromAscii(
      `
      A--------B
      |        |
      C        D
      |        |
      E--------F
`,
      {
        ways: {
          AB: { highway: "motorway", oneway: "no", maxspeed: "90" },
          ACE: { maxspeed: "90" },
          BDF: { maxspeed: "90" },
          EF: { highway: "residential", maxspeed: "20" },
        },
      },
    );
    const planner = plannerOf(graph);
    const trip = { origin: drawing.position("E"), destination: drawing.position("F") };
    const of = (weights: { time?: number; money?: number; co2e?: number }) =>
      planner.planRoute({ ...trip, weights }).route.id;
    expect(of({ time: 1 })).not.toBe(of({ co2e: 1 }));
    for (const scale of [1e-300, 1e-3, 1, 1e6, 1e300, 1e308]) {
      expect(of({ time: scale, money: scale })).toBe(of({ time: 1, money: 1 }));
      expect(of({ co2e: scale })).toBe(of({ co2e: 1 }));
    }
    expect(of({ time: 1 })).toBe(planner.planRoute(trip).route.id);
  });
});
