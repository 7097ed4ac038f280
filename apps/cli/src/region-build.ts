import { basename } from "node:path";

import { isUrlTemplate, openTiles } from "@gradeway/api";
import { buildRegion, hashTiles, openOsmFile } from "@gradeway/model-assets";
import { createElevationSampler } from "@gradeway/terrain-tiles";
import { defineCommand } from "citty";

import { buildArgs, buildSettings, withDecoder, workDirectoryIn } from "./build-arguments.ts";
import { invalidArgument, refuseUnknown } from "./command-arguments.ts";
import { buildStepText, describeReport } from "./describe-build.ts";
import { createProgressLine } from "./progress-line.ts";
import { terrainSettings, tilesArgs } from "./terrain-arguments.ts";

/** Zoom level of the tiles. */
const ZOOM = 11;

const args = {
  osm: { type: "string", required: true, valueHint: "FILE.osm.pbf", description: "OSM extract" },
  ...tilesArgs,
  tiles: {
    ...tilesArgs.tiles,
    description: "Elevation tiles; a URL template has {z}, {x} and {y}",
  },
  name: { type: "string", description: "Name of the region; default: the OSM file's name" },
  country: {
    type: "string",
    valueHint: "CODE[,CODE]",
    description: "Countries of the region (ISO 3166), home first; they choose figures and currency",
  },
  ...buildArgs,
} as const;

/** `gradeway region build` */
export const regionBuild = defineCommand({
  meta: {
    name: "gradeway region build",
    description: "Build a region from an OSM extract and elevation tiles",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const settings = await buildSettings(given);
    const countries = parseCountries(given.country);
    const startedAtMs = performance.now();
    const osm = await openOsmFile(given.osm);
    const tiles =
      given.tiles === undefined
        ? undefined
        : await openTiles(
            given.tiles,
            terrainSettings(process.env, { hosts: given["tiles-host"] }),
            { attribution: given["tiles-attribution"], now: () => Date.now() },
          );
    const line = createProgressLine(process.stderr, () => performance.now());
    try {
      const report = await withDecoder(settings.threads, (decode) =>
        buildRegion({
          ...settings,
          directory: given.out,
          workDirectory: workDirectoryIn(given.out),
          name: given.name ?? basename(given.osm).replace(/(\.osm)?\.pbf$/, ""),
          osm: osm.source,
          osmInput: osm.input,
          ...(countries === undefined ? {} : { countries }),
          ...(tiles === undefined
            ? {}
            : { elevation: createElevationSampler(tiles.source, { zoom: ZOOM, decode }) }),
          ...(tiles === undefined || isUrlTemplate(given.tiles!)
            ? {}
            : { elevationSha256: (bbox) => hashTiles(tiles.source, ZOOM, bbox) }),
          progress: (step, fraction) => line.update(buildStepText(step, fraction)),
        }),
      );
      line.clear();
      const seconds = (performance.now() - startedAtMs) / 1000;
      const peakRssMb = process.resourceUsage().maxRSS / 1024;
      if (given.json) console.log(JSON.stringify({ ...report, seconds, peakRssMb }, undefined, 2));
      else console.log(describeReport(report, seconds, peakRssMb));
    } finally {
      line.clear();
      await tiles?.close();
    }
  },
});

function parseCountries(list: string | undefined): readonly string[] | undefined {
  if (list === undefined) return undefined;
  const codes = list.split(",").map((code) => code.trim());
  const wrong = codes.find((code) => !/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(code));
  if (wrong === undefined) return codes;
  throw invalidArgument(
    "country",
    `expected ISO 3166 codes such as AD, GB-ENG or GB,FR, got "${wrong}"`,
  );
}
