import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import {
  activateVersion,
  addVersion,
  listVersions,
  pruneVersions,
  signRegion,
  verifyRegion,
} from "../src/index.ts";
import {
  buildSmallRegion,
  CARBON_VALUES,
  damage,
  newKeys,
  pathOf,
  reasonOf,
  withTemporaryDirectory,
} from "./small-region.ts";

describe("a region home that has a version already", () => {
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

  it("refuses what is older under another name, too", async () => {
    await withTemporaryDirectory(async (directory) => {
      const home = join(directory, "home");
      const add = async (name: string, sequence: number): Promise<string> => {
        const region = join(directory, name);
        await buildSmallRegion(region, { name, sequence });
        return (await addVersion(home, region)).version;
      };
      await activateVersion(home, await add("small-2025", 2));
      const older = await add("small-2023", 1);
      expect(await reasonOf(() => activateVersion(home, older))).toBe("asset_manifest_outdated");
    });
  });

  it("lets no older version take the room of a newer one", async () => {
    await withTemporaryDirectory(async (directory) => {
      const home = join(directory, "home");
      const versions: string[] = [];
      for (const sequence of [1, 2, 3]) {
        const region = join(directory, String(sequence));
        // The newest is larger than the others.
        const tables = sequence === 3 ? { "carbon-values": CARBON_VALUES } : {};
        await buildSmallRegion(region, { sequence, tables });
        versions.push((await addVersion(home, region)).version);
      }
      const [first, second, third] = await listVersions(home);
      expect(first!.bytes).toBeGreaterThan(second!.bytes);
      const { removed } = await pruneVersions(home, { maxBytes: second!.bytes }, Date.now());
      expect(removed).toEqual([first!.version, second!.version, third!.version]);
    });
  });
});
