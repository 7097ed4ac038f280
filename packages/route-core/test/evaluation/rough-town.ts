import { createSeededRandom } from "@gradeway/test-kit";

import type { PlanHeights } from "../../src/evaluation/evaluate-plan.ts";
import type { RouteCourse } from "../../src/evaluation/route-course.ts";
import { buildFromAscii, formulaSampler, gridMetres } from "../networks.ts";
import { profileOf } from "./courses.ts";

/* Streets with many ways through, on ground that is rougher than the region's builder knew. */
const NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
export const hill = (heightM: number) => (lon: number, lat: number) => {
  const [eastM, northM] = gridMetres(lon, lat);
  return 500 + heightM * Math.sin(eastM / 300) * Math.cos(northM / 250);
};
export const tollFacilities = [
  { id: "t", name: "T", near: [7, 47], radiusM: 9000, charged: "tunnel" },
] as const;

/** Blocks of streets at 30 or 60 km/h; every fifth one is a tolled tunnel. */
export function buildTown(side: number, heightAt: (lon: number, lat: number) => number) {
  const random = createSeededRandom(8);
  const ways: Record<string, Record<string, string>> = {};
  const street = (a: number, b: number): void => {
    const toll = random.chance(0.2) ? { toll: "yes", tunnel: "yes" } : {};
    ways[NAMES[a]! + NAMES[b]!] = { maxspeed: String(random.pick([30, 60])), ...toll };
  };
  for (let i = 0; i < side * side; i++) {
    if (i % side < side - 1) street(i, i + 1);
    if (i < side * (side - 1)) street(i, i + side);
  }
  const rows = Array.from({ length: side }, (_, row) =>
    Array.from(NAMES.slice(row * side, row * side + side)).join("-----"),
  );
  return buildFromAscii(
    rows.join("\n\n\n\n"),
    { ways },
    { elevation: formulaSampler(heightAt), tollFacilities },
  );
}

/** The ground as it is found when the trip is planned. */
export const rough = (lon: number, lat: number): number => hill(40)(lon + 0.001, lat);

/** Heights of a formula along courses; structures are not on the ground but this ground is ours. */
export function heightsOf(
  courses: readonly RouteCourse[],
  heightAt: (lon: number, lat: number) => number,
): PlanHeights {
  return {
    source: "live hills",
    attribution: "© Hills",
    tilesSha256: "ab",
    missingTiles: ["11/1/1"],
    warnings: [{ code: "terrain_tile_stale", message: "old" }],
    profiles: courses.map(({ lonLat, lengthM }) => {
      const steps = Math.ceil(lengthM / 20);
      const distanceM = Array.from({ length: steps + 1 }, (_, step) => (lengthM * step) / steps);
      const vertexM = [0];
      for (let at = 2; at < lonLat.length; at += 2) {
        const [aE, aN] = gridMetres(lonLat[at - 2]!, lonLat[at - 1]!);
        const [bE, bN] = gridMetres(lonLat[at]!, lonLat[at + 1]!);
        vertexM.push(vertexM.at(-1)! + Math.hypot(bE - aE, bN - aN));
      }
      const elevationM = distanceM.map((atM) => {
        const next = Math.max(
          1,
          vertexM.findIndex((metres) => metres >= atM - 0.5),
        );
        const share = (atM - vertexM[next - 1]!) / (vertexM[next]! - vertexM[next - 1]!);
        const along = (axis: number): number => {
          const from = lonLat[2 * next - 2 + axis]!;
          return from + (lonLat[2 * next + axis]! - from) * share;
        };
        return heightAt(along(0), along(1));
      });
      return profileOf(distanceM, elevationM);
    }),
  };
}
