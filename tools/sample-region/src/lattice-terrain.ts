import { createSeededRandom } from "@gradeway/test-kit";

import { HALF_HEIGHT_M, HALF_WIDTH_M, type Point } from "./county-frame.ts";
import { withinCounty } from "./county-lattice.ts";
import type { Terrain } from "./terrain.ts";
import { createFractalNoise } from "./value-noise.ts";

/** Within this distance of its border the terrain of a county goes over into what they have in common. */
const BORDER_M = 4_000;
const COMMON_FLOOR_M = 540;
const COMMON_HILLS_M = 160;

/** Heights of a lattice of counties: every county has the same ridge and valleys, and borders have none. */
export function latticeHeights(terrain: Terrain, seed: number): (point: Point) => number {
  const noise = createFractalNoise(createSeededRandom(seed ^ 0x1a77), 9_000, 4, 0.45);
  return (point) => {
    const within = withinCounty(point);
    const inside = Math.min(
      HALF_WIDTH_M - Math.abs(within.xM),
      HALF_HEIGHT_M - Math.abs(within.yM),
    );
    const share = Math.min(1, Math.max(0, inside / BORDER_M));
    const own = share * share * (3 - 2 * share);
    if (own === 1) return terrain.heightAtM(within);
    const commonM = COMMON_FLOOR_M + COMMON_HILLS_M * noise(point.xM, point.yM);
    if (own === 0) return commonM;
    const heightM = terrain.heightAtM(within);
    // The county's hole in the terrain lies in its corner: here, other counties lie around it.
    return Number.isNaN(heightM) ? commonM : own * heightM + (1 - own) * commonM;
  };
}
