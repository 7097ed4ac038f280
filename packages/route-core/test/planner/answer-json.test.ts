import { streetGrid } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import type {
  FrontFacts,
  PlanRequest,
  RouteFacts,
  RoutePlanner,
} from "../../src/planner/plan-types.ts";
import { buildFromDataset, lonLatAt, plannerOf } from "../networks.ts";
import { randomNetwork } from "../snap/random-network.ts";

const FORMS: readonly Partial<PlanRequest>[] = [
  {},
  { annotations: ["elevation"] },
  { geometry: "polyline6", annotations: ["elevation"] },
  { geometry: "none" },
  { epsilon: 0, annotations: ["elevation"], maxRoutes: 3 },
  { waypoints: [lonLatAt(400, -400)], annotations: ["elevation"], emptyRunningShare: 0.2 },
];

/** Two answers take different times. */
const untimed = <Facts extends FrontFacts | RouteFacts>({
  diagnostics: _,
  ...facts
}: Facts): Omit<Facts, "diagnostics"> => facts;

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The bytes of a front and of a single route, or what kept them from being planned, both ways. */
function bothWays(planner: RoutePlanner, request: PlanRequest): [written: string, data: string][] {
  const told = (plan: () => string): string => {
    try {
      return plan();
    } catch (error) {
      return String(error);
    }
  };
  return [
    [
      told(() => textOf(planner.writePareto(request, untimed).json)),
      told(() => JSON.stringify(untimed(planner.planPareto(request)))),
    ],
    [
      told(() => textOf(planner.writeRoute(request, untimed).json)),
      told(() => JSON.stringify(untimed(planner.planRoute(request)))),
    ],
  ];
}

describe("an answer that is written as JSON", () => {
  it("has the bytes of JSON.stringify, in every form and on heights with voids", async () => {
    let answers = 0;
    let voids = 0;
    for (let seed = 500; seed < 530; seed++) {
      const { graph, random } = await randomNetwork(seed);
      const isPatchy = seed % 3 === 0;
      const heightM = graph.heightM.map((height) => (random.chance(0.1) ? Number.NaN : height));
      const town = isPatchy ? { ...graph, heightM } : graph;
      const planner = plannerOf(town, { tollByFacility: { t: 1 } }, undefined, seed % 2 === 0);
      const place = () => lonLatAt(random.between(-50, 850), random.between(-850, 50));
      for (const form of FORMS) {
        const origin = place();
        for (const destination of [place(), origin]) {
          for (const [written, data] of bothWays(planner, { ...form, origin, destination })) {
            expect(written).toBe(data);
            if (data.startsWith("{")) answers++;
            if (data.includes(",null,")) voids++;
          }
        }
      }
    }
    expect(answers).toBeGreaterThan(400);
    expect(voids).toBeGreaterThan(20);
  });

  it("has fronts that are proven before the last one written likewise", async () => {
    const town = streetGrid(22);
    const planner = plannerOf((await buildFromDataset(town)).graph);
    const origin = town.at(0, 0);
    const request: PlanRequest = {
      origin,
      destination: town.at(21, 21),
      epsilon: 0,
      anytime: true,
    };
    const written: string[] = [];
    const data: string[] = [];
    planner.writePareto(request, untimed, {
      onImprovement: ({ json, facts }) => {
        written.push(textOf(json));
        expect(facts.certificate.epsilon).toBeGreaterThan(0);
      },
    });
    planner.planPareto(request, {
      onImprovement: (answer) => data.push(JSON.stringify(untimed(answer))),
    });
    expect(data.length).toBeGreaterThan(0);
    expect(written).toEqual(data);
  });

  it("says after the routes what it is told to say", async () => {
    const { graph } = await randomNetwork(501);
    const planner = plannerOf(graph);
    const request: PlanRequest = {
      origin: lonLatAt(10, -10),
      destination: lonLatAt(790, -790),
      geometry: "none",
    };
    const { routes } = planner.planPareto(request);
    const bare = planner.writePareto(request, () => ({}));
    expect(textOf(bare.json)).toBe(JSON.stringify({ routes }));
    const dressed = planner.writePareto(request, ({ recommended }) => ({ recommended, more: "ü" }));
    const { recommended } = dressed.facts;
    expect(textOf(dressed.json)).toBe(JSON.stringify({ routes, recommended, more: "ü" }));
  });
});
