import path from "node:path";

import { buildRegion, type BuildReport, openOsmFile } from "@gradeway/model-assets";
import type { BuildStep } from "@gradeway/route-core";
import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";

import { sampleDataSet } from "./sample-data-set.ts";
import type { ScaledRegion } from "./write-scaled-region.ts";

/** Builds a region from what `writeScaledRegion` has written, with the production importer. */
export async function buildScaledRegion(
  { name, tollFacility, zoom }: Pick<ScaledRegion, "name" | "tollFacility" | "zoom">,
  sourceDir: string,
  regionDir: string,
  progress?: (step: BuildStep | "hierarchy" | "tables", fraction: number) => void,
): Promise<BuildReport> {
  const tiles = await openTileSource(path.join(sourceDir, "geotiff"), {
    name: "synthetic tiles",
    attribution: "Synthetic elevation, not a real place",
  });
  const osm = await openOsmFile(path.join(sourceDir, "sample.osm.pbf"));
  return buildRegion({
    directory: regionDir,
    name,
    synthetic: true,
    osm: osm.source,
    osmInput: {
      ...osm.input,
      attribution: "Synthetic roads in OpenStreetMap's format",
      licence: "MIT",
    },
    // Larger regions have coarser tiles.
    elevation: createElevationSampler(tiles, { zoom }),
    strict: true,
    tables: sampleDataSet(tollFacility),
    threads: 2,
    ...(progress !== undefined && { progress }),
  });
}
