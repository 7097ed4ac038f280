import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import {
  activateVersion,
  activeDirectory,
  addVersion,
  listVersions,
  readManifest,
  readPointer,
  rollBack,
  signRegion,
  verifyRegion,
} from "../src/index.ts";
import { built, withHome } from "./region-home.ts";
import {
  buildSmallRegion,
  CARBON_VALUES,
  damage,
  newKeys,
  pathOf,
  reasonOf,
  withTemporaryDirectory,
} from "./small-region.ts";

describe("a region home", () => {
  it("takes a region in as it is, under its number and hash, and only once", async () => {
    await withHome(1, async (home, [version]) => {
      const { manifest, sha256 } = await readManifest(built[0]!);
      expect(version).toBe(`000001-${sha256.slice(0, 16)}`);
      const copy = join(home, "versions", version!);
      expect((await verifyRegion(copy)).faults).toEqual([]);
      for (const { path } of manifest.assets) {
        expect(await readFile(join(copy, path))).toEqual(await readFile(join(built[0]!, path)));
      }
      expect(await addVersion(home, built[0]!)).toEqual({ version, isNew: false });
      expect(await readdir(join(home, "versions"))).toEqual([version]);
      expect(await readPointer(home)).toBeUndefined();
    });
  });

  it("keeps signatures, and checks them as it is told to", async () => {
    await withTemporaryDirectory(async (directory) => {
      const region = join(directory, "region");
      await buildSmallRegion(region);
      const { privatePem, publicPem } = newKeys();
      const policy = { trustedKeysPem: [publicPem] };
      const home = join(directory, "home");
      expect(await reasonOf(() => addVersion(home, region, { policy }))).toBe(
        "asset_signature_missing",
      );
      await signRegion(region, privatePem);
      const { version } = await addVersion(home, region, { policy });
      await activateVersion(home, version, { policy });
      expect((await verifyRegion(await activeDirectory(home), { policy })).faults).toEqual([]);
      const other = { trustedKeysPem: [newKeys().publicPem] };
      expect(await reasonOf(() => activateVersion(home, version, { policy: other }))).toBe(
        "asset_key_untrusted",
      );
    });
  });

  it("takes the new signatures of a version that it has, and files that were damaged", async () => {
    await withTemporaryDirectory(async (directory) => {
      const region = join(directory, "region");
      await buildSmallRegion(region, { tables: { "carbon-values": CARBON_VALUES } });
      const home = join(directory, "home");
      const [old, next] = [newKeys(), newKeys()];
      const table = await pathOf(region, "carbon-values");
      const good = await readFile(table);
      await damage(table);
      // Damage to what no trip needs does not keep a region out.
      const { version } = await addVersion(home, region);
      await writeFile(table, good);
      const copy = join(home, "versions", version);
      const faults = async (publicPem: string) => {
        const policy = { trustedKeysPem: [publicPem] };
        expect(await addVersion(home, region, { policy })).toEqual({ version, isNew: false });
        return (await verifyRegion(copy, { policy })).faults;
      };
      await signRegion(region, old.privatePem);
      expect(await faults(old.publicPem)).toEqual([]);
      await signRegion(region, next.privatePem);
      expect(await faults(next.publicPem)).toEqual([]);
      // Signatures that suffice stay, whatever a later copy of the region lacks.
      await rm(join(region, "manifest.sig.json"));
      await addVersion(home, region);
      const policy = { trustedKeysPem: [next.publicPem] };
      expect((await verifyRegion(copy, { policy })).faults).toEqual([]);
      expect(await readdir(join(home, "versions"))).toEqual([version]);
    });
  });

  it("does not take in what is damaged, and leaves nothing behind", async () => {
    await withTemporaryDirectory(async (directory) => {
      const region = join(directory, "region");
      await buildSmallRegion(region);
      await damage(await pathOf(region, "routing-graph"));
      const home = join(directory, "home");
      expect(await reasonOf(() => addVersion(home, region))).toBe("asset_hash_mismatch");
      expect(await readdir(join(home, "versions"))).toEqual([]);
    });
  });

  it("activates, refuses what is older, and goes back only when it is told to", async () => {
    await withHome(3, async (home, [first, second, third]) => {
      expect(await activateVersion(home, first!)).toEqual({ active: first, previous: null });
      expect(await activateVersion(home, second!)).toEqual({ active: second, previous: first });
      expect(await reasonOf(() => activateVersion(home, first!))).toBe("asset_manifest_outdated");
      expect(await readPointer(home)).toEqual({ active: second, previous: first });

      expect(await rollBack(home)).toEqual({ active: first, previous: second });
      expect(await activeDirectory(home)).toBe(join(home, "versions", first!));
      // The older one counts as the newest now, so that newer ones may follow again.
      expect(await activateVersion(home, third!)).toEqual({ active: third, previous: first });
      expect(await activateVersion(home, third!)).toEqual({ active: third, previous: first });
    });
  });

  it("refuses what is older under another name, too", async () => {
    await withHome(2, async (home, [, second]) => {
      await activateVersion(home, second!);
      await withTemporaryDirectory(async (region) => {
        await buildSmallRegion(region, { name: "small-2023", sequence: 1 });
        const { version } = await addVersion(home, region);
        expect(await reasonOf(() => activateVersion(home, version))).toBe(
          "asset_manifest_outdated",
        );
      });
    });
  });

  it("has nothing to go back to at first", async () => {
    await withHome(1, async (home, [first]) => {
      expect(await reasonOf(() => rollBack(home))).toBe("asset_missing");
      await activateVersion(home, first!);
      expect(await reasonOf(() => rollBack(home))).toBe("asset_missing");
    });
  });

  it("refuses a version that was damaged since, and keeps the one in use", async () => {
    await withHome(2, async (home, [first, second]) => {
      await activateVersion(home, first!);
      await damage(await pathOf(join(home, "versions", second!), "routing-graph"));
      expect(await reasonOf(() => activateVersion(home, second!))).toBe("asset_hash_mismatch");
      expect(await readPointer(home)).toEqual({ active: first, previous: null });
    });
  });

  it.each(["000009-0123456789abcdef", "../../etc", "", "latest"])(
    "has no version %j",
    async (version) => {
      await withHome(1, async (home) => {
        expect(await reasonOf(() => activateVersion(home, version))).toBe("asset_missing");
      });
    },
  );

  it.each([
    ["nonsense", "asset_invalid"],
    ['{"active":"../x","format":1,"previous":null}', "asset_invalid"],
    [
      '{"active":"000001-0123456789abcdef","format":1,"previous":null,"since":1}',
      "asset_field_unknown",
    ],
  ])("does not guess what the pointer %j means", async (text, code) => {
    await withHome(1, async (home) => {
      await writeFile(join(home, "active.json"), text);
      expect(await reasonOf(() => readPointer(home))).toBe(code);
    });
  });

  it("is a plain region directory where it has no pointer", async () => {
    expect(await activeDirectory(built[0]!)).toBe(built[0]);
    expect(await listVersions(built[0]!)).toEqual([]);
  });
});
