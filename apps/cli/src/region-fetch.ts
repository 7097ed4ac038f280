import { readList } from "@gradeway/api";
import {
  createHttpClient,
  fetchRegion,
  type FetchedRegion,
  type FetchProgress,
  readRecipe,
  type RegionRecipe,
} from "@gradeway/model-assets";
import { createHttpTileSource, createSafeFetch } from "@gradeway/terrain-tiles";
import { defineCommand } from "citty";

import { buildArgs, buildSettings, withDecoder, workDirectoryIn } from "./build-arguments.ts";
import { invalidArgument, refuseUnknown } from "./command-arguments.ts";
import { buildStepText, describeReport } from "./describe-build.ts";
import { createProgressLine } from "./progress-line.ts";
import { terrainSettings } from "./terrain-arguments.ts";

/** Hosts of the shipped recipes' extracts. */
const EXTRACT_HOSTS: readonly string[] = ["download.geofabrik.de"];

const args = {
  recipe: {
    type: "string",
    required: true,
    valueHint: "NAME|FILE.json",
    description: "andorra, isle-of-man, monaco, rhein-neckar, or a file",
  },
  sources: {
    type: "string",
    valueHint: "DIR",
    description: "Where extract and tiles are kept; default: sources/ in the region directory",
  },
  extract: { type: "string", valueHint: "URL", description: "Another address of the extract" },
  tiles: {
    type: "string",
    valueHint: "URL_TEMPLATE",
    description: "Another address of the tiles, with {z}, {x} and {y}",
  },
  "allow-host": {
    type: "string",
    valueHint: "HOST[:PORT]",
    description: "More hosts that files may come from, separated by commas",
  },
  ...buildArgs,
} as const;

/** `gradeway region fetch` */
export const regionFetch = defineCommand({
  meta: {
    name: "gradeway region fetch",
    description:
      "Download what a recipe names, continuing where it was cut off, and build a region",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const settings = await buildSettings(given);
    const recipe = withAddresses(await readRecipe(given.recipe), given.extract, given.tiles);
    const tileHosts = terrainSettings(process.env).allowedHosts;
    const allowedHosts = [...EXTRACT_HOSTS, ...tileHosts, ...readList(given["allow-host"] ?? "")];
    const fetch = createSafeFetch({ allowedHosts, allowLoopback: "named" });
    const { urlTemplate, attribution } = recipe.tiles;
    const tiles = createHttpTileSource({
      urlTemplate,
      allowedHosts,
      fetch,
      ...(attribution === undefined ? {} : { attribution }),
    });
    const startedAtMs = performance.now();
    const line = createProgressLine(process.stderr, () => performance.now());
    try {
      const fetched = await withDecoder(settings.threads, (decode) =>
        fetchRegion({
          recipe,
          directory: given.out,
          sourcesDirectory: given.sources,
          workDirectory: workDirectoryIn(given.out),
          client: createHttpClient({ fetch, retries: 5 }),
          tiles,
          decode,
          build: settings,
          progress: (progress) => line.update(progressText(progress)),
        }),
      );
      line.clear();
      const seconds = (performance.now() - startedAtMs) / 1000;
      const peakRssMb = process.resourceUsage().maxRSS / 1024;
      if (given.json) console.log(JSON.stringify({ ...fetched, seconds, peakRssMb }, undefined, 2));
      else console.log(fetchedText(fetched, seconds, peakRssMb));
    } finally {
      line.clear();
      await fetch.close();
    }
  },
});

function withAddresses(
  recipe: RegionRecipe,
  extract: string | undefined,
  tiles: string | undefined,
): RegionRecipe {
  if (extract !== undefined && URL.parse(extract) === null) {
    throw invalidArgument("extract", `${extract} is not an address`);
  }
  return {
    ...recipe,
    extract: { ...recipe.extract, ...(extract === undefined ? {} : { url: extract }) },
    tiles: { ...recipe.tiles, ...(tiles === undefined ? {} : { urlTemplate: tiles }) },
  };
}

function progressText(progress: FetchProgress): string {
  if (progress.step === "build") return buildStepText(progress.what, progress.fraction);
  const { step, done, total } = progress;
  if (step === "tiles") return `elevation tile ${done} of ${total}`;
  const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
  return `extract ${mb(done)}${total === null ? "" : ` of ${mb(total)}`} MB`;
}

function fetchedText(fetched: FetchedRegion, seconds: number, peakRssMb: number): string {
  const { extract, tiles, build } = fetched;
  const resumed = extract.resumedBytes > 0 ? `, ${extract.resumedBytes} bytes of it before` : "";
  const extractText = extract.isUnchanged ? "unchanged" : `downloaded${resumed}`;
  return [
    `extract: ${extract.bytes} bytes, ${extractText}, sha256 ${extract.sha256}`,
    `tiles: ${tiles.fetched} fetched, ${tiles.present} were there, ${tiles.absent.length} do not exist`,
    "",
    describeReport(build, seconds, peakRssMb),
  ].join("\n");
}
