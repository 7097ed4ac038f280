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
  readonly region?: string | undefined;
  /** More allowed hosts, separated by commas. */
  readonly hosts?: string | undefined;
}

/**
 * The settings of live terrain for a command.
 *
 * @throws {ReasonError} request_invalid naming the variable or the argument at fault
 */
export function terrainSettings(
  environment: Environment,
  { region, hosts = "" }: TerrainOverrides = {},
): LiveTerrainSettings {
  const settings = refusingRanges(() =>
    parseTerrainSettings(
      environment,
      region === undefined ? {} : { cacheDir: join(region, "terrain", "live-tile-cache") },
    ),
  );
  const more = refusingRanges(
    () => parseLiveTerrainSettings({ allowedHosts: readList(hosts) }).allowedHosts,
    "--tiles-host",
  );
  return { ...settings, allowedHosts: [...settings.allowedHosts, ...more] };
}

/** Runs what reads settings; a value that does not fit is the caller's fault. */
export function refusingRanges<T>(read: () => T, name?: string): T {
  try {
    return read();
  } catch (error) {
    throw refusalOf(error, name);
  }
}

/** A value that does not fit as `request_invalid`; anything else as it is. */
export function refusalOf(error: unknown, name = ""): unknown {
  if (!(error instanceof RangeError)) return error;
  const message = name === "" ? error.message : `${name}: ${error.message}`;
  const issues = [{ pointer: "", message }];
  return new ReasonError("request_invalid", message, { issues }, { cause: error });
}
