import { describe, expect, it } from "vitest";

import {
  LIVE_TERRAIN_BOUNDS,
  parseLiveTerrainSettings,
} from "../../src/settings/live-terrain-settings.ts";

const parse = (input: Record<string, unknown>): unknown => parseLiveTerrainSettings(input);

describe("the settings of live terrain", () => {
  it("have the defaults of the design", () => {
    expect(parseLiveTerrainSettings()).toEqual({
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

  it.each([
    ["cacheMaxTiles", 16, 100_000],
    ["cacheMaxMb", 64, 262_144],
    ["maxRemoteTilesPerRoute", 1, 4096],
    ["fetchRetries", 0, 8],
    ["circuitBreakerFailures", 1, 128],
    ["circuitBreakerCoolDownS", 1, 3600],
    ["tileZoom", 0, 15],
    ["tileMaxAgeDays", 0, 3650],
    ["requestTimeoutS", 1, 120],
  ] as const)("%s is a whole number from %d to %d", (name, min, max) => {
    expect(LIVE_TERRAIN_BOUNDS[name]).toMatchObject({ min, max });
    for (const value of [min, max])
      expect(parse({ [name]: value })).toMatchObject({ [name]: value });
    for (const value of [min - 1, max + 1, min + 0.5, Number.NaN, "20", true]) {
      expect(() => parse({ [name]: value })).toThrow(RangeError);
      expect(() => parse({ [name]: value })).toThrow(
        `${name} must be a whole number from ${min} to ${max}`,
      );
    }
  });

  it("checks flags, texts and hosts, and refuses names it does not know", () => {
    expect(() => parse({ allowSignedFallback: "false" })).toThrow("allowSignedFallback must be");
    expect(() => parse({ requireUrlInStrict: 1 })).toThrow("requireUrlInStrict must be");
    expect(() => parse({ urlTemplate: 5 })).toThrow("urlTemplate must be a text");
    expect(() => parse({ cacheDirectory: "x" })).toThrow('no setting "cacheDirectory"');
    for (const host of ["", "https://a.org", "a.org/x", "*.a.org", "u@a.org", "a.org:", 7]) {
      expect(() => parse({ allowedHosts: [host] })).toThrow("allowedHosts must hold hosts");
    }
    expect(() => parse({ allowedHosts: "a.org" })).toThrow("allowedHosts must be a list");
    expect(
      parse({
        allowedHosts: [" A.org ", ".b.org", "c.org:8443", "[::1]:80", "127.0.0.1", "a.org"],
      }),
    ).toMatchObject({ allowedHosts: ["a.org", ".b.org", "c.org:8443", "[::1]:80", "127.0.0.1"] });
  });

  it("takes an empty template or directory for none, and undefined for the default", () => {
    expect(parse({ urlTemplate: " ", cacheDir: "" })).toMatchObject({
      urlTemplate: undefined,
      cacheDir: undefined,
    });
    expect(parse({ tileZoom: undefined, cacheDir: "tiles" })).toMatchObject({
      tileZoom: 11,
      cacheDir: "tiles",
    });
  });
});
