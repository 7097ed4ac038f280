import { createHash, verify } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { createMemoryTileSource, keyIdOf, type TileSource } from "../../src/index.ts";
import { formatTileId, parseTileId } from "../../src/tile-id.ts";
import { tilesCovering } from "../../src/tiles-covering.ts";
import { pixelXToLon, pixelYToLat, worldSizePx } from "../../src/web-mercator.ts";
import { IDS, KEY, NAMES, SOURCE, TILES, withSnapshotBench } from "./snapshot-bench.ts";

const WORLD_PX = worldSizePx(11);
const BOX = [
  pixelXToLon(5 * 512, WORLD_PX),
  pixelYToLat(3 * 512, WORLD_PX),
  pixelXToLon(7 * 512, WORLD_PX),
  pixelYToLat(512, WORLD_PX),
];

/** JSON with sorted keys and no spaces: what RFC 8785 asks for where numbers and texts are plain. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${sorted(inner)}`).join(",")}}`;
}

describe("a signed snapshot", () => {
  it("gives back the tiles byte by byte, with what there is to know about them", () =>
    withSnapshotBench(async ({ directory, write, open }) => {
      const progress: string[] = [];
      const written = await write({ onTile: (done, of) => progress.push(`${done}/${of}`) });
      expect(progress).toEqual(["1/4", "2/4", "3/4", "4/4"]);
      expect(written).toEqual({
        keyId: keyIdOf(KEY.publicPem),
        manifest: {
          format: "gradeway-terrain-snapshot/1",
          source: { name: "bucket", attribution: "somebody", licence: "CC0-1.0" },
          createdAt: "2026-01-31T12:00:00Z",
          zoom: 11,
          bbox: BOX.map((edge) => expect.closeTo(edge, 9) as number),
          tiles: NAMES.map((tile) => ({
            tile,
            sizeBytes: TILES.get(tile)!.length,
            sha256: createHash("sha256").update(TILES.get(tile)!).digest("hex"),
          })),
          absentTiles: ["11/6/2"],
        },
      });
      const snapshot = await open();
      expect(snapshot.manifest).toEqual(written.manifest);
      expect(snapshot.info).toEqual({ name: "bucket, signed snapshot", attribution: "somebody" });
      for (const name of NAMES) {
        const bytes = await snapshot.getTile(parseTileId(name));
        expect(Buffer.from(bytes!)).toEqual(Buffer.from(TILES.get(name)!));
      }
      expect(await snapshot.getTile({ z: 11, x: 6, y: 2 })).toBeUndefined();
      expect(await snapshot.getTile({ z: 12, x: 5, y: 1 })).toBeUndefined();
      expect(await readdir(path.dirname(directory))).toEqual(["snapshot"]);
    }));

  it("is canonical JSON under a signature that others can check, and the same each time", () =>
    withSnapshotBench(async (bench) => {
      await bench.write();
      const read = (file: string): Promise<Buffer> => readFile(path.join(bench.directory, file));
      const manifest = await read("manifest.json");
      expect(manifest.toString()).toBe(sorted(JSON.parse(manifest.toString())));
      const { signature } = JSON.parse((await read("manifest.signature.json")).toString());
      expect(verify(null, manifest, KEY.publicPem, Buffer.from(signature, "base64"))).toBe(true);
      const again = path.join(bench.directory, "again");
      await bench.write({ directory: again, tiles: { ids: IDS.toReversed() } });
      for (const file of ["manifest.json", "manifest.signature.json"]) {
        expect(await readFile(path.join(again, file))).toEqual(await read(file));
      }
    }));

  it("of a box holds the tiles that the box needs", () =>
    withSnapshotBench(async ({ write }) => {
      const bbox = [BOX[0]! + 0.01, BOX[1]! + 0.01, BOX[2]! - 0.01, BOX[3]! - 0.01] as const;
      const { manifest } = await write({ tiles: { bbox, zoom: 11 } });
      const held = [...manifest.tiles.map(({ tile }) => tile), ...manifest.absentTiles];
      expect(held.toSorted()).toEqual(tilesCovering(bbox, 11).map(formatTileId).toSorted());
      expect(manifest.bbox).toEqual(bbox);
    }));

  it("is not there at all when it cannot be finished", () =>
    withSnapshotBench(async (bench) => {
      const damaged = createMemoryTileSource(new Map([...TILES, ["11/6/1", Buffer.from("no")]]));
      const failing: TileSource = {
        ...SOURCE,
        getTile: async (id) => {
          if (id.x === 6) throw new Error("the disk is gone");
          return SOURCE.getTile(id);
        },
      };
      await expect(bench.write({}, damaged)).rejects.toMatchObject({
        reasonCode: "terrain_tile_corrupt",
        details: { tile: "11/6/1" },
      });
      await expect(bench.write({}, failing)).rejects.toThrow("the disk is gone");
      await expect(bench.write({}, createMemoryTileSource(new Map()))).rejects.toMatchObject({
        reasonCode: "terrain_dem_asset_unavailable",
        details: { source: "tiles in memory" },
      });
      const signal = AbortSignal.abort(new Error("stop"));
      await expect(bench.write({ signal })).rejects.toThrow("stop");
      expect(await readdir(path.dirname(bench.directory))).toEqual([]);
    }));

  it("is refused before a tile is read when it could not be written", () =>
    withSnapshotBench(async (bench) => {
      let reads = 0;
      const counting: TileSource = {
        ...SOURCE,
        getTile(id) {
          reads += 1;
          return SOURCE.getTile(id);
        },
      };
      const refused = [
        { createdAt: "yesterday" },
        { createdAt: "2026-13-31T12:00:00Z" },
        { privateKeyPem: KEY.publicPem },
        { tiles: { ids: [] } },
        { tiles: { ids: [...IDS, { z: 12, x: 1, y: 1 }] } },
      ];
      for (const options of refused) {
        await expect(bench.write(options, counting)).rejects.toThrow(RangeError);
      }
      await mkdir(bench.directory);
      await writeFile(path.join(bench.directory, "notes.txt"), "");
      await expect(bench.write({}, counting)).rejects.toThrow("not empty");
      expect(reads).toBe(0);
    }));

  it("is written to a directory that is named with a separator at its end", () =>
    withSnapshotBench(async ({ directory, write, open }) => {
      await write({ directory: `${directory}${path.sep}` });
      expect((await open()).manifest.tiles).toHaveLength(NAMES.length);
      expect(await readdir(path.dirname(directory))).toEqual(["snapshot"]);
    }));
});
