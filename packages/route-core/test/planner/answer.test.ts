import { coverageFactor } from "@gradeway/pareto";
import { describe, expect, it } from "vitest";

import type { ParetoAnswer, PlannedRoute, PlanRequest } from "../../src/planner/plan-types.ts";
import { buildFromAscii, formulaSampler, gridMetres, plannerOf } from "../networks.ts";

/* A town with many ways through: each link trades time against money and CO2e. */
const NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXY";
const rows = [0, 1, 2, 3, 4].map((row) =>
  Array.from(NAMES.slice(row * 5, row * 5 + 5)).join("-----"),
);
const ways: Record<string, Record<string, string>> = {};
for (let i = 0; i < 25; i++) {
  const speed = ["30", "50", "70"][(i * 7) % 3]!;
  if (i % 5 < 4) ways[NAMES[i]! + NAMES[i + 1]!] = { maxspeed: speed };
  if (i < 20) ways[NAMES[i]! + NAMES[i + 5]!] = i % 3 === 0 ? { toll: "yes", tunnel: "yes" } : {};
}
const town = await buildFromAscii(
  rows.join("\n\n\n\n"),
  { ways },
  {
    elevation: formulaSampler((lon, lat) => {
      const [eastM, northM] = gridMetres(lon, lat);
      return 500 + 25 * Math.sin(eastM / 300) * Math.cos(northM / 250);
    }),
    tollFacilities: [{ id: "t", name: "T", near: [7, 47], radiusM: 9000, charged: "tunnel" }],
  },
);
const planner = plannerOf(town.graph, { tollByFacility: { t: 0.4 } });
const request: PlanRequest = {
  origin: town.drawing.position("A"),
  destination: town.drawing.position("Y"),
};
const costsOf = (answer: ParetoAnswer) => answer.routes.map(({ searchCosts }) => searchCosts);
const exact = planner.planPareto(request);

describe("an exact answer", () => {
  it("has several routes, none dominated, in order of time", () => {
    expect(exact.routes.length).toBeGreaterThan(5);
    for (const a of costsOf(exact)) {
      for (const b of costsOf(exact)) {
        if (a !== b) expect(a.every((cost, k) => cost <= b[k]!)).toBe(false);
      }
    }
    const times = exact.front.points.map(([time]) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(exact.routes.map(({ id }) => id)).size).toBe(exact.routes.length);
  });

  it("certifies what it is, with its grains and its provenance", () => {
    expect(exact.certificate).toEqual({
      kind: "exact",
      epsilon: 0,
      complete: true,
      scope: "search_costs",
      grains: { time: 0.01, money: 1e-4, co2e: 1e-4 },
      tierDeviation: null,
    });
    expect(exact.provenance.region.manifestSha256).toBe("m");
    expect(exact.diagnostics).toMatchObject({ frontSize: exact.front.size });
  });

  it("gives each tag to exactly one route, the best of its objective", () => {
    for (const [k, tag] of (["fastest", "cheapest", "cleanest"] as const).entries()) {
      const tagged = exact.routes.filter(({ tags }) => tags.includes(tag));
      expect(tagged.length).toBe(1);
      expect(tagged[0]!.searchCosts[k]).toBe(Math.min(...costsOf(exact).map((costs) => costs[k]!)));
    }
    expect(exact.routes.filter(({ tags }) => tags.includes("knee")).length).toBe(1);
  });
});

