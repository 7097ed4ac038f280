import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import {
  keyIdOf,
  openLiveTerrain,
  openTerrainSnapshot,
  parseLiveTerrainSettings,
  signBytes,
} from "../../src/index.ts";
import { lonLatWithin } from "../pipeline/live-bench.ts";
import { KEY, OTHER_KEY, type SnapshotBench, withSnapshotBench } from "./snapshot-bench.ts";

const ID = { z: 11, x: 5, y: 1 };
const keyId = keyIdOf(KEY.publicPem);
const KEYS = { trustedKeys: [KEY.publicPem] };

/** Changes the manifest of a bench and signs it again, as somebody with the key could. */
async function rewrite(
  { directory }: SnapshotBench,
  change: (manifest: Record<string, unknown>) => void,
): Promise<void> {
  const file = path.join(directory, "manifest.json");
  const manifest = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
  change(manifest);
  const bytes = Buffer.from(JSON.stringify(manifest));
  await writeFile(file, bytes);
  const signature = JSON.stringify(signBytes(bytes, KEY.privatePem));
  await writeFile(path.join(directory, "manifest.signature.json"), signature);
}

const firstTile = (manifest: Record<string, unknown>): Record<string, unknown> =>
  (manifest["tiles"] as Record<string, unknown>[])[0]!;

