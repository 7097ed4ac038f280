import { execFile } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { describe, expect, it } from "vitest";

import {
  assetReport,
  createAcceptedFile,
  loadRegion,
  openRegion,
  type OpenRegionOptions,
  setRate,
} from "../src/index.ts";
import {
  buildSmallRegion,
  CARBON_VALUES,
  damage,
  editManifest,
  pathOf,
  reasonOf,
  withTemporaryDirectory,
} from "./small-region.ts";

const tables = { "carbon-values": CARBON_VALUES };
/** The fuel prices are of 2026-01-01. */
const facts = { "fuel-prices": { maxAgeDays: 30 } };
const LAST_GOOD_MS = Date.UTC(2026, 0, 31, 23, 59, 59, 999);

const at = (nowMs: number, policy: OpenRegionOptions["policy"] = {}): OpenRegionOptions => ({
  nowMs: () => nowMs,
  policy,
});

describe("the age of data", () => {
  it("is good through the last day, and expired from the next one on", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory, { facts });
      const strict = { strict: true };
      const open = (nowMs: number) => reasonOf(() => openRegion(directory, at(nowMs, strict)));
      expect(await open(LAST_GOOD_MS)).toBe("none");
      expect(await open(LAST_GOOD_MS + 1)).toBe("asset_expired");
    });
  });

  it("is told and not refused without strict mode, and grows while the region is open", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory, { facts });
      const bundle = await openRegion(directory, at(LAST_GOOD_MS));
      const fuel = (nowMs: number) =>
        assetReport(bundle, nowMs).assets.find(({ kind }) => kind === "fuel-prices");
      expect(fuel(LAST_GOOD_MS)).toMatchObject({ state: "ready", ageDays: 30, maxAgeDays: 30 });
      expect(fuel(LAST_GOOD_MS + 1)).toMatchObject({
        state: "stale",
        ageDays: 31,
        reasonCode: "asset_expired",
        remedy: expect.stringContaining("Refresh") as string,
      });
    });
  });

  it("cannot be limited for data without a date", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      await editManifest(directory, (manifest) => ({
        ...manifest,
        assets: manifest.assets.map((asset) => ({ ...asset, asOf: null, maxAgeDays: 3 })),
      }));
      expect(await reasonOf(() => openRegion(directory))).toBe("asset_invalid");
    });
  });
});

describe("openRegion", () => {
  it("leaves out a damaged asset that no trip needs, and says so", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory, { tables });
      await damage(await pathOf(directory, "carbon-values"));
      const bundle = await openRegion(directory);
      expect(bundle.tables["carbon-values"]).toBeUndefined();
      expect(Object.keys(bundle.region.provenance.assets)).not.toContain("carbon-values");
      const report = assetReport(bundle, 0).assets;
      expect(report.find(({ kind }) => kind === "carbon-values")).toMatchObject({
        state: "invalid",
        reasonCode: "asset_hash_mismatch",
        isRequired: false,
      });
      expect(report.find(({ kind }) => kind === "zone-charges")).toMatchObject({
        state: "missing",
        isRequired: false,
      });
      expect(await reasonOf(() => openRegion(directory, { policy: { strict: true } }))).toBe(
        "asset_hash_mismatch",
      );
    });
  });

  it("refuses classes that strict mode does not allow", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const open = (policy: OpenRegionOptions["policy"]) =>
        reasonOf(() => openRegion(directory, { policy: { ...policy, strict: true } }));
      expect(await open({})).toBe("none");
      expect(await open({ allowedClasses: ["measured", "official"] })).toBe(
        "asset_provenance_refused",
      );
    });
  });

  it("gives a frozen bundle and the hash of every asset in the provenance", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory, { tables });
      const bundle = await openRegion(directory);
      expect(Object.isFrozen(bundle)).toBe(true);
      const rows = bundle.tables["carbon-values"] as unknown as { value: number }[];
      expect(() => (rows[0]!.value = 0)).toThrow(TypeError);
      expect(() => (bundle.manifest.assets as unknown[]).pop()).toThrow(TypeError);
      expect(bundle.region.provenance.assets).toEqual(
        Object.fromEntries(bundle.manifest.assets.map(({ name, sha256 }) => [name, sha256])),
      );
      expect(structuredClone(bundle.region).name).toBe("small");
    });
  });
});

