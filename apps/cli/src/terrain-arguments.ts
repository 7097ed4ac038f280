import { join } from "node:path";

import { parseTerrainSettings, readList } from "@gradeway/api";
import { ReasonError } from "@gradeway/reason-codes";
import { type LiveTerrainSettings, parseLiveTerrainSettings } from "@gradeway/terrain-tiles";

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Arguments of commands that may take elevation tiles from elsewhere than the environment says. */
export const tilesArgs = {
  tiles: {
    type: "string",
    valueHint: "DIR|URL_TEMPLATE",
    description: "Elevation tiles instead of LIVE_TERRAIN_DEM_URL_TEMPLATE",
  },
  "tiles-host": {
    type: "string",
    valueHint: "HOST[:PORT]",
    description: "More hosts that tiles may come from, separated by commas",
  },
  "tiles-attribution": { type: "string", description: "Credit that the tiles ask for" },
} as const;

/** What changes the settings of live terrain beside the environment. */
export interface TerrainOverrides {
  /** Region whose directory holds the cache, unless the environment names another one. */
  readonly region?: string;
  /** More allowed hosts, separated by commas. */
  readonly hosts?: string | undefined;
}

/**
 * The settings of live terrain for a command.
 *
 * @throws {ReasonError} request_invalid naming the variable at fault
 */
export function terrainSettings(
  environment: Environment,
  { region, hosts = "" }: TerrainOverrides = {},
): LiveTerrainSettings {
  return refusingRanges(() => {
    const settings = parseTerrainSettings(
      environment,
      region === undefined ? {} : { cacheDir: join(region, "terrain", "live-tile-cache") },
    );
    const allowedHosts = [...settings.allowedHosts, ...readList(hosts)];
    return parseLiveTerrainSettings({
      ...settings,
      urlTemplate: settings.urlTemplate ?? "",
      allowedHosts,
    });
  });
}

/**
 * Reads settings; a value out of its range is the caller's fault.
 *
 * @throws {ReasonError} request_invalid
 */
export function refusingRanges<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { message } = error;
    const issues = [{ pointer: "", message }];
    throw new ReasonError("request_invalid", message, { issues }, { cause: error });
  }
}
