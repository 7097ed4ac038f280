/** Where elevations come from. */
export interface ElevationSource {
  /** Human name with the zoom level, for example "directory tiles z11". */
  readonly name: string;
  /** Size of a pixel in metres at the equator. */
  readonly resolutionM: number;
  /** Credit that the data asks for. */
  readonly attribution: string;
}

/** What happened while sampling. */
export interface ElevationSummary {
  /** Number of points that were asked for, voids included. */
  readonly sampled: number;
  /** Number of points without a height: off the map, without a tile, or void in the tile. */
  readonly voids: number;
  /** Tiles that points need but the source does not have, as "z/x/y", sorted as text. */
  readonly missingTiles: readonly string[];
  /**
   * Hash of the data that was used: sha256 over a line "z/x/y sha256-of-its-bytes" for each tile,
   * sorted as text; "" when no tile was read.
   */
  readonly tilesSha256: string;
  /**
   * Tiles that something stood in for because the live source could not give them, sorted by tile;
   * not there when nothing did.
   */
  readonly standIns?: readonly StandInTile[];
}

/** What may stand in for a live source: an older copy of its tile, or the signed snapshot. */
export type StandIn = "stale" | "snapshot";

/** A tile that is not what the live source would give now. */
export interface StandInTile {
  /** "z/x/y". */
  readonly tile: string;
  readonly standIn: StandIn;
}

/** Gives heights of points; it satisfies the elevation port of `@gradeway/route-core`. */
export interface ElevationSampler {
  readonly source: ElevationSource;
  /**
   * Writes the height in metres of each point to `outM`, interpolated between the four nearest pixel
   * centres. A void is NaN, never zero: one void or absent pixel among the four makes the point
   * void. The result does not depend on the order in which tiles arrive. When the call fails,
   * `outM` holds NaN.
   *
   * @param lonLat - interleaved `[lon, lat, lon, lat, ...]` in degrees, two per point
   * @param outM - at least `lonLat.length / 2` long, and not in the memory of `lonLat`
   * @throws {ReasonError} the reason why a tile could not be read, which is not the same as a void;
   *   `terrain_tile_corrupt` when a tile is damaged or changes while it is in use
   * @throws {RangeError} when the lengths of the arrays do not fit
   */
  sample(
    lonLat: Float64Array,
    outM: Float64Array,
    options?: { readonly signal?: AbortSignal },
  ): Promise<ElevationSummary>;
}
