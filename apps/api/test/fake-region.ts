import type { AssetReport } from "@gradeway/model-assets";
import { createWarning, ReasonError } from "@gradeway/reason-codes";
import { reportEmissions } from "@gradeway/route-core";
import type {
  Certificate,
  LonLat,
  ParetoAnswer,
  PlannedRoute,
  PlanRequest,
  Provenance,
  RegionSummary,
  RouteTag,
} from "@gradeway/route-core";

// Not from the index: the fake planner runs in a thread, where the decoder of tiles cannot be loaded.
import type { PlannerPort, ServedRegion } from "../src/app-deps.ts";
import { withBodies } from "../src/body/with-bodies.ts";
import { createRoadTiles } from "../src/road-tiles.ts";
import { crossing, fakeRoads, GRID, heightM } from "./fake-network.ts";

export const FAKE_SUMMARY: RegionSummary = {
  name: "Testshire",
  synthetic: true,
  bbox: [7, 49, 7.42, 49.2],
  currency: "EUR",
  nodeCount: 352,
  edgeCount: 1204,
  attribution: ["© OpenStreetMap contributors (ODbL)", "Elevation: invented"],
  vehicles: [
    { id: "artic-40t", name: "Articulated truck, 40 t", maxPayloadKg: 25_300 },
    { id: "rigid-18t", name: "Rigid truck, 18 t", maxPayloadKg: 9_800 },
  ],
};

const ATTRIBUTION = FAKE_SUMMARY.attribution;

const PROVENANCE: Provenance = {
  engine: { name: "gradeway", version: "0.1.0" },
  region: { name: "Testshire", synthetic: true, manifestSha256: "ab".repeat(32) },
  graph: { sha256: "cd".repeat(32), osmTimestamp: "2026-01-01T00:00:00Z" },
  elevation: { source: "invented", coverageRatio: 0.98, smoothingM: 57 },
  rates: { sha256: "ef".repeat(32), asOf: "2026-01-01" },
  vehicles: { sha256: "01".repeat(32) },
  assets: { "routing-graph": "cd".repeat(32) },
  attribution: ATTRIBUTION,
};

/** Two assets, one of which is too old. */
export const FAKE_ASSETS: AssetReport = {
  region: { name: "Testshire", sequence: 3, synthetic: true, manifestSha256: "ab".repeat(32) },
  signature: { state: "unsigned", keyIds: [] },
  assets: [
    {
      name: "routing-graph",
      kind: "routing-graph",
      isRequired: true,
      state: "ready",
      ageDays: 10,
      sha256: "cd".repeat(32),
    },
    {
      name: "fuel-prices",
      kind: "fuel-prices",
      isRequired: true,
      state: "stale",
      reasonCode: "asset_expired",
      ageDays: 40,
      maxAgeDays: 30,
      sha256: "ef".repeat(32),
    },
    {
      name: "zone-charges",
      kind: "zone-charges",
      isRequired: false,
      state: "missing",
      ageDays: null,
    },
  ],
};

/** A planner that invents a front of the given size; enough for the server and the page. */
export function createFakePlanner(routeCount: number): PlannerPort {
  const noCourses = (): Promise<never> =>
    Promise.reject(new TypeError("Invented routes cannot be driven."));
  return withBodies({
    planFinalists: noCourses,
    planFinalist: noCourses,
    planPareto: (request) => Promise.resolve(fakePareto(request, routeCount)),
    planRoute: (request) => {
      const { routes, front: _front, recommended: _recommended, ...rest } = fakePareto(request, 1);
      const [route] = routes;
      return route === undefined
        ? Promise.reject(new ReasonError("no_route_candidates", "No route.", {}))
        : Promise.resolve({ route, ...rest });
    },
  });
}

/** A region with invented roads and routes. */
export function createFakeRegion(routeCount = 12): ServedRegion {
  return {
    summary: FAKE_SUMMARY,
    planner: createFakePlanner(routeCount),
    roads: createRoadTiles(fakeRoads()),
    assets: () => FAKE_ASSETS,
    demo: { origin: crossing(1, 2), destination: crossing(20, 12), payloadKg: 12_000 },
  };
}

