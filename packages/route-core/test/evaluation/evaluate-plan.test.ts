import { isReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { createCourseDriver } from "../../src/evaluation/course-driver.ts";
import { evaluateCourse } from "../../src/evaluation/evaluate-course.ts";
import { evaluateBest, evaluateFront } from "../../src/evaluation/evaluate-plan.ts";
import type { RouteCourse } from "../../src/evaluation/route-course.ts";
import type {
  EvaluablePlan,
  ParetoAnswer,
  PlanRequest,
  RouteAnswer,
} from "../../src/planner/plan-types.ts";
import { objectiveValues } from "../../src/planner/route-figures.ts";
import { gridMetres, plannerOf } from "../networks.ts";
import { buildTown, heightsOf, hill, rough } from "./rough-town.ts";

const RATES = { tollByFacility: { t: 0.4 } };
const town = await buildTown(5, hill(25));
const planner = plannerOf(town.graph, RATES);
const request: PlanRequest = {
  origin: town.drawing.position("A"),
  destination: town.drawing.position("Y"),
  annotations: ["elevation"],
};

const baked = planner.planPareto(request);
const plan = planner.planFinalists(request);
const heights = heightsOf(plan.courses, rough);
const drive = createCourseDriver(plan.vehicle);
const values = plan.courses.map((course, index) =>
  objectiveValues(evaluateCourse(course, drive, heights.profiles[index]!).consumption, plan.rates),
);
const isBeaten = (one: number): boolean =>
  values.some(
    (other, at) =>
      other.every((value, k) => value <= values[one]![k]!) &&
      (at < one || other.some((value, k) => value < values[one]![k]!)),
  );
const kept = values.flatMap((_, index) => (isBeaten(index) ? [] : [index]));
const answer = evaluateFront(plan, request, heights);

describe("a front on other heights", () => {
  it("starts from the routes of the search, and can cross threads", () => {
    expect(plan.answer.routes.map(({ id }) => id)).toEqual(baked.routes.map(({ id }) => id));
    expect(plan.answer.routes.every(({ geometry }) => geometry === null)).toBe(true);
    expect(structuredClone(plan)).toEqual(plan);
    expect(evaluateFront(structuredClone(plan), request, heights)).toEqual(answer);
  });

  it("drops what another route matches or beats now, and counts it", () => {
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.length).toBeLessThan(values.length);
    const ids = kept.map((index) => plan.answer.routes[index]!.id);
    expect(answer.routes.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(answer.evaluation).toEqual({
      finalists: values.length,
      dominated: values.length - kept.length,
      notEvaluated: 0,
    });
    expect(answer.front.size).toBe(kept.length);
    expect(new Set(answer.front.tiers)).toEqual(new Set(["evaluated"]));
    const times = answer.front.points.map(([timeS]) => timeS);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it("shows the figures of those heights, tags and recommends by them", () => {
    for (const [at, route] of answer.routes.entries()) {
      const index = plan.answer.routes.findIndex(({ id }) => id === route.id);
      const searched = plan.answer.routes[index]!;
      const figures = [route.durationS, route.cost.amount, route.co2eKg.total];
      expect(figures).toEqual(values[index]);
      expect(answer.front.points[at]).toEqual(figures);
      expect(answer.front.routeIds[at]).toBe(route.id);
      const sum = route.cost.lines.reduce((total, { amount }) => total + amount, 0);
      expect(sum).toBeCloseTo(route.cost.amount, 3);
      const tolls = ({ cost }: typeof route) => cost.lines.filter(({ item }) => item === "toll");
      expect(tolls(route)).toEqual(tolls(searched));
      expect(route.searchCosts).toEqual(searched.searchCosts);
      expect(route.terrain).toEqual({ source: "live hills", coverageRatio: 1, live: true });
      expect(route.ascentM).toBeGreaterThan(baked.routes[index]!.ascentM!);
      expect(route.geometry).toEqual(baked.routes[index]!.geometry);
      const { elevationM } = route.annotations!.elevation!;
      expect(elevationM).toHaveLength(heights.profiles[index]!.elevationM.length);
      expect(elevationM[0]).toBeCloseTo(heights.profiles[index]!.elevationM[0]!, 0);
    }
    for (const [k, tag] of (["fastest", "cheapest", "cleanest"] as const).entries()) {
      const best = answer.routes.filter(({ tags }) => tags.includes(tag));
      expect(best).toHaveLength(1);
      const figures = [best[0]!.durationS, best[0]!.cost.amount, best[0]!.co2eKg.total];
      expect(figures[k]).toBe(Math.min(...kept.map((index) => values[index]![k]!)));
    }
    const knee = answer.routes.find(({ tags }) => tags.includes("knee"));
    expect(answer.recommended).toBe(knee!.id);
  });

  it("certifies the search costs and tells how far they are off", () => {
    const { tierDeviation, ...certificate } = answer.certificate;
    const { tierDeviation: none, ...searched } = baked.certificate;
    expect(certificate).toEqual(searched);
    expect(none).toBeNull();
    for (const [k, objective] of (["time", "money", "co2e"] as const).entries()) {
      const all = plan.courses.map((course, index) => {
        return values[index]![k]! / objectiveValues(course.searched, plan.rates)[k]! - 1;
      });
      expect(tierDeviation![objective].lowest).toBeCloseTo(Math.min(...all), 6);
      expect(tierDeviation![objective].highest).toBeCloseTo(Math.max(...all), 6);
    }
    for (const route of answer.routes) {
      const index = plan.answer.routes.findIndex(({ id }) => id === route.id);
      const before = objectiveValues(plan.courses[index]!.searched, plan.rates);
      const { time, money, co2e } = route.tierDeviation!;
      for (const [k, deviation] of [time, money, co2e].entries()) {
        expect(deviation).toBeCloseTo(values[index]![k]! / before[k]! - 1, 6);
      }
    }
    expect(baked.routes.every((route) => route.tierDeviation === undefined)).toBe(true);
    // Steeper hills: more CO2e on every route.
    expect(tierDeviation!.co2e.lowest).toBeGreaterThan(0);
  });

  it("names the heights, their credit and their weaknesses", () => {
    expect(answer.provenance).toEqual({
      ...baked.provenance,
      liveElevation: { source: "live hills", tilesSha256: "ab", smoothingM: 56.57 },
      attribution: ["made up", "© Hills"],
    });
    expect(plan.smoothingM).toBeCloseTo(56.6, 1);
    expect(answer.warnings.map(({ code }) => code)).toEqual(["terrain_tile_stale"]);
  });

  it("shows no more routes than were asked for, the extremes among them", () => {
    const few = evaluateFront(plan, { ...request, maxRoutes: 4 }, heights);
    expect(few.routes).toHaveLength(4);
    expect(few.routes.flatMap(({ tags }) => tags).toSorted()).toEqual(
      answer.routes.flatMap(({ tags }) => tags).toSorted(),
    );
    expect(few.front.points).toEqual(answer.front.points);
    expect(few.front.routeIds.filter((id) => id !== null)).toEqual(few.routes.map(({ id }) => id));
  });

  it("compares only the objectives that were asked for", () => {
    const only: PlanRequest = { ...request, objectives: ["time", "co2e"] };
    const two = planner.planFinalists(only);
    const evaluated = evaluateFront(two, only, heightsOf(two.courses, rough));
    for (const a of evaluated.front.points) {
      for (const b of evaluated.front.points) {
        if (a !== b) expect(a[0] <= b[0] && a[2] <= b[2]).toBe(false);
      }
    }
  });

  it("keeps points that were not driven again, and marks them", () => {
    // As if only every other route had been among the finalists.
    const half = <T>(list: readonly T[]): T[] => list.filter((_, index) => index % 2 === 0);
    const few: EvaluablePlan<ParetoAnswer> = {
      ...plan,
      answer: {
        ...plan.answer,
        routes: half(plan.answer.routes),
        front: {
          ...plan.answer.front,
          routeIds: plan.answer.front.routeIds.map((id, index) => (index % 2 === 0 ? id : null)),
        },
      },
      courses: half(plan.courses),
    };
    const { front, evaluation } = evaluateFront(few, request, {
      ...heights,
      profiles: half(heights.profiles),
    });
    const marked = front.points.filter((_, index) => front.tiers![index] === "search");
    const left = baked.front.points.filter((_, index) => index % 2 === 1);
    expect(marked).toEqual(left);
    expect(evaluation!.notEvaluated).toBe(left.length);
    expect(front.routeIds.every((id, at) => id === null || front.tiers![at] === "evaluated")).toBe(
      true,
    );
  });
});

describe("a single route on other heights", () => {
  const weights = { time: 1, co2e: 2 };
  const best: EvaluablePlan<RouteAnswer> = planner.planFinalist({ ...request, weights });

  it("is the same route with other figures", () => {
    const { route: searched } = planner.planRoute({ ...request, weights });
    const { route, certificate } = evaluateBest(
      best,
      { ...request, geometry: "polyline6" },
      heightsOf(best.courses, rough),
    );
    expect(route.id).toBe(searched.id);
    expect(route.tags).toEqual([]);
    expect(route.geometry).toBeTypeOf("string");
    expect(route.fuelL).toBeGreaterThan(searched.fuelL!);
    expect(certificate.tierDeviation!.co2e.lowest).toBe(certificate.tierDeviation!.co2e.highest);
  });

  it("warns where a limit that the search keeps does not hold on them", () => {
    const { durationS } = evaluateBest(best, request, heightsOf(best.courses, rough)).route;
    const codesAt = (maxDurationS: number): string[] =>
      evaluateBest(
        best,
        { ...request, constraints: { maxDurationS } },
        heightsOf(best.courses, rough),
      ).warnings.map(({ code }) => code);
    expect(codesAt(durationS)).not.toContain("limit_exceeded_evaluated");
    expect(codesAt(durationS - 0.01)).toContain("limit_exceeded_evaluated");
  });

  it("is refused when too little of it is known, and warned about when a little is not", () => {
    const [{ lonLat }] = best.courses as [RouteCourse];
    const [, northM] = gridMetres(lonLat[0]!, lonLat[1]!);
    const voidNear = (metres: number) => (lon: number, lat: number) => {
      const [eastM, otherM] = gridMetres(lon, lat);
      const [startM] = gridMetres(lonLat[0]!, lonLat[1]!);
      return Math.hypot(eastM - startM, otherM - northM) < metres ? Number.NaN : 500;
    };
    let failure: unknown;
    try {
      evaluateBest(best, request, heightsOf(best.courses, voidNear(300)));
    } catch (error) {
      failure = error;
    }
    if (!isReasonError(failure, "terrain_dem_coverage_insufficient")) throw failure;
    expect(failure.details).toMatchObject({ requiredRatio: 0.96, missingTiles: ["11/1/1"] });
    expect(failure.details.observedRatio).toBeLessThan(0.95);
    const { route, warnings } = evaluateBest(best, request, heightsOf(best.courses, voidNear(30)));
    expect(route.terrain.coverageRatio).toBeLessThan(1);
    expect(warnings.map(({ code }) => code)).toContain("terrain_void_on_route");
    expect(route.annotations!.elevation!.elevationM[0]).toBeNull();
  });
});

describe("a region without heights", () => {
  it("finds routes on the level, says so, and evaluates them", async () => {
    const { graph, drawing } = await buildTown(5, () => Number.NaN);
    const level = plannerOf(graph, RATES);
    const trip = { origin: drawing.position("A"), destination: drawing.position("Y") };
    const found = level.planFinalists(trip);
    const evaluated = evaluateFront(found, trip, heightsOf(found.courses, rough));
    const codes = evaluated.warnings.map(({ code }) => code);
    expect(codes).toContain("search_without_elevation");
    expect(codes).not.toContain("terrain_not_available");
    expect(codes).not.toContain("terrain_void_on_route");
    expect(evaluated.routes.every(({ ascentM }) => ascentM !== null && ascentM > 0)).toBe(true);
    expect(level.planPareto(trip).warnings.map(({ code }) => code)).toContain(
      "terrain_not_available",
    );
  });
});
