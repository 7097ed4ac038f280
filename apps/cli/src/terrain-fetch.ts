import { openTerrain, type OpenedTerrain } from "@gradeway/api";
import { loadRegion } from "@gradeway/model-assets";
import { ReasonError } from "@gradeway/reason-codes";
import { decodeGraph } from "@gradeway/route-core";
import { defineCommand } from "citty";

import { invalidArgument, parseNumber, refuseUnknown } from "./command-arguments.ts";
import { createProgressLine } from "./progress-line.ts";
import { tilesOfRoads } from "./region-tiles.ts";
import { terrainSettings, tilesArgs } from "./terrain-arguments.ts";
import { textTable } from "./text-table.ts";
import { warmTiles, type WarmedTiles } from "./warm-tiles.ts";

/** Most tiles that may be fetched at the same time. */
const MAX_CONCURRENCY = 64;
/** Failed tiles that are named to a person. */
const SHOWN_FAILURES = 8;

const args = {
  region: { type: "string", required: true, valueHint: "DIR", description: "Region directory" },
  tiles: {
    type: "string",
    valueHint: "URL_TEMPLATE",
    description: "Elevation tiles instead of LIVE_TERRAIN_DEM_URL_TEMPLATE",
  },
  "tiles-host": tilesArgs["tiles-host"],
  concurrency: {
    type: "string",
    default: "8",
    description: `Tiles to fetch at the same time, 1 to ${MAX_CONCURRENCY}`,
  },
  json: { type: "boolean", default: false, description: "Print the summary as JSON" },
} as const;

/** What `gradeway terrain fetch` did. */
interface FetchReport extends WarmedTiles {
  readonly source: string;
  readonly zoom: number;
  /** Tiles that the roads of the region need. */
  readonly tiles: number;
  readonly cacheDir: string;
  /** Reads and writes of the cache directory that failed. */
  readonly diskFailures: number;
  /** Tiles that had to make room for others. */
  readonly evicted: number;
}

/** `gradeway terrain fetch` */
export const terrainFetch = defineCommand({
  meta: {
    name: "gradeway terrain fetch",
    description: "Fill the tile cache of a region; run it again to go on where it stopped",
  },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const concurrency = parseNumber("concurrency", given.concurrency);
    if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MAX_CONCURRENCY) {
      throw invalidArgument("concurrency", `expected a whole number from 1 to ${MAX_CONCURRENCY}`);
    }
    const { region, tiles } = given;
    const settings = terrainSettings(process.env, { region, hosts: given["tiles-host"] });
    const { graph } = await loadRegion(region);
    const ids = tilesOfRoads(decodeGraph(graph), settings.tileZoom);
    if (ids.length > settings.cacheMaxTiles) {
      const problem = `its roads need ${ids.length} tiles, and the cache keeps ${settings.cacheMaxTiles}`;
      throw invalidArgument("region", `${problem}; raise LIVE_TERRAIN_CACHE_MAX_TILES`);
    }
    const terrain = await openTerrain({
      // A stand-in, such as a tile that is too old, would hide that a tile could not be fetched.
      settings: { ...settings, allowSignedFallback: false },
      tiles,
      now: () => Date.now(),
    });
    const line = createProgressLine(process.stderr, () => performance.now());
    try {
      const cacheDir = requireCache(terrain);
      const warmed = await warmTiles(terrain.live, ids, concurrency, (done, failed) => {
        const failures = failed > 0 ? `, ${failed} failed` : "";
        line.update(`fetching tiles ${done} of ${ids.length}${failures}`);
      });
      line.clear();
      const { disk, diskFailures } = terrain.live.stats();
      const report: FetchReport = {
        source: terrain.live.info.name,
        zoom: settings.tileZoom,
        tiles: ids.length,
        ...warmed,
        cacheDir,
        diskFailures,
        evicted: disk?.evicted ?? 0,
      };
      console.log(given.json ? JSON.stringify(report) : describeReport(report));
      if (report.failed.length > 0 || report.diskFailures > 0) process.exitCode = 1;
    } finally {
      line.clear();
      await terrain.close();
    }
  },
});

/** @throws {ReasonError} terrain_dem_url_missing, request_invalid for a directory of tiles */
function requireCache({ hasSource, cacheDir }: OpenedTerrain): string {
  if (!hasSource) {
    const problem = "No URL template says where the tiles come from.";
    throw new ReasonError("terrain_dem_url_missing", problem, {});
  }
  if (cacheDir !== undefined) return cacheDir;
  throw invalidArgument("tiles", "a directory of tiles needs no cache");
}

/** The summary for people. */
function describeReport(report: FetchReport): string {
  const { failed } = report;
  const megabytes = (report.bytesFetched / 1e6).toFixed(1);
  const reasons = new Map<string, number>();
  for (const { reasonCode } of failed) reasons.set(reasonCode, (reasons.get(reasonCode) ?? 0) + 1);
  const rows = [
    ["tiles", `${report.tiles} at zoom ${report.zoom}, from ${report.source}`],
    ["fetched", `${report.fetched}, ${megabytes} MB`],
    ["already there", String(report.present)],
    ["absent", String(report.absent)],
    ["failed", [...reasons].map(([code, count]) => `${count} ${code}`).join(", ") || "0"],
    ["cache", report.cacheDir],
  ];
  return [
    textTable(rows),
    ...failed.slice(0, SHOWN_FAILURES).map(({ tile, message }) => `${tile}: ${message}`),
    ...(failed.length > SHOWN_FAILURES ? [`and ${failed.length - SHOWN_FAILURES} more`] : []),
    ...(report.diskFailures > 0
      ? [`the cache directory failed ${report.diskFailures} times: tiles may be missing in it`]
      : []),
    ...(report.evicted > 0
      ? [`${report.evicted} tiles had to make room: raise LIVE_TERRAIN_CACHE_MAX_MB`]
      : []),
  ].join("\n");
}
