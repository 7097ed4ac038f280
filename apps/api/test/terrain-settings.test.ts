import { LIVE_TERRAIN_BOUNDS, parseLiveTerrainSettings } from "@gradeway/terrain-tiles";
import { describe, expect, it } from "vitest";

import { parseTerrainSettings } from "../src/index.ts";

describe("parseTerrainSettings", () => {
  it("has the defaults of the brief where nothing is set", () => {
    expect(parseTerrainSettings({ PATH: "/bin" })).toEqual({
      urlTemplate: "https://s3.amazonaws.com/elevation-tiles-prod/geotiff/{z}/{x}/{y}.tif",
      requireUrlInStrict: true,
      allowSignedFallback: false,
      allowedHosts: ["s3.amazonaws.com"],
      cacheDir: undefined,
      cacheMaxTiles: 1024,
      cacheMaxMb: 2048,
      maxRemoteTilesPerRoute: 96,
      fetchRetries: 2,
      circuitBreakerFailures: 8,
      circuitBreakerCoolDownS: 30,
      tileZoom: 11,
      tileMaxAgeDays: 7,
      requestTimeoutS: 20,
    });
  });

  it("reads every variable", () => {
    expect(
      parseTerrainSettings({
        LIVE_TERRAIN_DEM_URL_TEMPLATE: " http://localhost:81/{z}/{x}/{y}.tif ",
        LIVE_TERRAIN_REQUIRE_URL_IN_STRICT: "false",
        LIVE_TERRAIN_ALLOW_SIGNED_FALLBACK: "TRUE",
        LIVE_TERRAIN_ALLOWED_HOSTS: "localhost:81, .example.org,",
        LIVE_TERRAIN_CACHE_DIR: "cache",
        LIVE_TERRAIN_CACHE_MAX_TILES: "17",
        LIVE_TERRAIN_CACHE_MAX_MB: "65",
        LIVE_TERRAIN_MAX_REMOTE_TILES_PER_ROUTE: "2",
        LIVE_TERRAIN_FETCH_RETRIES: "0",
        LIVE_TERRAIN_CIRCUIT_BREAKER_FAILURES: "3",
        LIVE_TERRAIN_CIRCUIT_BREAKER_COOLDOWN_S: "4",
        LIVE_TERRAIN_TILE_ZOOM: "10",
        LIVE_TERRAIN_TILE_MAX_AGE_DAYS: "5",
        LIVE_TERRAIN_REQUEST_TIMEOUT_S: "6",
      }),
    ).toEqual({
      urlTemplate: "http://localhost:81/{z}/{x}/{y}.tif",
      requireUrlInStrict: false,
      allowSignedFallback: true,
      allowedHosts: ["localhost:81", ".example.org"],
      cacheDir: "cache",
      cacheMaxTiles: 17,
      cacheMaxMb: 65,
      maxRemoteTilesPerRoute: 2,
      fetchRetries: 0,
      circuitBreakerFailures: 3,
      circuitBreakerCoolDownS: 4,
      tileZoom: 10,
      tileMaxAgeDays: 5,
      requestTimeoutS: 6,
    });
  });

  it("takes an empty variable for unset, but an empty template for none", () => {
    const settings = parseTerrainSettings(
      { LIVE_TERRAIN_TILE_ZOOM: "", LIVE_TERRAIN_CACHE_DIR: " ", LIVE_TERRAIN_ALLOWED_HOSTS: "" },
      { cacheDir: "region/terrain" },
    );
    expect(settings).toEqual(parseLiveTerrainSettings({ cacheDir: "region/terrain" }));
    const none = parseTerrainSettings({ LIVE_TERRAIN_DEM_URL_TEMPLATE: "" });
    expect(none.urlTemplate).toBeUndefined();
  });

  const numbers = {
    LIVE_TERRAIN_CACHE_MAX_TILES: LIVE_TERRAIN_BOUNDS.cacheMaxTiles,
    LIVE_TERRAIN_CACHE_MAX_MB: LIVE_TERRAIN_BOUNDS.cacheMaxMb,
    LIVE_TERRAIN_MAX_REMOTE_TILES_PER_ROUTE: LIVE_TERRAIN_BOUNDS.maxRemoteTilesPerRoute,
    LIVE_TERRAIN_FETCH_RETRIES: LIVE_TERRAIN_BOUNDS.fetchRetries,
    LIVE_TERRAIN_CIRCUIT_BREAKER_FAILURES: LIVE_TERRAIN_BOUNDS.circuitBreakerFailures,
    LIVE_TERRAIN_CIRCUIT_BREAKER_COOLDOWN_S: LIVE_TERRAIN_BOUNDS.circuitBreakerCoolDownS,
    LIVE_TERRAIN_TILE_ZOOM: LIVE_TERRAIN_BOUNDS.tileZoom,
    LIVE_TERRAIN_TILE_MAX_AGE_DAYS: LIVE_TERRAIN_BOUNDS.tileMaxAgeDays,
    LIVE_TERRAIN_REQUEST_TIMEOUT_S: LIVE_TERRAIN_BOUNDS.requestTimeoutS,
  };
  it.each(Object.entries(numbers))("holds %s within its bounds", (variable, { min, max }) => {
    for (const value of [min, max]) {
      expect(() => parseTerrainSettings({ [variable]: String(value) })).not.toThrow();
    }
    for (const value of [min - 1, max + 1]) {
      expect(() => parseTerrainSettings({ [variable]: String(value) })).toThrow(
        new RangeError(`${variable}: must be a whole number from ${min} to ${max}, not ${value}.`),
      );
    }
    for (const text of ["many", "1.5", "1e2", "0x3"]) {
      expect(() => parseTerrainSettings({ [variable]: text })).toThrow(
        `${variable}: must be a whole number, not "${text}".`,
      );
    }
  });

  it.each([
    ["LIVE_TERRAIN_REQUIRE_URL_IN_STRICT", "yes", "must be true or false"],
    ["LIVE_TERRAIN_ALLOW_SIGNED_FALLBACK", "1", "must be true or false"],
    ["LIVE_TERRAIN_ALLOWED_HOSTS", "https://example.org", "must hold hosts"],
  ])("names %s when it is %s", (variable, text, problem) => {
    expect(() => parseTerrainSettings({ [variable]: text })).toThrow(`${variable}: ${problem}`);
  });
});
