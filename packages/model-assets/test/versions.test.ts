import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  activateVersion,
  activeDirectory,
  addVersion,
  listVersions,
  pruneVersions,
  readManifest,
  readPointer,
  rollBack,
  signRegion,
  verifyRegion,
} from "../src/index.ts";
import {
  buildSmallRegion,
  damage,
  newKeys,
  pathOf,
  reasonOf,
  withTemporaryDirectory,
} from "./small-region.ts";

const DAY_MS = 86_400_000;

/** Three versions of one region, built once. */
let built: string[] = [];
let removeBuilt: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  const ready = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const life = withTemporaryDirectory(async (directory) => {
    for (const sequence of [1, 2, 3]) {
      const version = join(directory, String(sequence));
      await buildSmallRegion(version, { sequence });
      built.push(version);
    }
    ready.resolve();
    await done.promise;
  });
  removeBuilt = () => {
    done.resolve();
    return life;
  };
  await Promise.race([ready.promise, life]);
});

afterAll(async () => {
  await removeBuilt();
  built = [];
});

/** A home with the first versions, none of them active. */
async function withHome(
  count: number,
  run: (home: string, versions: readonly string[]) => Promise<void>,
): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const home = join(directory, "home");
    const versions: string[] = [];
    for (const region of built.slice(0, count)) {
      const { version } = await addVersion(home, region);
      versions.push(version);
    }
    await run(home, versions);
  });
}

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
        await utimes(join(folder, name), at, at);
      }
      expect((await pruneVersions(home, {}, Date.now())).leftovers).toBe(2);
      expect(await readdir(folder)).toContain(".incoming-new");
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
