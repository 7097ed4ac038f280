import {
  createElevationSampler,
  type ElevationSampler,
  openTileSource,
} from "@gradeway/terrain-tiles";

/** Which tiles to sample. */
export interface SamplerChoice {
  /** A directory or a URL template. */
  readonly tiles: string;
  /** Credit that the tiles ask for. */
  readonly attribution?: string | undefined;
  readonly zoom?: number | undefined;
}

/**
 * Opens the tiles that a command line names.
 *
 * @throws {ReasonError} terrain_dem_asset_unavailable, terrain_host_not_allowed
 */
export async function openSampler(choice: SamplerChoice): Promise<ElevationSampler> {
  const { tiles, attribution, zoom } = choice;
  const source = await openTileSource(tiles, attribution === undefined ? {} : { attribution });
  return createElevationSampler(source, zoom === undefined ? {} : { zoom });
}
