import { openTiles } from "@gradeway/api";
import {
  createElevationSampler,
  type ElevationSource,
  type ElevationSummary,
  MAX_ZOOM,
} from "@gradeway/terrain-tiles";
import { defineCommand } from "citty";

import { invalidArgument, parseNumber, refuseUnknown } from "./command-arguments.ts";
import { terrainSettings, tilesArgs } from "./terrain-arguments.ts";
import { readPointsFile } from "./terrain-points.ts";
import { textTable } from "./text-table.ts";

const args = {
  tiles: {
    ...tilesArgs.tiles,
    required: true,
    description: "Elevation tiles; a URL template has {z}, {x} and {y}",
  },
  "tiles-host": tilesArgs["tiles-host"],
  zoom: { type: "string", default: "11", description: `Zoom level of the tiles, 0 to ${MAX_ZOOM}` },
  points: {
    type: "string",
    required: true,
    valueHint: "FILE.geojson",
    description: "Points, lines or a feature collection of them",
  },
  json: { type: "boolean", default: false, description: "Print the heights as JSON" },
} as const;

/** `gradeway terrain sample` */
export const terrainSample = defineCommand({
  meta: { name: "gradeway terrain sample", description: "Print the heights of points" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const zoom = parseNumber("zoom", given.zoom);
    if (!Number.isInteger(zoom) || zoom < 0 || zoom > MAX_ZOOM) {
      throw invalidArgument("zoom", `expected a whole number from 0 to ${MAX_ZOOM}`);
    }
    const lonLat = await readPointsFile(given.points);
    const settings = terrainSettings(process.env, { hosts: given["tiles-host"] });
    const tiles = await openTiles(given.tiles, settings, { now: () => Date.now() });
    const sampler = createElevationSampler(tiles.source, { zoom });
    const heightM = new Float64Array(lonLat.length / 2);
    const summary = await sampler.sample(lonLat, heightM).finally(() => tiles.close());
    if (given.json) {
      const elevationM = Array.from(heightM, (height) => (Number.isNaN(height) ? null : height));
      console.log(JSON.stringify({ elevationM }));
    } else console.log(describeHeights(lonLat, heightM, summary, sampler.source));
  },
});

/** Heights as a table for people. */
function describeHeights(
  lonLat: Float64Array,
  heightM: Float64Array,
  summary: ElevationSummary,
  source: ElevationSource,
): string {
  const rows = Array.from(heightM, (height, point) => [
    lonLat[2 * point]!.toFixed(6),
    lonLat[2 * point + 1]!.toFixed(6),
    Number.isNaN(height) ? "void" : height.toFixed(2),
  ]);
  const { sampled, voids, missingTiles } = summary;
  return [
    textTable([["lon", "lat", "m"], ...rows], new Set([0, 1, 2])),
    "",
    `${sampled} points, ${voids} void, from ${source.name}; ${source.attribution}`,
    ...(missingTiles.length > 0 ? [`missing tiles: ${missingTiles.join(" ")}`] : []),
  ].join("\n");
}
