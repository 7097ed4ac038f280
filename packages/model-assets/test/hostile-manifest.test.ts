import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import {
  type AssetStore,
  createDirectoryStore,
  loadRegion,
  MANIFEST_FILE,
  sha256Hex,
  verifyRegion,
} from "../src/index.ts";
import {
  buildSmallRegion,
  editManifest,
  pathOf,
  type RawManifest,
  reasonOf,
  withTemporaryDirectory,
} from "./small-region.ts";

/** A store that notes what it is asked for. */
function watched(directory: string): { store: AssetStore; asked: string[]; limits: number[] } {
  const inner = createDirectoryStore(directory);
  const asked: string[] = [];
  const limits: number[] = [];
  const store: AssetStore = {
    location: inner.location,
    read(path, options) {
      asked.push(path);
      limits.push(options.maxBytes);
      return inner.read(path, options);
    },
  };
  return { store, asked, limits };
}

/** Changes the first asset of a manifest. */
const first =
  (change: Record<string, unknown>) =>
  (manifest: RawManifest): unknown => ({
    ...manifest,
    assets: manifest.assets.map((asset, index) => (index === 0 ? { ...asset, ...change } : asset)),
  });

const twice = (key: "name" | "kind" | "path") => (manifest: RawManifest) => ({
  ...manifest,
  assets: manifest.assets.map((asset, index) =>
    index === 1 ? { ...asset, [key]: manifest.assets[0]![key] } : asset,
  ),
});

describe("a hostile manifest", () => {
  it.each([
    ["a path out of the region", first({ path: "assets/../../secret.json" })],
    ["an absolute path", first({ path: "/etc/passwd" })],
    ["a path with backslashes", first({ path: "assets\\..\\secret.json" })],
    ["an encoded path", first({ path: "assets/%2e%2e/secret.json" })],
    ["an address for a path", first({ path: "https://example.org/graph.bin" })],
    ["a hidden file", first({ path: "assets/.hidden" })],
    ["an absurd size", first({ bytes: 1e15 })],
    ["a negative size", first({ bytes: -1 })],
    ["half a byte", first({ bytes: 0.5 })],
    ["a size that is a text", first({ bytes: "12" })],
    ["a hash of another length", first({ sha256: "ab" })],
    ["a hash in capitals", first({ sha256: "A".repeat(64) })],
    ["a date that is none", first({ asOf: "2026-02-30" })],
    ["an age beyond all bounds", first({ maxAgeDays: 1e9 })],
    ["an input with credentials", first(withInput("https://user:secret@example.org/a.pbf"))],
    ["an input with a signed address", first(withInput("https://example.org/a.pbf?sig=secret"))],
    ["a name that clears the screen", (m: RawManifest) => ({ ...m, name: "x\u001B[2J" })],
    ["a builder with a line of its own", first({ builderVersion: "1\nsignature verified" })],
    ["a time that goes back", (m: RawManifest) => ({ ...m, osmTimestamp: "2026\r" })],
    ["two assets of one name", twice("name")],
    ["two assets of one kind", twice("kind")],
    ["two assets at one path", twice("path")],
    ["a number that is no number", (m: RawManifest) => ({ ...m, sequence: 0 })],
    ["a number out of reach", (m: RawManifest) => ({ ...m, sequence: 2 ** 60 })],
    [
      "ten thousand assets",
      (m: RawManifest) => ({ ...m, assets: Array(10_000).fill(m.assets[0]) }),
    ],
    ["no object at all", () => 7],
    ["a list", () => []],
    ["nothing", () => null],
  ])("with %s is refused before an asset is read", async (_what, edit) => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      await editManifest(directory, edit);
      const { store, asked } = watched(directory);
      expect(await reasonOf(() => loadRegion(store))).toBe("asset_invalid");
      expect(asked).toEqual([MANIFEST_FILE]);
    });
  });

  it.each(["__proto__", "constructor", "toString"])("cannot smuggle in a %s", async (key) => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const file = join(directory, MANIFEST_FILE);
      const text = await readFile(file, "utf8");
      const field = `${JSON.stringify(key)}:{"admin":true},`;
      // Into the manifest, and into its first asset.
      for (const place of ["{", '{"assets":[{']) {
        expect(text.startsWith(place)).toBe(true);
        await writeFile(file, place + field + text.slice(place.length));
        const { faults, findings } = await verifyRegion(directory);
        expect(faults.map(({ reasonCode }) => reasonCode)).toEqual(["asset_field_unknown"]);
        // The rest of the manifest is looked at all the same, and nothing got into it.
        expect(findings.filter(({ asset }) => asset !== undefined)).toHaveLength(13);
        expect(findings.some(({ asset }) => asset !== undefined && "admin" in asset)).toBe(false);
        expect("admin" in {}).toBe(false);
        expect(await reasonOf(() => loadRegion(directory))).toBe("asset_field_unknown");
      }
    });
  });

  it("is read in one way only: keys given twice and other spellings are refused", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const file = join(directory, MANIFEST_FILE);
      const text = await readFile(file, "utf8");
      const spellings = [
        text.replace('"sequence":1', '"sequence":2,"sequence":1'),
        text.replace('"sequence":1', '"sequence":1.0'),
        text.replace('"name":"small"', String.raw`"name":"\u0073mall"`),
        `${text}\n`,
        `\uFEFF${text}`,
      ];
      for (const spelling of spellings) {
        await writeFile(file, spelling);
        expect(await reasonOf(() => loadRegion(directory))).toBe("asset_invalid");
      }
      await writeFile(file, text);
      expect(await reasonOf(() => loadRegion(directory))).toBe("none");
    });
  });

  it("is not read when it is huge, nested without end, or not UTF-8", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const file = join(directory, MANIFEST_FILE);
      for (const bytes of [
        Buffer.alloc(2 ** 20 + 1, " "),
        Buffer.from(`{"format":2,"assets":${"[".repeat(400_000)}${"]".repeat(400_000)}}`),
        Buffer.from([0x22, 0xff, 0xfe, 0x22]),
      ]) {
        await writeFile(file, bytes);
        expect(await reasonOf(() => loadRegion(directory))).toBe("asset_invalid");
      }
    });
  });

  it("never makes the loader read more of a file than the manifest says", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const file = await pathOf(directory, "fuel-prices");
      const { length } = await readFile(file);
      // A sparse file of 4 GiB.
      await truncate(file, 2 ** 32);
      const { store, asked, limits } = watched(directory);
      expect(await reasonOf(() => loadRegion(store))).toBe("asset_hash_mismatch");
      expect(limits[asked.findIndex((path) => path.includes("fuel-prices"))]).toBe(length);
    });
  });

  it("that tells the truth about a graph that is none is refused by the graph's own form", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const file = await pathOf(directory, "routing-graph");
      const bytes = await readFile(file);
      bytes.fill(0x41, 0, 8);
      await writeFile(file, bytes);
      await editManifest(directory, first({ sha256: sha256Hex(bytes) }));
      expect(await reasonOf(() => loadRegion(directory))).toBe("asset_invalid");
    });
  });
});

function withInput(location: string): Record<string, unknown> {
  const input = { location, sha256: "a".repeat(64), licence: "none", attribution: "nobody" };
  return { inputs: [input] };
}
