import { join } from "node:path";

import { openTerrain, planStrictly, type OpenedTerrain } from "@gradeway/api";
import { isReasonError } from "@gradeway/reason-codes";
import {
  type CourseProfile,
  createCourseDriver,
  DIESEL_G_PER_L,
  evaluateCourse,
  evaluateFront,
  type LonLat,
  MAX_FINALISTS,
  OBJECTIVES,
  type ParetoAnswer,
  type PlannedRoute,
  type PlanRequest,
} from "@gradeway/route-core";
import { type LiveTerrainSettingsInput, parseLiveTerrainSettings } from "@gradeway/terrain-tiles";
import {
  findDataDir,
  type LoopbackTileServer,
  startLoopbackTileServer,
  type TileFault,
} from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { buildRealRegion, tagged, tollsOf, type RealRegion } from "./real-region.ts";

const dataDir = findDataDir();
if (dataDir === undefined) console.warn("skipped: strict plans in Andorra (no GRADEWAY_DATA_DIR)");

/**
 * The heights that a route was shown with, as a profile. They are rounded to 0.1 m: points that are
 * closer together than 20 m say nothing of the grade and are left out.
 */
function profileOf({ annotations }: PlannedRoute): CourseProfile {
  const { distanceM, elevationM } = annotations!.elevation!;
  const kept = [0];
  for (const [at, metres] of distanceM.entries()) {
    const isLast = at === distanceM.length - 1;
    if (isLast || metres - distanceM[kept.at(-1)!]! >= 20) kept.push(at);
  }
  const atM = kept.map((at) => distanceM[at]!);
  const heightM = kept.map((at) => elevationM[at] ?? Number.NaN);
  const gradeRatio = heightM
    .slice(1)
    .map((metres, at) => (metres - heightM[at]!) / (atM[at + 1]! - atM[at]!));
  return {
    distanceM: Float64Array.from(atM),
    elevationM: Float64Array.from(heightM),
    gradeRatio: Float64Array.from(gradeRatio),
  };
}

const ANDORRA_LA_VELLA: LonLat = [1.5218, 42.5063];
const ENCAMP: LonLat = [1.5803, 42.5353];
const PAS_DE_LA_CASA: LonLat = [1.7333, 42.5425];

