import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { osmPbfBlocks, tilesCovering, writeTerrainTile } from "@gradeway/test-kit";

import { toLocal } from "./county-frame.ts";
import { latticeOf } from "./county-lattice.ts";
import {
  DEFAULT_SEED,
  type SampleRegionOptions,
  type SampleTollFacility,
  tollFacilityAt,
} from "./generate-sample-region.ts";
import { latticeHeights } from "./lattice-terrain.ts";
import { scaledCounties } from "./scaled-network.ts";
import { createTerrain } from "./terrain.ts";

const TIMESTAMP = "2026-01-01T00:00:00Z";
const FINEST_ZOOM = 11;
/** Larger regions get coarser tiles: heights take longer to make than roads. */
const MOST_TILES = 128;

/** What a scaled region is made from. */
export interface ScaledRegionOptions extends SampleRegionOptions {
  /** Tiles of elevation at most; the zoom follows from it. Default 128. */
  readonly mostTiles?: number;
}

/** What was written. */
export interface ScaledRegion {
  readonly name: string;
  readonly counties: number;
  readonly nodes: number;
  readonly ways: number;
  readonly relations: number;
  readonly tiles: number;
  readonly zoom: number;
  readonly tollFacility: SampleTollFacility;
}

/**
 * Writes a lattice of counties with about as many thousand junctions as `scale` says, in the files of
 * `writeSampleRegion`. Counties are made one at a time, so that memory does not grow with their nodes.
 */
export async function writeScaledRegion(
  dir: string,
  scale: number,
  { seed = DEFAULT_SEED, mostTiles = MOST_TILES }: ScaledRegionOptions = {},
): Promise<ScaledRegion> {
  const lattice = latticeOf(scale);
  const terrain = createTerrain(seed);
  const counts = { counties: 0, nodes: 0, ways: 0, relations: 0 };
  let tollFacility: SampleTollFacility | undefined;
  function* pieces() {
    for (const { dataset, network, isHome } of scaledCounties(lattice, terrain, seed)) {
      counts.counties++;
      counts.nodes += dataset.nodes.length;
      counts.ways += dataset.ways.length;
      counts.relations += dataset.relations.length;
      if (isHome) tollFacility = tollFacilityAt(network.tunnelMiddle);
      yield dataset;
    }
  }
  await mkdir(dir, { recursive: true });
  await pipeline(
    Readable.from(osmPbfBlocks({ bbox: lattice.bbox, timestamp: TIMESTAMP }, pieces())),
    createWriteStream(path.join(dir, "sample.osm.pbf")),
  );
  const { zoom, tiles } = tilesFor(lattice.bbox, mostTiles);
  const heights = latticeHeights(terrain, seed);
  for (const id of tiles) {
    const column = path.join(dir, "geotiff", String(id.z), String(id.x));
    await mkdir(column, { recursive: true });
    const bytes = writeTerrainTile(id, (lon, lat) => heights(toLocal(lon, lat)));
    await writeFile(path.join(column, `${id.y}.tif`), bytes);
  }
  return {
    name: `Gradewayshire x ${counts.counties} (synthetic)`,
    ...counts,
    tiles: tiles.length,
    zoom,
    tollFacility: tollFacility!,
  };
}

function tilesFor(bbox: Parameters<typeof tilesCovering>[0], mostTiles: number) {
  let zoom = FINEST_ZOOM;
  let tiles = tilesCovering(bbox, zoom);
  while (tiles.length > mostTiles) tiles = tilesCovering(bbox, --zoom);
  return { zoom, tiles };
}
