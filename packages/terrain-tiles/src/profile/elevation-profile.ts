import type { ElevationSource, StandInTile } from "../elevation-port.ts";
import type { DensifiedLine } from "./densify-line.ts";
import { DEFAULT_SPIKE_GRADE_RATIO, removeSpikes } from "./remove-spikes.ts";
import { DEFAULT_SMOOTHING_M, smoothProfileHeights } from "./smooth-heights.ts";
import { straightenStructures } from "./structure-ranges.ts";

/** Heights along a line. */
export interface ElevationProfile extends DensifiedLine {
  /** Height in metres of each point; NaN where it is unknown, never zero. */
  readonly elevationM: Float64Array;
  /** Share of the length whose height is known, structures between known portals included. */
  readonly coverageRatio: number;
  /** Number of points without a height. */
  readonly voids: number;
  /**
   * Tiles that points need but the source does not have, as "z/x/y"; those of all lines that were
   * sampled together.
   */
  readonly missingTiles: readonly string[];
  /** Hash of the tiles that were used, as the sampler gives it. */
  readonly tilesSha256: string;
  /** Tiles that something stood in for, as the sampler gives them; those of all lines together. */
  readonly standIns?: readonly StandInTile[];
  readonly source: ElevationSource;
}

/** Options of {@link refineProfile}. */
export interface RefineOptions {
  /** Grade above which a single sample counts as a spike; default 0.35. Infinity keeps all. */
  readonly spikeGradeRatio?: number;
  /** Standard deviation of the smoothing in metres; default 57, 0 for none. */
  readonly smoothingM?: number;
}

/**
 * Makes a profile fit for grades and climb: without spikes, smoothed along the line, and straight on
 * bridges and in tunnels. End heights and the net climb stay; so do voids. The profile itself is not
 * changed.
 */
export function refineProfile(
  profile: ElevationProfile,
  options: RefineOptions = {},
): ElevationProfile {
  const { spikeGradeRatio = DEFAULT_SPIKE_GRADE_RATIO, smoothingM = DEFAULT_SMOOTHING_M } = options;
  const { distanceM, onStructure } = profile;
  const despikedM = new Float64Array(distanceM.length);
  const elevationM = new Float64Array(distanceM.length);
  removeSpikes(distanceM, profile.elevationM, despikedM, spikeGradeRatio);
  straightenStructures(distanceM, onStructure, despikedM);
  smoothProfileHeights(distanceM, despikedM, elevationM, smoothingM);
  straightenStructures(distanceM, onStructure, elevationM);
  return { ...profile, elevationM };
}
