import type { FeedStatus } from "@gradeway/model-assets";
import { expect, it } from "vitest";

import { createTestApp, post, TRIP } from "./app-fixture.ts";
import { createFakeRegion, FAKE_ASSETS } from "./fake-region.ts";

/** An application over a region whose live rows are so many days old; 14 are allowed. */
function appWithRowsOf(ageDays: number) {
  const region = {
    ...createFakeRegion(),
    assets: () => ({
      ...FAKE_ASSETS,
      assets: [
        {
          name: "feed-diesel",
          kind: "fuel-prices" as const,
          isRequired: false,
          state: ageDays > 14 ? ("stale" as const) : ("ready" as const),
          ageDays,
          asOf: "2026-03-09",
          maxAgeDays: 14,
        },
      ],
    }),
  };
  return createTestApp({ region: () => region }).app;
}

const DETAILS = { asset: "feed-diesel", asOf: "2026-03-09", ageDays: 15, maxAgeDays: 14 };

it("warns of live rows that have grown too old since the region was loaded", async () => {
  for (const path of ["/route", "/pareto"]) {
    const codes = async (ageDays: number) => {
      const response = await post(appWithRowsOf(ageDays), path, TRIP);
      const { warnings } = (await response.json()) as { warnings: { code: string }[] };
      return warnings.filter(({ code }) => code === "data_stale");
    };
    expect(await codes(14)).toEqual([]);
    expect(await codes(15)).toMatchObject([{ details: { assets: [DETAILS] } }]);
  }
});

it("refuses a strict request on data that are too old, and no other", async () => {
  const ask = async (ageDays: number) =>
    (await post(appWithRowsOf(ageDays), "/route", { ...TRIP, strict: true })).json();
  expect(await ask(15)).toMatchObject({
    status: 503,
    reasonCode: "asset_expired",
    details: DETAILS,
  });
  // Fresh data pass; what stops this request is that the fake region cannot be driven.
  expect(await ask(14)).not.toMatchObject({ reasonCode: "asset_expired" });
});

it("tells how the feeds do", async () => {
  const status: FeedStatus = {
    id: "diesel",
    kind: "fuel-prices",
    location: "https://prices.example.org/diesel.json",
    state: "empty",
    inForce: null,
    lastSuccessAt: null,
    lastAttempt: null,
  };
  const { app } = createTestApp({ feeds: () => Promise.resolve([status]) });
  const response = await app.request("/feeds");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({ feeds: [status] });
  expect(await (await createTestApp().app.request("/feeds")).json()).toEqual({ feeds: [] });
});
