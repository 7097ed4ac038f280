import { describe, expect, it } from "vitest";

import type { PlanRequest } from "../../src/planner/plan-types.ts";
import { buildTown, hill } from "../evaluation/rough-town.ts";
import { plannerOf } from "../networks.ts";

const town = await buildTown(5, hill(25));
const [searching, evaluating] = [false, true].map((evaluates) =>
  plannerOf(town.graph, {}, undefined, evaluates),
);
const there: PlanRequest = {
  origin: town.drawing.position("A"),
  destination: town.drawing.position("Y"),
};
const back: PlanRequest = { origin: there.destination, destination: there.origin };
const weights = { co2e: 1 };

describe("a plan in weather", () => {
  it.each([
    ["search", searching!],
    ["evaluation", evaluating!],
  ])("knows the wind in the %s tier", (_, planner) => {
    const calm = planner.planRoute({ ...there, weights });
    expect("weather" in calm.provenance).toBe(false);
    // Y lies south-east of A.
    const wind = { speedMps: 8, fromDeg: 135 };
    const against = planner.planRoute({ ...there, weights, weather: { wind } });
    const along = planner.planRoute({ ...back, weights, weather: { wind } });
    const windless = planner.planRoute({ ...back, weights });
    expect(against.provenance.weather).toEqual({ wind });
    expect(against.route.fuelL!).toBeGreaterThan(1.05 * calm.route.fuelL!);
    expect(along.route.fuelL!).toBeLessThan(windless.route.fuelL!);
    // Nothing of it stays behind.
    expect(planner.planRoute({ ...there, weights }).route).toEqual(calm.route);
  });

  it("is slower in snow and dearer in the cold, and counts equal weather as the same", () => {
    const plain = searching!.planRoute(there).route;
    const snow = searching!.planRoute({ ...there, weather: { precipitation: "heavy_snow" } }).route;
    expect(snow.durationS).toBeGreaterThan(1.05 * plain.durationS);
    const cold = searching!.planRoute({ ...there, weights, weather: { temperatureC: -20 } });
    const again = searching!.planRoute({ ...there, weights, weather: { temperatureC: -20 } });
    expect(again.route).toEqual(cold.route);
    expect(cold.route.fuelL!).toBeGreaterThan(
      searching!.planRoute({ ...there, weights }).route.fuelL!,
    );
  });
});
