import { DEFAULT_ALLOWED_HOSTS } from "../sources/allowed-hosts.ts";
import { DEFAULT_URL_TEMPLATE } from "../sources/url-template.ts";

/** Everything that can be set about live terrain, checked. */
export interface LiveTerrainSettings {
  /** Address of a tile with `{z}`, `{x}` and `{y}`; `undefined`: there is no live source. */
  readonly urlTemplate: string | undefined;
  /** Whether strict mode without a template is refused. Default true. */
  readonly requireUrlInStrict: boolean;
  /** Whether the signed snapshot may answer when the live source cannot. Default false. */
  readonly allowSignedFallback: boolean;
  /** Hosts that tiles may come from. Default: the host of the public bucket. */
  readonly allowedHosts: readonly string[];
  /** Directory of the tiles on disk; `undefined`: tiles are kept in memory only. */
  readonly cacheDir: string | undefined;
  /** Tiles to keep on disk, 16 to 100,000. Default 1024. */
  readonly cacheMaxTiles: number;
  /** Size of the tiles on disk in MiB, 64 to 262,144. Default 2048. */
  readonly cacheMaxMb: number;
  /** Tiles that one request may ask the live source for, 1 to 4096. Default 96. */
  readonly maxRemoteTilesPerRoute: number;
  /** Repetitions of a failed attempt, 0 to 8. Default 2, which makes three attempts. */
  readonly fetchRetries: number;
  /** Failed attempts in a row that open the circuit, 1 to 128. Default 8. */
  readonly circuitBreakerFailures: number;
  /** Time in seconds for which an open circuit refuses, 1 to 3600. Default 30. */
  readonly circuitBreakerCoolDownS: number;
  /** Zoom level of the tiles, 0 to 15. Default 11. */
  readonly tileZoom: number;
  /** Age in days after which a tile is fetched again, 0 to 3650; 0: at every request. Default 7. */
  readonly tileMaxAgeDays: number;
  /** Time in seconds for one attempt with its body, 1 to 120. Default 20. */
  readonly requestTimeoutS: number;
}

/** What may be given: any part of the settings, also from a file or an environment. */
export type LiveTerrainSettingsInput = {
  readonly [Name in keyof LiveTerrainSettings]?: LiveTerrainSettings[Name] | undefined;
};

/** Bounds of a whole number and what stands in for it. */
export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

type NumberName = {
  [Name in keyof LiveTerrainSettings]: LiveTerrainSettings[Name] extends number ? Name : never;
}[keyof LiveTerrainSettings];

/** Bounds and defaults of the numbers among the settings. */
export const LIVE_TERRAIN_BOUNDS: Readonly<Record<NumberName, NumberBounds>> = {
  cacheMaxTiles: { min: 16, max: 100_000, default: 1024 },
  cacheMaxMb: { min: 64, max: 262_144, default: 2048 },
  maxRemoteTilesPerRoute: { min: 1, max: 4096, default: 96 },
  fetchRetries: { min: 0, max: 8, default: 2 },
  circuitBreakerFailures: { min: 1, max: 128, default: 8 },
  circuitBreakerCoolDownS: { min: 1, max: 3600, default: 30 },
  tileZoom: { min: 0, max: 15, default: 11 },
  tileMaxAgeDays: { min: 0, max: 3650, default: 7 },
  requestTimeoutS: { min: 1, max: 120, default: 20 },
};

const OTHER_NAMES = [
  "urlTemplate",
  "requireUrlInStrict",
  "allowSignedFallback",
  "allowedHosts",
  "cacheDir",
] as const satisfies readonly Exclude<keyof LiveTerrainSettings, NumberName>[];

/** A host name or address with an optional port; a leading dot stands for every host below. */
const HOST_ENTRY = /^(?:\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$/i;

/**
 * Checks settings and fills in what is not given. An empty URL template or cache directory means
 * that there is none.
 *
 * @throws {RangeError} naming the setting and its bounds when a value does not fit, or the name
 *   when there is no such setting
 */
export function parseLiveTerrainSettings(
  input: LiveTerrainSettingsInput = {},
): LiveTerrainSettings {
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(LIVE_TERRAIN_BOUNDS, name) && !OTHER_NAMES.some((other) => other === name)) {
      throw new RangeError(`There is no setting "${name}" of live terrain.`);
    }
  }
  return {
    urlTemplate: readText("urlTemplate", input.urlTemplate, DEFAULT_URL_TEMPLATE),
    requireUrlInStrict: readFlag("requireUrlInStrict", input.requireUrlInStrict, true),
    allowSignedFallback: readFlag("allowSignedFallback", input.allowSignedFallback, false),
    allowedHosts: readHosts(input.allowedHosts),
    cacheDir: readText("cacheDir", input.cacheDir, ""),
    cacheMaxTiles: readNumber("cacheMaxTiles", input),
    cacheMaxMb: readNumber("cacheMaxMb", input),
    maxRemoteTilesPerRoute: readNumber("maxRemoteTilesPerRoute", input),
    fetchRetries: readNumber("fetchRetries", input),
    circuitBreakerFailures: readNumber("circuitBreakerFailures", input),
    circuitBreakerCoolDownS: readNumber("circuitBreakerCoolDownS", input),
    tileZoom: readNumber("tileZoom", input),
    tileMaxAgeDays: readNumber("tileMaxAgeDays", input),
    requestTimeoutS: readNumber("requestTimeoutS", input),
  };
}

function readNumber(name: NumberName, input: LiveTerrainSettingsInput): number {
  const { min, max, default: usual } = LIVE_TERRAIN_BOUNDS[name];
  const value: unknown = input[name] ?? usual;
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(
      `${name} must be a whole number from ${min} to ${max}, not ${shown(value)}.`,
    );
  }
  return value;
}

function readFlag(name: string, value: unknown, usual: boolean): boolean {
  const flag = value ?? usual;
  if (typeof flag !== "boolean") {
    throw new RangeError(`${name} must be true or false, not ${shown(value)}.`);
  }
  return flag;
}

function readText(name: string, value: unknown, usual: string): string | undefined {
  const text = value ?? usual;
  // The value is not shown: a template may hold a key.
  if (typeof text !== "string") throw new RangeError(`${name} must be a text.`);
  return text.trim() === "" ? undefined : text.trim();
}

function readHosts(value: unknown): readonly string[] {
  const hosts = value ?? DEFAULT_ALLOWED_HOSTS;
  if (!Array.isArray(hosts)) throw new RangeError("allowedHosts must be a list of hosts.");
  const entries = hosts.map((entry: unknown) => {
    const host = typeof entry === "string" ? entry.trim().toLowerCase() : "";
    if (!HOST_ENTRY.test(host)) {
      throw new RangeError(
        `allowedHosts must hold hosts such as "example.org", "example.org:8443" or ".example.org", not ${shown(entry)}.`,
      );
    }
    return host;
  });
  return [...new Set(entries)];
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? typeof value);
}
