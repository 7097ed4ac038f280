import { describe, expect, it } from "vitest";

import { levelGraph } from "../../src/graph/other-heights.ts";
import { createPartsCosting } from "../../src/planner/drive-parts.ts";
import { OBJECTIVES, type PlanRequest } from "../../src/planner/plan-types.ts";
import { buildFromAscii, formulaSampler, gridMetres, plannerOf, regionOf } from "../networks.ts";

/* The short way leads over a hill of 90 m, two longer ones around it. */
const { graph, drawing } = await buildFromAscii(
  `
    C---------D
    |         |
  A-B----I----E-F
    |         |
    |         |
    G---------H
  `,
  {
    gridM: 150,
    ways: {
      AB: {},
      BIE: { highway: "primary" },
      EF: {},
      BCDE: { highway: "primary" },
      BGHE: { highway: "primary" },
    },
  },
  {
    elevation: formulaSampler((lon, lat) => {
      const [eastM, northM] = gridMetres(lon, lat);
      const isOnHill = Math.abs(northM + 300) < 20;
      return isOnHill ? 90 * Math.exp(-(((eastM - 1050) / 300) ** 2)) : 0;
    }),
  },
);

const request: PlanRequest = {
  origin: drawing.position("A"),
  destination: drawing.position("F"),
  payloadKg: 20_000,
};
const truth = plannerOf(graph);
const onLevel = plannerOf(levelGraph(graph));
const drive = createPartsCosting(regionOf(graph));
const every = truth.planEveryRoute(request, 100).routes;

describe("a route driven on other heights than it was found on", () => {
  it("costs what a list of all routes says", () => {
    // The three ways there, and those that turn round once.
    expect(every.length).toBeGreaterThan(3);
    for (const objective of OBJECTIVES) {
      const { parts, answer } = onLevel.planFinalist({ ...request, weights: { [objective]: 1 } });
      const same = every.find(({ id }) => id === answer.route.id)!;
      expect(drive(request, parts).searchCosts).toEqual(same.searchCosts);
    }
  });

  it("leads over the hill, which the true heights do not", () => {
    const weights = { co2e: 1 };
    const wrong = onLevel.planFinalist({ ...request, weights });
    const right = truth.planFinalist({ ...request, weights });
    expect(wrong.answer.route.distanceM).toBeLessThan(right.answer.route.distanceM);
    const [driven, best] = [wrong, right].map(({ parts }) => drive(request, parts));
    // Lifting 34.7 t by 90 m takes about 3 kg of CO2e, a detour of 600 m with two corners less than two.
    expect(best!.searchCosts[2]).toBe(Math.min(...every.map(({ searchCosts }) => searchCosts[2])));
    expect(driven!.searchCosts[2]).toBeGreaterThan(1.2 * best!.searchCosts[2]);
    expect(driven!.evaluated[2]).toBeGreaterThan(1.2 * best!.evaluated[2]);
  });

  it("costs what its own plan says where the heights are its own", () => {
    const evaluating = plannerOf(graph, {}, () => 0, true);
    const shifted = { ...request, origin: drawing.position("B"), payloadKg: 5000 };
    for (const trip of [request, shifted]) {
      const { parts, answer } = truth.planFinalist(trip);
      const { searchCosts, evaluated } = drive(trip, parts);
      expect(searchCosts).toEqual(answer.route.searchCosts);
      const { route } = evaluating.planRoute(trip);
      expect(evaluated).toEqual([route.drivingS, route.cost.amount, route.co2eKg.total]);
    }
  });
});
