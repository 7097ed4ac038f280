import { type OpenedTerrain, openTerrain, parseServerSettings } from "@gradeway/api";

import { type Environment, refusingRanges, terrainSettings } from "./terrain-arguments.ts";
import { openFallback, snapshotDirectory } from "./terrain-fallback.ts";

/** Which heights a region is served and evaluated with. */
export interface RegionTerrainOptions {
  /** Region directory, when it is one: it holds the tile cache and the signed snapshot. */
  readonly region: string | undefined;
  readonly environment: Environment;
  /** A directory or a URL template; default: the template of the environment. */
  readonly tiles?: string | undefined;
  /** More hosts that tiles may come from, separated by commas. */
  readonly hosts?: string | undefined;
  /** Credit that the tiles ask for. */
  readonly attribution?: string | undefined;
}

/**
 * Opens the live terrain of a region as the environment and the command line say.
 *
 * @param warn - told when the snapshot is allowed to stand in and there is none
 * @throws {ReasonError} request_invalid for settings, terrain_dem_asset_unavailable and
 *   terrain_host_not_allowed for tiles that cannot be used, and those of the signed snapshot
 */
export async function openRegionTerrain(
  options: RegionTerrainOptions,
  warn?: (event: string, facts: Readonly<Record<string, unknown>>) => void,
): Promise<OpenedTerrain> {
  const { region, environment, tiles, hosts, attribution } = options;
  const settings = terrainSettings(environment, { region, hosts });
  const { trustedKeys } = refusingRanges(() => parseServerSettings(environment));
  const { allowSignedFallback } = settings;
  const mayStandIn = allowSignedFallback && region !== undefined;
  const fallback = mayStandIn
    ? await openFallback(region, trustedKeys, settings.tileZoom)
    : undefined;
  if (allowSignedFallback && fallback === undefined) {
    warn?.("terrain_snapshot_absent", {
      directory: region === undefined ? null : snapshotDirectory(region),
    });
  }
  return openTerrain({ settings, tiles, attribution, fallback, now: () => Date.now() });
}
