/** Where elevations came from; becomes part of a graph's provenance. */
export interface ElevationSource {
  /** Human name, for example "directory tiles z11". */
  readonly name: string;
  /** Nominal ground resolution in metres, for documentation. */
  readonly resolutionM: number;
  readonly attribution: string;
}

/** What happened while sampling. */
export interface ElevationSummary {
  readonly sampled: number;
  /** Points without a height: outside the tiles, or void in the source. */
  readonly voids: number;
  /** Tiles that hold data for the area but do not exist in the source, as "z/x/y", sorted. */
  readonly missingTiles: readonly string[];
  /** sha256 over the ids and bytes of the tiles that were read, in id order; "" when none. */
  readonly tilesSha256: string;
}

/**
 * Port through which `route-core` sees terrain. `@gradeway/terrain-tiles` implements it; tests use
 * formulas.
 */
export interface ElevationSampler {
  readonly source: ElevationSource;
  /**
   * Writes the height in metres of each point to `outM`; a void is `NaN`, never zero.
   *
   * @param lonLat - interleaved `[lon, lat, lon, lat, ...]` in degrees, two per point
   * @param outM - at least `lonLat.length / 2` long
   */
  sample(
    lonLat: Float64Array,
    outM: Float64Array,
    options?: { readonly signal?: AbortSignal },
  ): Promise<ElevationSummary>;
}
