import {
  createElevationSampler,
  createMemoryTileSource,
  type ElevationSampler,
} from "@gradeway/terrain-tiles";
import { terrainTilesFor } from "@gradeway/test-kit";
import { expect } from "vitest";

import { createTestApp, post } from "./app-fixture.ts";

/** Far to the east there is no tile; the ground rises by 1 m per 1/2000 degree eastward. */
export const TILES = new Map(
  terrainTilesFor([1.45, 42.45, 1.55, 42.55], 11, (lon) => 1000 + 2000 * (lon - 1.5)).map(
    ({ id, bytes }) => [`${id.z}/${id.x}/${id.y}`, bytes],
  ),
);
export const elevation = createElevationSampler(
  createMemoryTileSource(TILES, { name: "test tiles", attribution: "© Test" }),
);
export const OUTSIDE = [3, 42.5];

export interface Answer {
  readonly elevationM: (number | null)[];
  readonly distanceM: number[];
  readonly ascentM: number | null;
  readonly descentM: number | null;
  readonly coverageRatio: number;
}

export interface ProblemBody {
  readonly reasonCode: string;
  readonly detail: string;
  readonly details: { readonly issues: { pointer: string; message: string }[] };
}

/** Asks an application with the test tiles, or another sampler. */
export async function ask(body: unknown, sampler: ElevationSampler = elevation): Promise<Response> {
  return post(createTestApp({ elevation: sampler }).app, "/elevation", body);
}

/** Body of a good answer. */
export async function answerOf(body: unknown): Promise<Answer> {
  const response = await ask(body);
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

/** Body of a refusal. */
export async function problemOf(response: Response): Promise<ProblemBody> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return (await response.json()) as ProblemBody;
}
