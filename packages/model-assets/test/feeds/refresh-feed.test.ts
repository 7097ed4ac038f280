import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { startLoopbackFileServer } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { openRegion, PROVENANCE_CLASSES, sha256Hex } from "../../src/index.ts";
import { reasonOf } from "../small-region.ts";
import { dieselRow, type FeedStand, json, withFeed } from "./feed-fixture.ts";

const STRICT = { strict: true, allowedClasses: PROVENANCE_CLASSES } as const;

const dieselIn = async ({ region, live }: FeedStand): Promise<number> =>
  (await openRegion(region, { live })).region.rates.dieselPerL;

describe("a feed with good rows", () => {
  it("puts them into force from their date on, with the origin that the operator gives", async () => {
    await withFeed(async (stand) => {
      const before = await openRegion(stand.region, { live: stand.live });
      stand.send([dieselRow(1.31)]);
      const { lastAttempt, inForce } = await stand.refresh();
      expect(lastAttempt.outcome).toBe("updated");
      const after = await openRegion(stand.region, { live: stand.live });
      expect(before.region.rates.dieselPerL).toBe(1.2);
      expect(after.region.rates.dieselPerL).toBe(1.31);
      const rows = after.tables["fuel-prices"]!.filter(({ id }) => id === "fuel.diesel");
      expect(rows).toMatchObject([
        { value: 1.2, validFrom: "2026-01-01", validTo: "2026-03-08", provenance: "assumed" },
        { value: 1.31, source: "A price list", publisher: "Somebody", provenance: "official" },
      ]);
      const provenance = [before, after].map(({ region }) => region.provenance);
      expect(provenance[0]!.rates.sha256).not.toBe(provenance[1]!.rates.sha256);
      expect(provenance[1]!.assets["feed-diesel"]).toBe(inForce!.sha256);
      expect(provenance[0]!.assets).not.toHaveProperty("feed-diesel");
      expect(after.manifestSha256).toBe(before.manifestSha256);
      // Without being asked for, rows that no signature covers are not used.
      expect((await openRegion(stand.region)).region.rates.dieselPerL).toBe(1.2);
    });
  });

  it("is asked with the tag of what is in force, and keeps rows that did not change", async () => {
    await withFeed(async (stand) => {
      stand.send([dieselRow(1.31)]);
      await stand.refresh();
      const files = await stand.rowFiles();
      expect((await stand.refresh()).lastAttempt.outcome).toBe("unchanged");
      expect(stand.requests.map(({ headers }) => headers["if-none-match"] !== undefined)).toEqual([
        false,
        true,
      ]);
      expect(await stand.rowFiles()).toEqual(files);
      const [name, content] = Object.entries(files)[0]!;
      expect(name).toBe(`rows-${sha256Hex(Buffer.from(content))}.json`);
    });
  });

  it("does not undo rows of a region that are newer", async () => {
    await withFeed(async (stand) => {
      stand.send([dieselRow(1.31, "2025-12-20")]);
      const feed = { ...stand.feed, maxAgeDays: 365 };
      expect((await stand.refresh(feed)).lastAttempt.reasonCode).toBe("feed_data_outdated");
      expect(await dieselIn(stand)).toBe(1.2);
    });
  });
});

/** Ways in which a feed turns bad, with what is said of each. */
const BAD: readonly [name: string, turn: (stand: FeedStand) => void, code: string][] = [
  ["404", ({ files }) => files.clear(), "asset_fetch_failed"],
  ["500", (stand) => (stand.fault = { status: 500 }), "asset_fetch_failed"],
  [
    "silence",
    (stand) => {
      stand.send([dieselRow(1.4)]);
      stand.fault = { stallAfter: 3 };
    },
    "asset_fetch_failed",
  ],
  ["a cut connection", (stand) => (stand.fault = { reset: true }), "asset_fetch_failed"],
  ["another schema", ({ send }) => send({ price: 1.4 }), "asset_invalid"],
  [
    "an unknown field",
    ({ send }) => send([dieselRow(1.4, "2026-03-09", { x: 1 })]),
    "asset_field_unknown",
  ],
  ["JSON cut short", ({ send }) => send(json([dieselRow(1.4)]).subarray(0, 60)), "asset_invalid"],
  ["HTML", ({ send }) => send(Buffer.from("<html>Sorry</html>")), "asset_invalid"],
  ["a text as value", ({ send }) => send([dieselRow("1.4")]), "asset_invalid"],
  [
    "no row of the target",
    ({ send }) => send([dieselRow(1.4, "2026-03-09", { id: "fuel.hvo" })]),
    "asset_invalid",
  ],
  [
    "another unit",
    ({ send }) => send([dieselRow(1.4, "2026-03-09", { unit: "GBP/l" })]),
    "asset_invalid",
  ],
  ["ten times the price", ({ send }) => send([dieselRow(13.1)]), "feed_figure_implausible"],
  ["a great change", ({ send }) => send([dieselRow(2.1)]), "feed_figure_implausible"],
  ["a price of nothing", ({ send }) => send([dieselRow(0)]), "feed_figure_implausible"],
  ["a negative price", ({ send }) => send([dieselRow(-1.3)]), "feed_figure_implausible"],
  ["an old date", ({ send }) => send([dieselRow(1.4, "2026-02-20")]), "feed_data_expired"],
  ["a date to come", ({ send }) => send([dieselRow(1.4, "2026-03-13")]), "feed_data_future"],
  [
    "an older answer again",
    ({ send }) => send([dieselRow(1.3, "2026-03-08")]),
    "feed_data_outdated",
  ],
  ["a huge body", ({ send }) => send(Buffer.alloc(5 * 2 ** 20, 32)), "asset_invalid"],
];