describe("an answer with fewer routes", () => {
  it.each([4, 5, 6])(
    "of at most %i keeps the extremes, the knee and the whole front",
    (maxRoutes) => {
      const answer = planner.planPareto({ ...request, maxRoutes });
      expect(answer.routes.length).toBe(maxRoutes);
      const tags = answer.routes.flatMap((route) => route.tags).toSorted();
      expect(tags).toEqual(["cheapest", "cleanest", "fastest", "knee"]);
      expect(answer.recommended).toBe(exact.recommended);
      expect(answer.front.points).toEqual(exact.front.points);
      const ids = answer.front.routeIds.filter((id) => id !== null);
      expect(ids).toEqual(answer.routes.map(({ id }) => id));
    },
  );

  it.each([1, 2, 3])("of at most %i holds the recommended one", (maxRoutes) => {
    const answer = planner.planPareto({ ...request, maxRoutes });
    expect(answer.routes.length).toBe(maxRoutes);
    expect(answer.routes.map(({ id }) => id)).toContain(exact.recommended);
  });

  it("with more than there are is the whole front", () => {
    expect(planner.planPareto({ ...request, maxRoutes: 1000 }).routes).toEqual(exact.routes);
  });
});

describe("an answer of routes that may not be alike", () => {
  /** Metres between neighbouring positions of a route, by the two positions. */
  const metresOf = ({ geometry }: PlannedRoute): Map<string, number> => {
    if (geometry === null || typeof geometry === "string") throw new Error("no line");
    const { coordinates } = geometry;
    return new Map(
      coordinates.slice(1).map((to, index) => {
        const [a, b] = [gridMetres(...coordinates[index]!), gridMetres(...to)];
        const key = [coordinates[index]!.join(), to.join()].toSorted().join(" ");
        return [key, Math.hypot(a[0] - b[0], a[1] - b[1])];
      }),
    );
  };
  const sum = (metres: Iterable<number>): number => [...metres].reduce((a, b) => a + b, 0);
  const overlap = (one: PlannedRoute, other: PlannedRoute): number => {
    const [a, b] = [metresOf(one), metresOf(other)];
    const shared = sum([...a].map(([key, metres]) => (b.has(key) ? metres : 0)));
    return shared / Math.min(sum(a.values()), sum(b.values()));
  };

  it.each([0.3, 0.5, 0.7])("shows unlike ones beside the best and the knee at %d", (limit) => {
    const { routes, front } = planner.planPareto({ ...request, maxOverlapRatio: limit });
    expect(front.size).toBe(exact.front.size);
    expect(routes.length).toBeLessThan(exact.routes.length);
    expect(routes.flatMap(({ tags }) => tags).length).toBe(4);
    for (const [at, one] of routes.entries()) {
      for (const other of routes.slice(at + 1)) {
        if (one.tags.length > 0 && other.tags.length > 0) continue;
        expect(overlap(one, other)).toBeLessThanOrEqual(limit + 1e-3);
      }
    }
    const left = exact.routes.filter(({ id }) => !routes.some((shown) => shown.id === id));
    for (const one of left) {
      expect(Math.max(...routes.map((shown) => overlap(one, shown)))).toBeGreaterThan(limit - 1e-3);
    }
  });
});

describe("an epsilon answer", () => {
  it.each([0.01, 0.05, 0.2])("of %d covers the exact front and says so", (epsilon) => {
    const answer = planner.planPareto({ ...request, epsilon });
    expect(answer.certificate).toMatchObject({ kind: "epsilon", epsilon, complete: true });
    expect(coverageFactor(costsOf(exact), costsOf(answer))).toBeLessThanOrEqual(1 + epsilon);
    expect(answer.routes.length).toBeLessThanOrEqual(exact.routes.length);
    expect(answer.routes.length).toBeGreaterThan(0);
  });
});

describe("the summary of a region", () => {
  it("comes from its data", () => {
    const { summary } = planner;
    expect(summary).toMatchObject({
      name: "drawn",
      currency: "EUR",
      nodeCount: town.graph.nodeCount,
      edgeCount: town.graph.edgeCount,
    });
    expect(summary.vehicles.map(({ id }) => id)).toEqual(["van-3.5t", "rigid-18t", "artic-40t"]);
    expect(summary.bbox[0]).toBeCloseTo(7, 9);
    expect(summary.bbox[3]).toBeCloseTo(47, 9);
  });
});
