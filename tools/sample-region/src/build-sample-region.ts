import path from "node:path";

import { type AssetTables, buildRegion, type BuildReport, sha256Hex } from "@gradeway/model-assets";
import { osmSourceFromBytes } from "@gradeway/route-core";
import { createElevationSampler, openTileSource } from "@gradeway/terrain-tiles";

import type { SampleRegion, SampleRegionOptions } from "./generate-sample-region.ts";
import { sampleDataSet } from "./sample-data-set.ts";
import { writeSampleRegion } from "./write-sample-region.ts";

const PBF_FILE = "sample.osm.pbf";

/** A built sample region. */
export interface BuiltSampleRegion {
  readonly sample: SampleRegion;
  readonly report: BuildReport;
}

/**
 * Generates the county's source files and builds a region from them with the production importer:
 * `sourceDir` gets the .osm.pbf and the tiles, `regionDir` the region.
 *
 * @param tables - in place of the county's own
 */
export async function buildSampleRegion(
  sourceDir: string,
  regionDir: string,
  options: SampleRegionOptions = {},
  tables: Partial<AssetTables> = {},
): Promise<BuiltSampleRegion> {
  const sample = await writeSampleRegion(sourceDir, options);
  const tiles = await openTileSource(path.join(sourceDir, "geotiff"), {
    name: "synthetic tiles",
    attribution: "Synthetic elevation, not a real place",
  });
  const { pbf } = sample;
  const report = await buildRegion({
    directory: regionDir,
    name: sample.name,
    synthetic: true,
    strict: true,
    osm: osmSourceFromBytes(pbf),
    osmInput: {
      name: PBF_FILE,
      sha256: sha256Hex(pbf),
      attribution: "Synthetic roads in OpenStreetMap's format",
      licence: "MIT",
    },
    elevation: createElevationSampler(tiles),
    tables: { ...sampleDataSet(sample.tollFacility), ...tables },
  });
  return { sample, report };
}
