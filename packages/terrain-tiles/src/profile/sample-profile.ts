import type { ElevationSampler, ElevationSummary } from "../elevation-port.ts";
import {
  densifyLine,
  type DensifiedLine,
  type DensifyOptions,
  type LineCoordinates,
} from "./densify-line.ts";
import type { ElevationProfile } from "./elevation-profile.ts";
import { type RegionPolicy, requireCoverage, requireRegion } from "./region-policy.ts";
import { type StructureRange, straightenStructures } from "./structure-ranges.ts";

/** Options of {@link sampleProfile}. */
export interface SampleProfileOptions extends DensifyOptions {
  /** Where elevation is served and how much of it is demanded; default: no demands. */
  readonly region?: RegionPolicy;
  readonly signal?: AbortSignal;
}

/** One line of {@link sampleProfiles}. */
export interface ProfileLine {
  readonly coordinates: LineCoordinates;
  /** Bridges and tunnels. */
  readonly structures?: readonly StructureRange[];
}

/**
 * Samples heights along a line. Bridges and tunnels run straight between the ground at their
 * portals; the ground between is not looked at, so its tiles are not needed.
 *
 * @example
 * ```ts
 * import {
 *   createElevationSampler,
 *   measureClimb,
 *   openTileSource,
 *   refineProfile,
 *   sampleProfile,
 * } from "@gradeway/terrain-tiles";
 *
 * const sampler = createElevationSampler(await openTileSource("./tiles"));
 * const profile = await sampleProfile(sampler, [[1.5218, 42.5075], [1.6012, 42.5433]]);
 * const { ascentM } = measureClimb(refineProfile(profile).elevationM);
 * console.log(`${ascentM.toFixed(0)} m, known for ${100 * profile.coverageRatio} %`);
 * ```
 *
 * @throws {ReasonError} what the sampler throws; with a strict region policy
 *   `terrain_region_unsupported` before anything is read and `terrain_dem_coverage_insufficient`
 * @throws {RangeError} when the line, the spacing or a structure is not valid
 */
export async function sampleProfile(
  sampler: ElevationSampler,
  coordinates: LineCoordinates,
  options: SampleProfileOptions = {},
): Promise<ElevationProfile> {
  const { structures = [], ...shared } = options;
  const [profile] = await sampleProfiles(sampler, [{ coordinates, structures }], shared);
  return profile!;
}

/**
 * Samples heights along several lines in one go, so that a tile they share is read once. Errors are
 * those of {@link sampleProfile}; the region policy holds for each line.
 */
export async function sampleProfiles(
  sampler: ElevationSampler,
  lines: readonly ProfileLine[],
  options: Omit<SampleProfileOptions, "structures"> = {},
): Promise<ElevationProfile[]> {
  const { region, signal, ...densify } = options;
  const dense = lines.map(({ coordinates, structures = [] }) => {
    const line = densifyLine(coordinates, { ...densify, structures });
    if (region !== undefined) requireRegion(region, line.lonLat);
    return line;
  });
  const ground = groundPoints(dense);
  const groundM = new Float64Array(ground.length / 2);
  const summary = await sampler.sample(ground, groundM, signal === undefined ? {} : { signal });
  let next = 0;
  return dense.map((line) => {
    const elevationM = new Float64Array(line.distanceM.length);
    for (let point = 0; point < elevationM.length; point++) {
      if (line.onStructure[point] === 1) continue;
      elevationM[point] = groundM[next]!;
      next++;
    }
    straightenStructures(line.distanceM, line.onStructure, elevationM);
    const profile = profileOf(sampler, line, elevationM, summary);
    if (region?.strict === true) requireCoverage(profile, region.minimumRatio);
    return profile;
  });
}

/** Interleaved degrees of the points of all lines that are not on a structure. */
function groundPoints(lines: readonly DensifiedLine[]): Float64Array {
  let count = 0;
  for (const { onStructure } of lines) {
    for (let point = 0; point < onStructure.length; point++) count += 1 - onStructure[point]!;
  }
  const lonLat = new Float64Array(2 * count);
  let next = 0;
  for (const line of lines) {
    for (let point = 0; point < line.onStructure.length; point++) {
      if (line.onStructure[point] === 1) continue;
      lonLat[next] = line.lonLat[2 * point]!;
      lonLat[next + 1] = line.lonLat[2 * point + 1]!;
      next += 2;
    }
  }
  return lonLat;
}

function profileOf(
  sampler: ElevationSampler,
  line: DensifiedLine,
  elevationM: Float64Array,
  summary: ElevationSummary,
): ElevationProfile {
  const { distanceM } = line;
  const last = distanceM.length - 1;
  let voids = 0;
  let knownM = 0;
  // Each point stands for half of the way to its neighbours.
  for (let point = 0; point <= last; point++) {
    if (Number.isNaN(elevationM[point]!)) {
      voids++;
      continue;
    }
    const fromM = distanceM[Math.max(0, point - 1)]!;
    const toM = distanceM[Math.min(last, point + 1)]!;
    knownM += (toM - fromM) / 2;
  }
  const lengthM = distanceM[last]!;
  const known = lengthM > 0 ? knownM / lengthM : 1 - voids / (last + 1);
  return {
    ...line,
    elevationM,
    // Rounding must not make a whole line seem incomplete, nor an incomplete one whole.
    coverageRatio: voids === 0 ? 1 : Math.min(known, 1 - Number.EPSILON),
    voids,
    missingTiles: summary.missingTiles,
    tilesSha256: summary.tilesSha256,
    ...(summary.standIns === undefined ? {} : { standIns: summary.standIns }),
    source: sampler.source,
  };
}