describe("what is wrong with a snapshot has a reason of its own:", () => {
  it("a key that is not trusted", () =>
    withSnapshotBench(async ({ directory, write, open }) => {
      await write();
      await expect(open([OTHER_KEY.publicPem])).rejects.toMatchObject({
        reasonCode: "terrain_snapshot_untrusted",
        details: { source: directory, keyId },
      });
      await expect(open([])).rejects.toMatchObject({ reasonCode: "terrain_snapshot_untrusted" });
    }));

  it("a manifest that was changed, if only by a space", () =>
    withSnapshotBench(async ({ directory, write, open }) => {
      await write();
      await appendFile(path.join(directory, "manifest.json"), " ");
      await expect(open()).rejects.toMatchObject({
        reasonCode: "terrain_snapshot_signature_invalid",
        details: { source: directory, keyId },
      });
    }));

  it("a signature by another key under the name of a trusted one", () =>
    withSnapshotBench(async ({ directory, write, open }) => {
      await write({ privateKeyPem: OTHER_KEY.privatePem });
      const file = path.join(directory, "manifest.signature.json");
      const signed = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
      await writeFile(file, JSON.stringify({ ...signed, keyId }));
      await expect(open()).rejects.toMatchObject({
        reasonCode: "terrain_snapshot_signature_invalid",
      });
    }));

  it("a tile that was changed, cut off or made longer", () =>
    withSnapshotBench(async ({ directory, write, open }) => {
      await write();
      const snapshot = await open();
      const file = path.join(directory, "11/5/1.tif");
      const good = await readFile(file);
      const flipped = Buffer.from(good);
      flipped[good.length - 1]! ^= 1;
      for (const bytes of [flipped, good.subarray(0, 9), Buffer.concat([good, good])]) {
        await writeFile(file, bytes);
        await expect(snapshot.getTile(ID)).rejects.toMatchObject({
          reasonCode: "asset_hash_mismatch",
          details: { asset: "11/5/1", observedSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        });
      }
      await writeFile(file, good);
      expect(Buffer.from((await snapshot.getTile(ID))!)).toEqual(good);
    }));

  it("a tile, manifest or signature that is not there, and no snapshot at all", () =>
    withSnapshotBench(async ({ directory, write, open }) => {
      await write();
      const snapshot = await open();
      for (const [file, asset] of [
        ["11/5/1.tif", "11/5/1"],
        ["manifest.signature.json", "manifest.signature.json"],
        ["manifest.json", "manifest.json"],
      ] as const) {
        await rm(path.join(directory, file));
        const work = asset === "11/5/1" ? snapshot.getTile(ID) : open();
        await expect(work).rejects.toMatchObject({
          reasonCode: "asset_missing",
          details: { asset },
        });
      }
      await expect(openTerrainSnapshot(path.join(directory, "none"), KEYS)).rejects.toMatchObject({
        reasonCode: "terrain_dem_asset_unavailable",
      });
    }));

  const faults: [string, string, (manifest: Record<string, unknown>) => void][] = [
    ["a tile outside the directory", "/tiles/0/tile", (m) => (firstTile(m)["tile"] = "../../a")],
    ["an absolute path", "/tiles/0/tile", (m) => (firstTile(m)["tile"] = "/etc/passwd")],
    ["another name of a tile", "/tiles/0/tile", (m) => (firstTile(m)["tile"] = "11/05/1")],
    ["a tile of another zoom", "/tiles/0/tile", (m) => (firstTile(m)["tile"] = "10/5/1")],
    ["a tile twice", "/tiles/1/tile", (m) => (m["tiles"] = [firstTile(m), firstTile(m)])],
    ["no hash", "/tiles/0/sha256", (m) => (firstTile(m)["sha256"] = "none")],
    ["no size", "/tiles/0/sizeBytes", (m) => (firstTile(m)["sizeBytes"] = -1)],
    ["an unknown form", "/format", (m) => (m["format"] = "gradeway-terrain-snapshot/2")],
    ["no licence", "/source/licence", (m) => (m["source"] = { name: "", attribution: "" })],
    ["no source", "/source/name", (m) => delete m["source"]],
    ["no box", "/bbox", (m) => (m["bbox"] = [0, 0, 1, null])],
    ["no list of tiles", "/tiles", (m) => (m["tiles"] = {})],
    ["no list of absent tiles", "/absentTiles", (m) => delete m["absentTiles"]],
    ["an absent tile without a name", "/absentTiles/0", (m) => (m["absentTiles"] = [7])],
    ["no zoom", "/zoom", (m) => (m["zoom"] = "11")],
    ["no time", "/createdAt", (m) => (m["createdAt"] = 0)],
  ];
  it.each(faults)("%s in a manifest that is signed", (_, pointer, change) =>
    withSnapshotBench(async (bench) => {
      await bench.write();
      await rewrite(bench, change);
      await expect(bench.open()).rejects.toMatchObject({
        reasonCode: "asset_invalid",
        details: { asset: "manifest.json", issues: [{ pointer }] },
      });
    }),
  );

  it.each([
    ["nonsense", ""],
    ["[]", ""],
    ['{"keyId":"../","signature":""}', "/keyId"],
    [`{"keyId":"${keyId}"}`, "/signature"],
  ])("the signature file %s", (content, pointer) =>
    withSnapshotBench(async (bench) => {
      await bench.write();
      await writeFile(path.join(bench.directory, "manifest.signature.json"), content);
      await expect(bench.open()).rejects.toMatchObject({
        reasonCode: "asset_invalid",
        details: { asset: "manifest.signature.json", issues: [{ pointer }] },
      });
    }),
  );
});

describe("a snapshot as fallback of live terrain", () => {
  it("is flagged in summary and diagnostics; when damaged, the live reason stays", () =>
    withSnapshotBench(async ({ directory, write, open }) => {
      await write();
      await appendFile(path.join(directory, "11/5/2.tif"), "x");
      const settings = { urlTemplate: "", requireUrlInStrict: false, allowSignedFallback: true };
      const terrain = await openLiveTerrain(parseLiveTerrainSettings(settings), {
        now: () => Date.now(),
        fallback: await open(),
      });
      try {
        const run = terrain.begin({ strict: true });
        const outM = new Float64Array(1);
        const summary = await run.sampler.sample(lonLatWithin(1), outM);
        expect(outM[0]).toBe(900);
        expect(summary.standIns).toEqual([{ tile: "11/5/1", standIn: "snapshot" }]);
        await expect(run.sampler.sample(lonLatWithin(2), outM)).rejects.toMatchObject({
          reasonCode: "terrain_dem_url_missing",
        });
        expect(run.diagnostics()).toMatchObject({
          fallbackUses: 1,
          hits: { fallback: 1 },
          fallbackFailures: [{ tile: "11/5/2", reasonCode: "asset_hash_mismatch" }],
        });
      } finally {
        await terrain.close();
      }
    }));
});