/** An invented answer. */
export function fakePareto(request: PlanRequest, routeCount: number): ParetoAnswer {
  const routes = Array.from({ length: routeCount }, (_, rank) => fakeRoute(rank, routeCount));
  const epsilon = request.epsilon ?? 0.01;
  const certificate: Certificate = {
    kind: epsilon === 0 ? "exact" : "epsilon",
    epsilon,
    complete: true,
    scope: "search_costs",
    grains: { time: 0.01, money: 0.0001, co2e: 0.0001 },
    tierDeviation: null,
  };
  return {
    routes,
    recommended: routes.find((route) => route.tags.includes("knee"))?.id ?? "r0",
    front: {
      size: routeCount,
      objectives: request.objectives ?? ["time", "money", "co2e"],
      points: routes.map((route) => [route.durationS, route.cost.amount, route.co2eKg.total]),
      routeIds: routes.map((route) => route.id),
    },
    certificate,
    snapped: {
      origin: { lonLat: request.origin, distanceM: 3, osmWayId: 1 },
      destination: { lonLat: request.destination, distanceM: 4, osmWayId: 2 },
    },
    warnings: [
      createWarning("data_synthetic"),
      createWarning("data_assumed", { rows: ["standing cost", "running cost"] }),
    ],
    provenance: PROVENANCE,
    diagnostics: { searchMs: 3, totalMs: 5, labels: 900, pops: 700, frontSize: routeCount },
  };
}

function fakeRoute(rank: number, count: number): PlannedRoute {
  const t = count === 1 ? 0 : rank / (count - 1);
  const coordinates = pathOf(rank);
  const heights = coordinates.length;
  const distanceM = 41_000 + 6_500 * t;
  const fuelL = 17.4 - 4.1 * t ** 0.6 + 0.5 * Math.sin(rank * 2.1);
  const money = { driver: 21 + 9 * t, fuel: fuelL * 1.38, toll: t < 0.45 ? 12 : 0 };
  const tags: RouteTag[] = [];
  if (rank === 0) tags.push("fastest");
  if (rank === count - 2) tags.push("cheapest");
  if (rank === count - 1) tags.push("cleanest");
  if (rank === Math.ceil(count * 0.45)) tags.push("knee");
  const total = fuelL * 3.17;
  const co2eKg = { ttw: total * 0.8, wtt: total * 0.2, total };
  return {
    id: `r${rank}`,
    durationS: 2_340 + 1_480 * t,
    drivingS: 2_340 + 1_480 * t,
    breakS: 0,
    restS: 0,
    driverHours: { rule: "eu", stops: [] },
    distanceM,
    cost: {
      amount: Number((money.driver + money.fuel + money.toll + 8.2).toFixed(4)),
      currency: "EUR",
      lines: [
        { item: "driver", amount: money.driver, detail: "39 min at 32.40 EUR/h" },
        { item: "standing", amount: 3.1, detail: "39 min at 4.80 EUR/h" },
        { item: "running", amount: 5.1, detail: "41.0 km at 0.124 EUR/km" },
        { item: "fuel", amount: money.fuel, detail: `${fuelL.toFixed(1)} l at 1.38 EUR/l` },
        ...(money.toll > 0
          ? [{ item: "toll" as const, amount: money.toll, detail: "12 EUR at ridge-tunnel" }]
          : []),
      ],
    },
    co2eKg,
    iso14083: reportEmissions({
      energyCarrier: "diesel",
      co2eKg,
      payloadKg: 12_000,
      distanceM,
      origin: coordinates[0]!,
      destination: coordinates.at(-1)!,
    }),
    fuelL,
    ascentM: 310 + 280 * t,
    descentM: 290 + 280 * t,
    geometry: { type: "LineString", coordinates },
    legs: [{ durationS: 2_340 + 1_480 * t, distanceM }],
    annotations: { elevation: profileOf(rank, distanceM, heights * 20) },
    terrain: { source: "invented", coverageRatio: 0.98 },
    searchCosts: [234_000 + rank, 500_000 - rank, 550_000 - rank],
    tags,
  };
}

/** Corner to corner along one row, which differs from route to route. */
function pathOf(rank: number): LonLat[] {
  const turn = 2 + ((rank * 5) % 17);
  const row = rank % 3 === 0 ? 4 : rank % 3 === 1 ? 9 : 2 + (rank % 11);
  const path: LonLat[] = [];
  for (let column = 1; column <= 2; column++) path.push(crossing(column, 2));
  for (let r = 2; r !== row; r += Math.sign(row - r)) path.push(crossing(2, r));
  for (let column = 2; column <= turn; column++) path.push(crossing(column, row));
  for (let r = row; r !== 12; r += Math.sign(12 - r)) path.push(crossing(turn, r));
  for (let column = turn; column <= 20; column++) path.push(crossing(column, 12));
  return path;
}

function profileOf(
  rank: number,
  lengthM: number,
  samples: number,
): { distanceM: number[]; elevationM: (number | null)[] } {
  const distanceM = Array.from({ length: samples }, (_, i) => (lengthM * i) / (samples - 1));
  const row = rank % 3 === 0 ? 4 : 9;
  const elevationM = distanceM.map((metres) => {
    const column = (metres / lengthM) * (GRID.columns - 2);
    return rank % 3 === 1 && column > 6 && column < 7 ? null : heightM(column, row);
  });
  return { distanceM, elevationM };
}
