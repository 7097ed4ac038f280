import {
  type LiveTerrainSettings,
  type LiveTerrainSettingsInput,
  parseLiveTerrainSettings,
} from "@gradeway/terrain-tiles";

type SettingName = keyof LiveTerrainSettings;
type Read = (text: string) => string | number | boolean | readonly string[];

/** Which variable sets what, and how its text is read. */
const VARIABLES: Readonly<Record<string, readonly [name: SettingName, read: Read]>> = {
  LIVE_TERRAIN_DEM_URL_TEMPLATE: ["urlTemplate", readText],
  LIVE_TERRAIN_REQUIRE_URL_IN_STRICT: ["requireUrlInStrict", readFlag],
  LIVE_TERRAIN_ALLOW_SIGNED_FALLBACK: ["allowSignedFallback", readFlag],
  LIVE_TERRAIN_ALLOWED_HOSTS: ["allowedHosts", readList],
  LIVE_TERRAIN_CACHE_DIR: ["cacheDir", readText],
  LIVE_TERRAIN_CACHE_MAX_TILES: ["cacheMaxTiles", readNumber],
  LIVE_TERRAIN_CACHE_MAX_MB: ["cacheMaxMb", readNumber],
  LIVE_TERRAIN_MAX_REMOTE_TILES_PER_ROUTE: ["maxRemoteTilesPerRoute", readNumber],
  LIVE_TERRAIN_FETCH_RETRIES: ["fetchRetries", readNumber],
  LIVE_TERRAIN_CIRCUIT_BREAKER_FAILURES: ["circuitBreakerFailures", readNumber],
  LIVE_TERRAIN_CIRCUIT_BREAKER_COOLDOWN_S: ["circuitBreakerCoolDownS", readNumber],
  LIVE_TERRAIN_TILE_ZOOM: ["tileZoom", readNumber],
  LIVE_TERRAIN_TILE_MAX_AGE_DAYS: ["tileMaxAgeDays", readNumber],
  LIVE_TERRAIN_REQUEST_TIMEOUT_S: ["requestTimeoutS", readNumber],
};

/**
 * Reads the settings of live terrain from an environment such as `process.env`. An empty variable
 * counts as unset, but an empty URL template means that there is no live source.
 *
 * @param defaults - what stands in for variables that are not set
 * @throws {RangeError} naming the variable at fault and its bounds
 */
export function parseTerrainSettings(
  env: Readonly<Record<string, string | undefined>>,
  defaults: LiveTerrainSettingsInput = {},
): LiveTerrainSettings {
  const given: Record<string, unknown> = { ...defaults };
  for (const [variable, [name, read]] of Object.entries(VARIABLES)) {
    const text = env[variable]?.trim();
    if (text === undefined || (text === "" && name !== "urlTemplate")) continue;
    try {
      given[name] = read(text);
      parseLiveTerrainSettings({ [name]: given[name] });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const problem = error.message.replace(`${name} must`, "must");
      throw new RangeError(`${variable}: ${problem}`, { cause: error });
    }
  }
  return parseLiveTerrainSettings(given);
}

/** Entries of a list that is separated by commas; empty ones are left out. */
export function readList(text: string): readonly string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function readText(text: string): string {
  return text;
}

function readNumber(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new RangeError(`must be a whole number, not "${text}".`);
  return Number(text);
}

function readFlag(text: string): boolean {
  if (!/^(true|false)$/i.test(text)) throw new RangeError(`must be true or false, not "${text}".`);
  return text.toLowerCase() === "true";
}
