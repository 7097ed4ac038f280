import { spawn } from "node:child_process";
import { mkdir, readdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import {
  activateVersion,
  activeDirectory,
  addVersion,
  listVersions,
  pruneVersions,
  readPointer,
  rollBack,
  verifyRegion,
} from "../src/index.ts";
import { built, withHome } from "./region-home.ts";
import {
  CARBON_VALUES,
  buildSmallRegion,
  reasonOf,
  withTemporaryDirectory,
} from "./small-region.ts";

const DAY_MS = 86_400_000;

describe("retention", () => {
  it("removes the oldest beyond each limit, never the active and the previous one", async () => {
    await withHome(3, async (home, [first, second, third]) => {
      await activateVersion(home, first!);
      await activateVersion(home, second!);
      const nowMs = Date.now();
      const bytes = (await listVersions(home)).reduce((sum, one) => sum + one.bytes, 0);
      for (const fits of [{ maxVersions: 3 }, { maxBytes: bytes }, { maxAgeMs: DAY_MS }]) {
        expect((await pruneVersions(home, fits, nowMs)).removed).toEqual([]);
      }
      expect((await pruneVersions(home, { maxBytes: bytes - 1 }, nowMs)).removed).toEqual([third]);
      await addVersion(home, built[2]!);
      expect((await pruneVersions(home, { maxVersions: 0 }, nowMs)).removed).toEqual([third]);
      await addVersion(home, built[2]!);
      const later = nowMs + 2 * DAY_MS;
      expect((await pruneVersions(home, { maxAgeMs: DAY_MS }, later)).removed).toEqual([third]);
      const left = await listVersions(home);
      expect(left.map(({ version }) => version)).toEqual([second, first]);
      expect(left.map(({ isActive, isPrevious }) => [isActive, isPrevious])).toEqual([
        [true, false],
        [false, true],
      ]);
    });
  });

  it("counts the age from when a version came, also after it was mended", async () => {
    await withTemporaryDirectory(async (directory) => {
      const home = join(directory, "home");
      const came = Date.parse("2026-03-01T12:00:00Z");
      const { version } = await addVersion(home, built[0]!, { nowMs: () => came });
      const folder = join(home, "versions", version);
      const file = join(folder, "assets", (await readdir(join(folder, "assets")))[0]!);
      await writeFile(file, "damaged");
      await addVersion(home, built[0]!, { nowMs: () => came + 5 * DAY_MS });
      await utimes(folder, new Date(), new Date());
      const limits = { maxAgeMs: 7 * DAY_MS };
      expect((await listVersions(home))[0]).toMatchObject({ version, addedAtMs: came });
      expect((await pruneVersions(home, limits, came + 7 * DAY_MS)).removed).toEqual([]);
      expect((await pruneVersions(home, limits, came + 8 * DAY_MS)).removed).toEqual([version]);
    });
  });

  it("takes the time of the folder where nothing tells when a version came", async () => {
    await withHome(2, async (home, [first, second]) => {
      const at = Date.parse("2026-02-01T00:00:00Z");
      for (const version of [first!, second!]) {
        const folder = join(home, "versions", version);
        if (version === first) await rm(join(folder, "added.json"));
        else await writeFile(join(folder, "added.json"), '{"format":1}');
        await utimes(folder, at / 1000, at / 1000);
      }
      expect((await listVersions(home)).map(({ addedAtMs }) => addedAtMs)).toEqual([at, at]);
      expect((await verifyRegion(join(home, "versions", first!))).faults).toEqual([]);
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

  it("clears away what was cut off, once it is old", async () => {
    await withHome(1, async (home) => {
      const folder = join(home, "versions");
      for (const [name, ageMs] of [
        [".incoming-old", DAY_MS],
        [".removed-old", DAY_MS],
        [".incoming-new", 0],
      ] as const) {
        await mkdir(join(folder, name, "assets"), { recursive: true });
        const at = (Date.now() - ageMs) / 1000;
        await utimes(join(folder, name, "assets"), at, at);
        await utimes(join(folder, name), at, at);
      }
      // Its folders are old, but a file in them still grows.
      await mkdir(join(folder, ".incoming-large", "assets"), { recursive: true });
      await writeFile(join(folder, ".incoming-large", "assets", "graph"), "half");
      for (const name of [".incoming-large/assets", ".incoming-large"]) {
        await utimes(join(folder, name), 0, 0);
      }
      expect((await pruneVersions(home, {}, Date.now())).leftovers).toBe(2);
      expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([
        ".incoming-large",
        ".incoming-new",
      ]);
    });
  });

  it("never takes away what another process puts into use at that moment", async () => {
    await withHome(2, async (home, [first, second]) => {
      for (let round = 0; round < 30; round++) {
        await addVersion(home, built[0]!);
        await addVersion(home, built[1]!);
        await rm(join(home, "accepted.json"), { force: true });
        await rm(join(home, "active.json"), { force: true });
        await activateVersion(home, first!);
        const [activated, pruned] = await Promise.allSettled([
          activateVersion(home, second!),
          sleep(round % 10).then(() => pruneVersions(home, { maxVersions: 0 }, Date.now())),
        ]);
        expect(pruned.status).toBe("fulfilled");
        const pointer = await readPointer(home);
        expect(pointer?.active).toBe(activated.status === "fulfilled" ? second : first);
        expect((await verifyRegion(await activeDirectory(home))).faults).toEqual([]);
      }
    });
  });

  it("does not leave the pointer on a version that a clean-up took away", async () => {
    await withHome(2, async (home, [first, second]) => {
      await activateVersion(home, first!);
      const folder = join(home, "versions");
      await rename(join(folder, second!), join(folder, ".removed-by-another"));
      expect(await reasonOf(() => activateVersion(home, second!))).toBe("asset_missing");
      expect(await readPointer(home)).toEqual({ active: first, previous: null });
      await rm(join(folder, ".removed-by-another"), { recursive: true });
    });
  });
});

describe("processes that are killed", () => {
  it("leave a pointer that names a whole version, whenever they die", async () => {
    await withHome(2, async (home, [first, second]) => {
      await activateVersion(home, first!);
      await activateVersion(home, second!);
      const script = fileURLToPath(new URL("roll-back-forever.ts", import.meta.url));
      for (let round = 0; round < 6; round++) {
        const child = spawn(process.execPath, ["--conditions=@gradeway/source", script, home], {
          stdio: ["ignore", "pipe", "inherit"],
        });
        const closed = new Promise((resolve) => child.once("close", resolve));
        await new Promise((resolve) => child.stdout.once("data", resolve));
        await sleep(7 * round);
        child.kill("SIGKILL");
        await closed;
        const pointer = await readPointer(home);
        expect(new Set([pointer?.active, pointer?.previous])).toEqual(new Set([first, second]));
        expect((await verifyRegion(await activeDirectory(home))).faults).toEqual([]);
      }
      // What they left beside the pointer does no harm.
      await rollBack(home);
    });
  });
});
