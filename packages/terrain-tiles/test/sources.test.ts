import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openTileSource } from "../src/open-tile-source.ts";
import { createDirectoryTileSource } from "../src/sources/directory-tile-source.ts";
import { createHttpTileSource } from "../src/sources/http-tile-source.ts";

const ID = { z: 11, x: 3, y: 4 };

describe("a directory of tiles", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "terrain-tiles-"));
    await mkdir(path.join(directory, "11/3"), { recursive: true });
    await writeFile(path.join(directory, "11/3/4.tif"), "bytes");
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it("gives the bytes of a tile, and nothing for a tile it does not have", async () => {
    const source = await createDirectoryTileSource(directory, { attribution: "someone" });
    expect(Buffer.from((await source.getTile(ID))!).toString()).toBe("bytes");
    expect(await source.getTile({ z: 11, x: 3, y: 5 })).toBeUndefined();
    expect(await source.getTile({ z: 9, x: 3, y: 5 })).toBeUndefined();
    expect(source.info).toEqual({ name: "directory tiles", attribution: "someone" });
  });

  it("must exist, and be a directory", async () => {
    for (const wrong of [path.join(directory, "absent"), path.join(directory, "11/3/4.tif")]) {
      await expect(openTileSource(wrong)).rejects.toMatchObject({
        reasonCode: "terrain_dem_asset_unavailable",
        details: { source: wrong },
      });
    }
  });

  it("that disappears is not a region without tiles", async () => {
    const passing = path.join(directory, "passing");
    await mkdir(passing);
    const source = await openTileSource(passing);
    await rm(passing, { recursive: true });
    await expect(source.getTile(ID)).rejects.toMatchObject({
      reasonCode: "terrain_dem_asset_unavailable",
    });
  });

  it("says when a tile is there but cannot be read", async () => {
    await mkdir(path.join(directory, "11/3/9.tif"));
    await chmod(path.join(directory, "11/3/9.tif"), 0o755);
    const source = await openTileSource(directory);
    await expect(source.getTile({ z: 11, x: 3, y: 9 })).rejects.toMatchObject({
      reasonCode: "terrain_fetch_failed",
      details: { tile: "11/3/9", attempts: 1 },
    });
  });

  it("passes on the reason of an abort", async () => {
    const source = await openTileSource(directory);
    const reason = new Error("stop");
    await expect(source.getTile(ID, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe("a URL template", () => {
  const allowedHosts = ["tiles.example.org", ".example.net", "127.0.0.1:8080", "example.com:8443"];

  it.each([
    "https://tiles.example.org/{z}/{x}/{y}.tif",
    "https://TILES.example.org:443/{z}/{x}/{y}.tif?key=1",
    "https://a.example.net/{z}/{x}/{y}.tif",
    "https://a.b.example.net/{z}/{x}/{y}.tif",
    "https://example.com:8443/{z}/{x}/{y}.tif",
    "http://127.0.0.1:8080/{z}/{x}/{y}.tif",
  ])("may be %s", async (template) => {
    const source = await openTileSource(template, { allowedHosts });
    expect(source.info.name).toMatch(/ tiles$/);
  });

  it.each([
    ["http://tiles.example.org/{z}/{x}/{y}.tif", "tiles.example.org"],
    ["https://tiles.example.org:444/{z}/{x}/{y}.tif", "tiles.example.org:444"],
    ["https://xtiles.example.org/{z}/{x}/{y}.tif", "xtiles.example.org"],
    ["https://tiles.example.org.evil.org/{z}/{x}/{y}.tif", "tiles.example.org.evil.org"],
    ["https://example.net/{z}/{x}/{y}.tif", "example.net"],
    ["https://evilexample.net/{z}/{x}/{y}.tif", "evilexample.net"],
    ["https://127.0.0.1/{z}/{x}/{y}.tif", "127.0.0.1"],
    ["http://2130706433/{z}/{x}/{y}.tif", "127.0.0.1"],
    ["ftp://tiles.example.org/{z}/{x}/{y}.tif", "tiles.example.org"],
  ])("may not be %s", async (template, host) => {
    await expect(openTileSource(template, { allowedHosts })).rejects.toMatchObject({
      reasonCode: "terrain_host_not_allowed",
      details: { host },
    });
  });

  it.each([
    "https://tiles.example.org/{z}/{x}.tif",
    "https://tiles.example.org/",
    "https://{x}.example.net/{z}/{x}/{y}.tif",
    "https://someone:secret@tiles.example.org/{z}/{x}/{y}.tif",
    "{z}/{x}/{y}.tif",
  ])("is not usable as %s, and no secret is repeated", async (template) => {
    const failure: unknown = await openTileSource(template, { allowedHosts }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ reasonCode: "terrain_dem_asset_unavailable" });
    expect(JSON.stringify(failure)).not.toContain("secret");
  });

  it("defaults to the public bucket and its host only", () => {
    expect(createHttpTileSource().info.name).toBe("s3.amazonaws.com tiles");
    expect(() =>
      createHttpTileSource({ urlTemplate: "https://example.org/{z}/{x}/{y}.tif" }),
    ).toThrow(/may not be fetched from "example.org"/);
    expect(() => createHttpTileSource({ allowedHosts: [] })).toThrow(/not on the list/);
  });
});