describe("accepted manifests", () => {
  it("refuse an older one, and another one under the same number", async () => {
    await withTemporaryDirectory(async (root) => {
      const accepted = createAcceptedFile(join(root, "accepted.json"));
      const [old, now, forged] = ["old", "now", "forged"].map((name) => join(root, name));
      await buildSmallRegion(old!);
      await buildSmallRegion(now!);
      await setRate(now!, { id: "fuel.diesel", value: 1.3, source: "a test" });
      await buildSmallRegion(forged!, { sequence: 2, countries: ["AD"] });
      const open = (directory: string) => reasonOf(() => loadRegion(directory, { accepted }));
      expect(await open(old!)).toBe("none");
      expect(await accepted.read("small")).toMatchObject({ sequence: 1 });
      expect(await open(now!)).toBe("none");
      expect(await open(now!)).toBe("none");
      expect(await accepted.read("small")).toMatchObject({ sequence: 2 });
      expect(await open(old!)).toBe("asset_manifest_outdated");
      expect(await open(forged!)).toBe("asset_manifest_outdated");
      expect(await accepted.read("other")).toBeUndefined();
    });
  });

  it("are not forgotten because their file is damaged", async () => {
    await withTemporaryDirectory(async (root) => {
      const file = join(root, "accepted.json");
      await buildSmallRegion(join(root, "region"));
      for (const text of ["[", "{}", '[{"region":"small"}]']) {
        await writeFile(file, text);
        const accepted = createAcceptedFile(file);
        const code = await reasonOf(() => loadRegion(join(root, "region"), { accepted }));
        expect(code).toBe("asset_invalid");
      }
    });
  });

  it("are remembered by several processes at once, each of what the others accept", async () => {
    await withTemporaryDirectory(async (root) => {
      const file = join(root, "accepted.json");
      const sha256 = "a".repeat(64);
      const script = fileURLToPath(new URL("accept-many.ts", import.meta.url));
      const names = ["a", "b", "c"];
      const run = promisify(execFile);
      await Promise.all(
        names.map((name) =>
          run(process.execPath, ["--conditions=@gradeway/source", script, file, name]),
        ),
      );
      const accepted = createAcceptedFile(file);
      for (const name of names) {
        for (let k = 0; k < 20; k++) {
          expect(await accepted.read(`${name}${k}`)).toEqual({
            region: `${name}${k}`,
            sequence: 1,
            sha256,
          });
        }
      }
      expect(await readdir(root)).toEqual(["accepted.json"]);
    });
  });

  it("never fall back behind what another process has accepted meanwhile", async () => {
    await withTemporaryDirectory(async (root) => {
      const accepted = createAcceptedFile(join(root, "accepted.json"));
      const manifest = (sequence: number) => ({ sequence, sha256: String(sequence).repeat(64) });
      await accepted.write("small", manifest(4));
      // It was read when 2 was the newest, and tested for a while.
      const late = () => accepted.write("small", manifest(3));
      expect(await reasonOf(late)).toBe("asset_manifest_outdated");
      expect(await accepted.read("small")).toMatchObject({ sequence: 4 });
      await accepted.write("small", manifest(3), true);
      expect(await accepted.read("small")).toMatchObject({ sequence: 3 });
    });
  });

  it("wait for no process that died with the lock", async () => {
    await withTemporaryDirectory(async (root) => {
      const file = join(root, "accepted.json");
      await writeFile(`${file}.lock`, "somebody");
      const accepted = createAcceptedFile(file);
      const write = (name: string) => accepted.write(name, { sequence: 1, sha256: "a".repeat(64) });
      await Promise.all([write("a"), write("b")]);
      expect(await accepted.read("a")).toMatchObject({ sequence: 1 });
      expect(await accepted.read("b")).toMatchObject({ sequence: 1 });
      expect(await readdir(root)).toEqual(["accepted.json"]);
    });
  });

  it("remember a region of any name", async () => {
    await withTemporaryDirectory(async (root) => {
      const accepted = createAcceptedFile(join(root, "accepted.json"));
      for (const name of ["__proto__", "constructor", "toString"]) {
        expect(await accepted.read(name)).toBeUndefined();
        await accepted.write(name, { sequence: 3, sha256: "a".repeat(64) });
        expect(await accepted.read(name)).toMatchObject({ sequence: 3 });
      }
    });
  });
});
