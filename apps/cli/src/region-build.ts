import { basename } from "node:path";

import { buildRegion, hashTiles, openOsmFile } from "@gradeway/model-assets";
import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";
import { defineCommand } from "citty";

import { isWebAddress, tileHosts } from "./allowed-hosts.ts";
import { buildArgs, buildSettings, withDecoder, workDirectoryIn } from "./build-arguments.ts";
import { invalidArgument, refuseUnknown } from "./command-arguments.ts";
import { buildStepText, describeReport } from "./describe-build.ts";
import { createProgressLine } from "./progress-line.ts";

/** Zoom level of the tiles. */
const ZOOM = 11;

const args = {
  osm: { type: "string", required: true, valueHint: "FILE.osm.pbf", description: "OSM extract" },
  tiles: {
    type: "string",
    valueHint: "DIR|URL_TEMPLATE",
    description: "Elevation tiles; a URL template has {z}, {x} and {y}",
  },
  "tiles-host": {
    type: "string",
    valueHint: "HOST[:PORT]",
    description: "More hosts that tiles may come from, separated by commas",
  },
  "tiles-attribution": { type: "string", description: "Credit that the tiles ask for" },
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
    const { tiles, "tiles-attribution": attribution } = given;
    const source =
      tiles === undefined
        ? undefined
        : await openTileSource(tiles, {
            allowedHosts: tileHosts(given["tiles-host"]),
            ...(attribution === undefined ? {} : { attribution }),
          });
    const line = createProgressLine(process.stderr, () => performance.now());
    try {
      const report = await withDecoder(given.workers, (decode) =>
        buildRegion({
          ...settings,
          directory: given.out,
          workDirectory: workDirectoryIn(given.out),
          name: given.name ?? basename(given.osm).replace(/(\.osm)?\.pbf$/, ""),
          osm: osm.source,
          osmInput: osm.input,
          ...(countries === undefined ? {} : { countries }),
          ...(source === undefined
            ? {}
            : { elevation: createElevationSampler(source, { zoom: ZOOM, decode }) }),
          ...(source === undefined || tiles === undefined || isWebAddress(tiles)
            ? {}
            : { elevationSha256: (bbox) => hashTiles(source, ZOOM, bbox) }),
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
    }
  },
});

function parseCountries(list: string | undefined): readonly string[] | undefined {
  if (list === undefined) return undefined;
  const codes = list.split(",").map((code) => code.trim());
  const wrong = codes.find((code) => !/^[A-Z]{2}$/.test(code));
  if (wrong === undefined) return codes;
  throw invalidArgument("country", `expected ISO 3166 codes such as AD or GB,FR, got "${wrong}"`);
}