describe("a feed that turns bad", () => {
  it.each(BAD)(
    "with %s leaves the good rows as they are, says so, and heals",
    async (_, turn, code) => {
      await withFeed(async (stand) => {
        stand.send([dieselRow(1.31)]);
        const good = await stand.refresh();
        const files = await stand.rowFiles();
        turn(stand);
        const bad = await stand.refresh();
        expect(bad.lastAttempt).toMatchObject({ outcome: "refused", reasonCode: code });
        expect(bad.lastAttempt.message).not.toContain("secret");
        expect(bad).toMatchObject({ inForce: good.inForce, lastSuccessAt: good.lastSuccessAt });
        expect(await stand.rowFiles()).toEqual(files);
        expect(await dieselIn(stand)).toBe(1.31);
        expect(await stand.status()).toMatchObject([
          {
            state: "fresh",
            inForce: { ageDays: 1, rows: [{ value: 1.31 }] },
            lastAttempt: bad.lastAttempt,
          },
        ]);
        stand.fault = undefined;
        stand.send([dieselRow(1.29, "2026-03-10")]);
        expect((await stand.refresh()).lastAttempt.outcome).toBe("updated");
        expect(await dieselIn(stand)).toBe(1.29);
      });
    },
  );

  it("by a redirect elsewhere is not followed", async () => {
    await withFeed(async (stand) => {
      const other = await startLoopbackFileServer({
        files: new Map([["/diesel.json", json([dieselRow(1.4)])]]),
      });
      try {
        stand.redirects.set("/diesel.json", `${other.origin}/diesel.json`);
        expect((await stand.refresh()).lastAttempt.reasonCode).toBe("asset_host_not_allowed");
        expect(other.requests).toHaveLength(0);
      } finally {
        await other.close();
      }
    });
  });

  it("rests after many failures", async () => {
    await withFeed(
      async (stand) => {
        stand.fault = { status: 500 };
        await stand.refresh();
        expect((await stand.refresh()).lastAttempt.reasonCode).toBe("asset_source_resting");
      },
      { breakerFailures: 2 },
    );
  });
});

describe("rows on disk", () => {
  it("stay in force when new ones cannot be written to their end", async () => {
    await withFeed(async (stand) => {
      stand.send([dieselRow(1.31)]);
      await stand.refresh();
      stand.send([dieselRow(1.29, "2026-03-10")]);
      const { inForce } = await stand.refresh();
      const path = join(stand.live.folder, "diesel", `rows-${inForce!.sha256}.json`);
      await rm(join(stand.live.folder, "diesel"), { recursive: true });
      stand.send([dieselRow(1.31)]);
      await stand.refresh();
      // A folder in the place of the file: written, and then the renaming fails.
      await mkdir(join(path, "in-the-way"), { recursive: true });
      stand.send([dieselRow(1.29, "2026-03-10")]);
      expect((await stand.refresh()).lastAttempt.reasonCode).toBe("feed_not_kept");
      expect(await dieselIn(stand)).toBe(1.31);
      await rm(path, { recursive: true });
      expect((await stand.refresh()).lastAttempt.outcome).toBe("updated");
      expect(await dieselIn(stand)).toBe(1.29);
      const temporary = Object.keys(await stand.rowFiles()).filter((name) => name.endsWith(".tmp"));
      expect(temporary).toEqual([]);
    });
  });

  it("stay in force when the process ends before the state names new ones", async () => {
    await withFeed(async (stand) => {
      stand.send([dieselRow(1.31)]);
      await stand.refresh();
      const state = join(stand.live.folder, "diesel", "state.json");
      const before = await readFile(state);
      stand.send([dieselRow(1.29, "2026-03-10")]);
      await stand.refresh();
      await writeFile(state, before);
      expect(await dieselIn(stand)).toBe(1.31);
    });
  });

  it("are left out when they were changed, and strictly refused", async () => {
    await withFeed(async (stand) => {
      stand.send([dieselRow(1.31)]);
      const { inForce } = await stand.refresh();
      const path = join(stand.live.folder, "diesel", `rows-${inForce!.sha256}.json`);
      await writeFile(path, (await readFile(path, "utf8")).replace("1.31", "1.01"));
      const { region, findings } = await openRegion(stand.region, { live: stand.live });
      expect(region.rates.dieselPerL).toBe(1.2);
      expect(findings.at(-1)!.fault!.reasonCode).toBe("asset_hash_mismatch");
      const policy = STRICT;
      expect(await reasonOf(() => openRegion(stand.region, { live: stand.live, policy }))).toBe(
        "asset_hash_mismatch",
      );
      expect((await stand.status())[0]).toMatchObject({ state: "damaged" });
      expect((await stand.refresh()).lastAttempt.outcome).toBe("unchanged");
      expect(await dieselIn(stand)).toBe(1.31);
    });
  });

  it("grow old: strict opening refuses them after their largest age", async () => {
    await withFeed(async (stand) => {
      stand.send([dieselRow(1.31)]);
      await stand.refresh();
      const policy = STRICT;
      const openAfter = (days: number) =>
        reasonOf(() =>
          openRegion(stand.region, {
            live: stand.live,
            policy,
            nowMs: () => Date.UTC(2026, 2, 9 + days, 23, 59),
          }),
        );
      expect(await openAfter(14)).toBe("none");
      expect(await openAfter(15)).toBe("asset_expired");
      stand.nowMs = Date.UTC(2026, 2, 24);
      expect((await stand.refresh()).lastAttempt).toMatchObject({
        outcome: "refused",
        reasonCode: "feed_data_expired",
      });
      expect((await stand.status())[0]).toMatchObject({
        state: "expired",
        inForce: { ageDays: 15 },
      });
      expect(await dieselIn(stand)).toBe(1.31);
    });
  });
});
