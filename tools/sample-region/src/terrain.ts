import { createSeededRandom } from "@gradeway/test-kit";

import type { Point } from "./county-frame.ts";
import { distanceM } from "./county-frame.ts";
import { createFractalNoise } from "./value-noise.ts";

/** North-south positions that the roads and the terrain must agree on. */
export const PASS_Y_M = 4_500;
export const TUNNEL_Y_M = -1_500;
export const GAP_Y_M = -10_500;

const RIDGE_HEIGHT_M = 880;
const PASS_NOTCH_DEPTH_M = 335;
const WEST_FLOOR_M = 430;
const EAST_FLOOR_M = 485;
const LAKE: Point & {
  readonly radiusXM: number;
  readonly radiusYM: number;
  readonly levelM: number;
} = { xM: 13_800, yM: 9_300, radiusXM: 1_300, radiusYM: 2_600, levelM: 508 };
const VOID_CENTRE: Point = { xM: -21_600, yM: 16_400 };
const VOID_RADIUS_M = 220;

export interface Terrain {
  /** NaN in a small hole in the north-western corner, far from any road. */
  heightAtM(point: Point): number;
  /** Rise per metre to the east and to the north, over a baseline that hides single bumps. */
  slopeAt(point: Point): { readonly east: number; readonly north: number };
}

/** Two valleys, west and east, with a ridge between them that has a low pass and ends in the south. */
export function createTerrain(seed: number): Terrain {
  const random = createSeededRandom(seed);
  const mountainNoise = createFractalNoise(random, 3_800, 5, 0.42);
  const valleyNoise = createFractalNoise(random, 2_600, 4, 0.4);

  const heightAtM = ({ xM, yM }: Point): number => {
    if (distanceM({ xM, yM }, VOID_CENTRE) < VOID_RADIUS_M) return Number.NaN;
    const offsetM = xM - ridgeCentreXM(yM);
    const ridge = ridgeProfile(offsetM, yM);
    const eastPart = smoothStep(-4_000, 4_000, offsetM);
    const floorM =
      WEST_FLOOR_M + (EAST_FLOOR_M - WEST_FLOOR_M) * eastPart + 0.003 * yM * (1 - 2 * eastPart);
    // The county's outer hills keep the valleys closed without reaching the ridge's height.
    const outer = smoothStep(15_500, 24_000, Math.abs(xM));
    const ruggednessM = 150 * ridge + 110 * outer;
    const ruggedM = ruggednessM > 0 ? mountainNoise(xM, yM) * ruggednessM : 0;
    const hillsM =
      floorM + ridge * ridgeCrestM(yM) + outer * 260 + ruggedM + valleyNoise(xM, yM) * 16;
    return LAKE.levelM + (hillsM - LAKE.levelM) * shoreBlend({ xM, yM });
  };

  const slopeAt = ({ xM, yM }: Point): { east: number; north: number } => {
    const reachM = 60;
    const rise = (dxM: number, dyM: number): number =>
      heightAtM({ xM: xM + dxM, yM: yM + dyM }) - heightAtM({ xM: xM - dxM, yM: yM - dyM });
    return { east: rise(reachM, 0) / (2 * reachM), north: rise(0, reachM) / (2 * reachM) };
  };
  return { heightAtM, slopeAt };
}

/** The ridge is not straight: its crest swings half a kilometre to either side. */
export function ridgeCentreXM(yM: number): number {
  return 500 * Math.sin(yM / 4_000);
}

export function isOverLake(point: Point, marginM: number): boolean {
  const eastPart = (point.xM - LAKE.xM) / (LAKE.radiusXM + marginM);
  const northPart = (point.yM - LAKE.yM) / (LAKE.radiusYM + marginM);
  return eastPart * eastPart + northPart * northPart < 1;
}

/** A point of the shore; the angle is in radians, anticlockwise from the east. */
export function lakeShore(angle: number): Point {
  return {
    xM: LAKE.xM + LAKE.radiusXM * Math.cos(angle),
    yM: LAKE.yM + LAKE.radiusYM * Math.sin(angle),
  };
}

/** 0 on the lake, 1 from a kilometre off its shore. */
function shoreBlend(point: Point): number {
  const eastPart = (point.xM - LAKE.xM) / LAKE.radiusXM;
  const northPart = (point.yM - LAKE.yM) / LAKE.radiusYM;
  return smoothStep(1.05, 1.7, Math.hypot(eastPart, northPart));
}

function ridgeCrestM(yM: number): number {
  const notchM = PASS_NOTCH_DEPTH_M * bell((yM - PASS_Y_M) / 1_500);
  return (RIDGE_HEIGHT_M - notchM) * smoothStep(-9_400, -6_000, yM);
}

/** 1 on the crest, 0 in the valleys; steep and narrow at the tunnel, wide at the pass. */
function ridgeProfile(offsetM: number, yM: number): number {
  const halfWidthM = 5_000 - 1_500 * bell((yM - TUNNEL_Y_M) / 1_800);
  const part = Math.abs(offsetM) / halfWidthM;
  return part >= 1 ? 0 : (1 + Math.cos(Math.PI * part)) / 2;
}

function bell(x: number): number {
  return Math.exp(-x * x);
}

function smoothStep(from: number, to: number, value: number): number {
  const part = Math.min(Math.max((value - from) / (to - from), 0), 1);
  return part * part * (3 - 2 * part);
}
