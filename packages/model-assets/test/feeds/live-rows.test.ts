import { describe, expect, it } from "vitest";

import { type LiveSource, openRegion, PROVENANCE_CLASSES } from "../../src/index.ts";
import { reasonOf, replaceTable } from "../small-region.ts";
import {
  definitionOf,
  dieselRow,
  type FeedStand,
  parseFeed,
  TODAY,
  withFeed,
} from "./feed-fixture.ts";

const STRICT = { strict: true, allowedClasses: PROVENANCE_CLASSES } as const;

const dieselIn = async ({ region, live }: FeedStand): Promise<number> =>
  (await openRegion(region, { live })).region.rates.dieselPerL;

describe("a table under live rows", () => {
  it("is as old as its newest row", async () => {
    await withFeed(
      async (stand) => {
        const nowMs = (): number => TODAY;
        const open = (live?: LiveSource) =>
          openRegion(stand.region, {
            policy: STRICT,
            nowMs,
            ...(live === undefined ? {} : { live }),
          });
        expect(await reasonOf(() => open())).toBe("asset_expired");
        stand.send([dieselRow(1.31)]);
        await stand.refresh();
        expect(await reasonOf(() => open(stand.live))).toBe("none");
        expect(await reasonOf(() => open())).toBe("asset_expired");
      },
      {},
      { facts: { "fuel-prices": { maxAgeDays: 30 } } },
    );
  });

  it("keeps a row of its own that is newer, from its date on", async () => {
    await withFeed(async (stand) => {
      stand.send([dieselRow(1.31)]);
      await stand.refresh();
      await replaceTable(stand.region, "fuel-prices", (rows: readonly { id: string }[]) =>
        rows.flatMap((row) =>
          row.id === "fuel.diesel"
            ? [
                { ...row, validTo: "2026-03-31" },
                { ...row, value: 1.5, validFrom: "2026-04-01" },
              ]
            : [row],
        ),
      );
      const { tables, region } = await openRegion(stand.region, { live: stand.live });
      const rows = tables["fuel-prices"]!.filter(({ id }) => id === "fuel.diesel");
      const periods = rows.map(({ value, validFrom, validTo }) => [value, validFrom, validTo]);
      expect(periods).toEqual([
        [1.2, "2026-01-01", "2026-03-08"],
        [1.5, "2026-04-01", undefined],
        [1.31, "2026-03-09", "2026-03-31"],
      ]);
      expect(region.rates.dieselPerL).toBe(1.5);
    });
  });

  it("goes without them when no rates can be made with them", async () => {
    await withFeed(async (stand) => {
      const ends = [dieselRow(1.31, "2026-03-09", { validTo: "2026-03-31" })];
      stand.send(ends);
      // The region counts on the day of its newest row, when this price has ended.
      expect((await stand.refresh()).lastAttempt.reasonCode).toBe("figure_not_in_force");
      expect(await dieselIn(stand)).toBe(1.2);
    });
  });
});

describe("a definition", () => {
  const host = "prices.example.org";
  const codeOf = (more: object): Promise<string> =>
    reasonOf(() => Promise.resolve().then(() => parseFeed(definitionOf(host, more))));

  it("must be complete, and its address safe", async () => {
    expect(await codeOf({ url: `https://${host}/x` })).toBe("none");
    expect(await codeOf({ url: `http://${host}/x` })).toBe("asset_invalid");
    expect(await codeOf({ url: `https://me:word@${host}/x` })).toBe("asset_invalid");
    expect(await codeOf({ url: "https://other.example.org/x" })).toBe("asset_invalid");
    expect(await codeOf({ url: `https://${host}/x`, extra: 1 })).toBe("asset_field_unknown");
    const target = { id: "fuel.diesel", min: 1, max: 2, maxChangeRatio: 0.5 };
    expect(await codeOf({ url: `https://${host}/x`, targets: [target, target] })).toBe(
      "asset_invalid",
    );
  });
});