describe.skipIf(dataDir === undefined)("a strict plan in Andorra", () => {
  let andorra: RealRegion;
  let server: LoopbackTileServer;
  let fault: TileFault | undefined;

  beforeAll(async () => {
    const tiles = "andorra/geotiff";
    andorra = await buildRealRegion(dataDir!, "andorra/andorra-2025-01-18.osm.pbf", tiles);
    server = await startLoopbackTileServer({
      tiles: join(dataDir!, tiles),
      faults: () => fault,
    });
  });
  afterAll(async () => {
    await server?.close();
    await andorra?.remove();
  });

  function open(more: LiveTerrainSettingsInput = {}): Promise<OpenedTerrain> {
    const settings = parseLiveTerrainSettings({
      urlTemplate: server.urlTemplate,
      allowedHosts: [new URL(server.origin).host],
      fetchRetries: 0,
      ...more,
    });
    return openTerrain({ settings, now: () => Date.now() });
  }

  async function plan(request: PlanRequest, terrain: OpenedTerrain): Promise<ParetoAnswer> {
    const { planner } = andorra;
    const { answer } = await planStrictly({
      request,
      terrain,
      plan: async () => planner.planPareto(request),
      planFinalists: async () => planner.planFinalists(request),
      evaluate: evaluateFront,
    });
    return answer;
  }

  const up: PlanRequest = {
    origin: ANDORRA_LA_VELLA,
    destination: PAS_DE_LA_CASA,
    epsilon: 0,
    annotations: ["elevation"],
  };
  const down: PlanRequest = { ...up, origin: PAS_DE_LA_CASA, destination: ANDORRA_LA_VELLA };

  // The region smooths along the network, with less effect where its points lie closer together than
  // 40 m: in towns and bends it keeps ripples that the live profile does not.
  it("differs by the smoothing from the grades of the region on the same tiles", async () => {
    const terrain = await open();
    for (const request of [up, down]) {
      const baked = andorra.planner.planPareto(request);
      const finalists = andorra.planner.planFinalists(request);
      const live = await plan(request, terrain);
      expect(live.routes.length).toBeGreaterThan(2);
      expect(live.evaluation!.finalists).toBe(Math.min(MAX_FINALISTS, baked.routes.length));
      for (const route of live.routes) {
        const searched = baked.routes.find(({ id }) => id === route.id)!;
        expect(route.terrain).toMatchObject({ live: true, coverageRatio: 1 });
        expect(tollsOf(route)).toEqual(tollsOf(searched));
        // The same road driven by the same tier on the heights of the region.
        const at = finalists.answer.routes.findIndex(({ id }) => id === route.id);
        const drive = createCourseDriver(finalists.vehicle);
        const { consumption } = evaluateCourse(finalists.courses[at]!, drive, profileOf(searched));
        expect(Math.abs(route.durationS / consumption.seconds - 1)).toBeLessThan(0.03);
        // Of 26 l on the way up and 5 l on the way down; of 1,200 m of climb and descent.
        expect(Math.abs(route.fuelL! - consumption.energy / DIESEL_G_PER_L)).toBeLessThan(0.9);
        expect(Math.abs(route.ascentM! - searched.ascentM!)).toBeLessThan(60);
        const netM = (one: typeof route): number => one.ascentM! - one.descentM!;
        expect(Math.abs(netM(route) - netM(searched))).toBeLessThan(5);
      }
      const { tierDeviation } = live.certificate;
      for (const [k, objective] of OBJECTIVES.entries()) {
        const deviations = live.routes.map(({ id }) => {
          const [after, before] = [live, baked].map(
            ({ front }) => front.points[front.routeIds.indexOf(id)]![k]!,
          );
          return after! / before! - 1;
        });
        const { lowest, highest } = tierDeviation![objective];
        expect(lowest - 1e-6).toBeLessThanOrEqual(Math.min(...deviations));
        expect(highest + 1e-6).toBeGreaterThanOrEqual(Math.max(...deviations));
      }
    }
    await terrain.close();
  });

  it("is driven leg by leg past a waypoint, each as on the heights of the region", async () => {
    const terrain = await open();
    const request: PlanRequest = { ...up, waypoints: [ENCAMP] };
    const baked = andorra.planner.planPareto(request);
    const finalists = andorra.planner.planFinalists(request);
    const live = await plan(request, terrain);
    await terrain.close();
    expect(live.routes.length).toBeGreaterThan(1);
    expect(live.snapped).toEqual(baked.snapped);
    for (const route of live.routes) {
      expect(route.terrain).toMatchObject({ live: true, coverageRatio: 1 });
      const searched = baked.routes.find(({ id }) => id === route.id)!;
      const at = finalists.answer.routes.findIndex(({ id }) => id === route.id);
      const drive = createCourseDriver(finalists.vehicle);
      const { legs } = evaluateCourse(finalists.courses[at]!, drive, profileOf(searched));
      expect(legs).toHaveLength(2);
      for (const [leg, { durationS, distanceM }] of route.legs.entries()) {
        // The first leg runs through towns, where the region keeps more ripples than elsewhere.
        expect(Math.abs(durationS / legs[leg]!.seconds - 1)).toBeLessThan(0.04);
        expect(distanceM).toBeCloseTo(searched.legs[leg]!.distanceM, 0);
      }
      const sum = route.legs.reduce((seconds, { durationS }) => seconds + durationS, 0);
      expect(sum).toBeCloseTo(route.drivingS, 1);
      const bakedS = legs.reduce((total, { seconds }) => total + seconds, 0);
      expect(Math.abs(sum / bakedS - 1)).toBeLessThan(0.03);
    }
  });

  it("keeps the tunnel straight, whatever the pass above it does", async () => {
    const terrain = await open();
    const live = await plan(up, terrain);
    await terrain.close();
    const finalists = andorra.planner.planFinalists(up);
    const tunnelled = tagged(live.routes, "fastest");
    expect(tollsOf(tunnelled).count).toBe(1);
    const at = finalists.answer.routes.findIndex(({ id }) => id === tunnelled.id);
    const [from, to] = finalists.courses[at]!.structures.reduce((longest, range) =>
      range[1] - range[0] > longest[1] - longest[0] ? range : longest,
    );
    // The Envalira tunnel is 2,879 m long.
    expect(to - from).toBeGreaterThan(2700);
    const { distanceM, elevationM } = tunnelled.annotations!.elevation!;
    const inside = distanceM.flatMap((metres, index) =>
      metres >= from - 0.1 && metres <= to + 0.1 ? [index] : [],
    );
    const [first, last] = [inside[0]!, inside.at(-1)!];
    expect(inside.length).toBeGreaterThan(60);
    for (const index of inside) {
      const share =
        (distanceM[index]! - distanceM[first]!) / (distanceM[last]! - distanceM[first]!);
      const straight = elevationM[first]! + (elevationM[last]! - elevationM[first]!) * share;
      // Heights and distances are rounded to 0.1 m in the answer.
      expect(Math.abs(elevationM[index]! - straight)).toBeLessThan(0.16);
    }
  });

  it("is refused for what is wrong with the tiles", async () => {
    const cases: [fault: TileFault, settings: LiveTerrainSettingsInput, reasonCode: string][] = [
      [{ status: 500 }, {}, "terrain_fetch_failed"],
      [{ status: 500 }, { circuitBreakerFailures: 1 }, "terrain_circuit_open"],
      [{ status: 404 }, {}, "terrain_dem_coverage_insufficient"],
      [{ body: new Uint8Array(5000) }, {}, "terrain_tile_corrupt"],
      [{}, { maxRemoteTilesPerRoute: 1 }, "terrain_tile_budget_exceeded"],
      [{}, { urlTemplate: "" }, "terrain_dem_url_missing"],
    ];
    for (const [one, settings, reasonCode] of cases) {
      fault = one;
      const terrain = await open(settings);
      const failures: unknown[] = [];
      for (let attempt = 0; attempt < 2; attempt++) {
        await plan(up, terrain).catch((error: unknown) => failures.push(error));
      }
      await terrain.close();
      fault = undefined;
      expect(
        failures.map((error) => isReasonError(error)),
        reasonCode,
      ).toEqual([true, true]);
      expect(failures[1], reasonCode).toMatchObject({ reasonCode });
    }
  });
});
