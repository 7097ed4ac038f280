import path from "node:path";

import {
  createDirectoryTileSource,
  createElevationSampler,
  type DecodeTile,
  type TileSource,
} from "@gradeway/terrain-tiles";

import type { RegionBuildStep } from "../building/build-graph.ts";
import {
  buildRegion,
  type BuildRegionOptions,
  type BuildReport,
} from "../building/build-region.ts";
import { hashTiles } from "../building/hash-tiles.ts";
import { openOsmFile } from "../building/osm-file.ts";
import type { FactsByKind } from "../building/region-assets.ts";
import type { RegionRecipe } from "../schemas/region-recipe.ts";
import { type HttpClient, publicAddress } from "../store/http-client.ts";
import type { FreeBytes } from "./disk-room.ts";
import { type Downloaded, downloadFile } from "./download-file.ts";
import { type FetchedTiles, fetchTiles } from "./fetch-tiles.ts";
import { claimTiles } from "./tile-origin.ts";

/** A build needs about so much room for the region and its kept steps, in sizes of the extract. */
const BUILD_ROOM_RATIO = 3;

/** What a fetch is doing; counts are bytes of the extract or tiles. */
export type FetchProgress =
  | { readonly step: "extract" | "tiles"; readonly done: number; readonly total: number | null }
  | { readonly step: "build"; readonly what: RegionBuildStep; readonly fraction: number };

/** What to fetch and build. */
export interface FetchRegionOptions {
  readonly recipe: RegionRecipe;
  /** The region directory. */
  readonly directory: string;
  /** Where extract and tiles are kept. Default: `sources` in the region directory. */
  readonly sourcesDirectory?: string | undefined;
  /** Where the results of finished steps are kept. Default: `build` in the region directory. */
  readonly workDirectory?: string | undefined;
  readonly client: HttpClient;
  /** The tiles of the recipe on the web. */
  readonly tiles: TileSource;
  /** Turns tiles into heights; see `createElevationSampler`. */
  readonly decode?: DecodeTile | undefined;
  readonly build?: Pick<BuildRegionOptions, "strict" | "smoothingM" | "sequence" | "threads">;
  readonly freeBytes?: FreeBytes;
  readonly progress?: (progress: FetchProgress) => void;
  readonly signal?: AbortSignal;
}

/** What a fetch brought, and what was built of it. */
export interface FetchedRegion {
  readonly extract: Downloaded;
  readonly tiles: FetchedTiles;
  readonly build: BuildReport;
}

/**
 * Downloads what a recipe names and builds the region. An interrupted run goes on where it was, and
 * a run with nothing new on the web leaves everything as it is.
 *
 * @throws {ReasonError} those of {@link downloadFile}, {@link fetchTiles} and {@link buildRegion}
 */
export async function fetchRegion(options: FetchRegionOptions): Promise<FetchedRegion> {
  const { recipe, directory, client, signal, progress } = options;
  const sources = options.sourcesDirectory ?? path.join(directory, "sources");
  const url = new URL(recipe.extract.url);
  const file = path.join(sources, path.posix.basename(url.pathname) || `${recipe.name}.osm.pbf`);
  const extract = await downloadFile({
    url,
    file,
    client,
    sha256: recipe.extract.sha256,
    roomRatio: BUILD_ROOM_RATIO,
    freeBytes: options.freeBytes,
    signal,
    progress: (done, total) => progress?.({ step: "extract", done, total }),
  });
  const { zoom, urlTemplate } = recipe.tiles;
  const tilesDirectory = path.join(sources, "tiles");
  await claimTiles(tilesDirectory, urlTemplate);
  const tiles = await fetchTiles({
    source: options.tiles,
    zoom,
    bbox: recipe.bbox,
    directory: tilesDirectory,
    signal,
    progress: (done, total) => progress?.({ step: "tiles", done, total }),
  });
  const kept = await createDirectoryTileSource(tilesDirectory, options.tiles.info);
  const osm = await openOsmFile(file);
  const { licence, attribution } = recipe.extract;
  const build = await buildRegion({
    ...options.build,
    directory,
    name: recipe.name,
    osm: osm.source,
    osmInput: {
      name: publicAddress(url),
      sha256: extract.sha256,
      ...(licence === undefined ? {} : { licence }),
      ...(attribution === undefined ? {} : { attribution }),
    },
    elevation: createElevationSampler(kept, { zoom, decode: options.decode }),
    elevationSha256: (bbox) => hashTiles(kept, zoom, bbox),
    facts: factsOf(recipe),
    currency: recipe.currency,
    timeZone: recipe.timeZone,
    countries: recipe.countries,
    workDirectory: options.workDirectory ?? path.join(directory, "build"),
    progress: (what, fraction) => progress?.({ step: "build", what, fraction }),
    ...(signal === undefined ? {} : { signal }),
  });
  return { extract, tiles, build };
}

function factsOf({ maxAgeDays = {} }: RegionRecipe): FactsByKind {
  return Object.fromEntries(
    Object.entries(maxAgeDays).map(([kind, days]) => [kind, { maxAgeDays: days }]),
  );
}
