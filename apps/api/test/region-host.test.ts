import { ReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { createRegionHost, type LoadedVersion, type RegionHost, withBodies } from "../src/index.ts";
import { createTestApp, post, TRIP } from "./app-fixture.ts";
import { createFakeRegion, FAKE_ASSETS, fakePareto } from "./fake-region.ts";

interface FakeVersion extends LoadedVersion {
  readonly state: { closed: number; tested: number };
}

/** A version whose answers name it. */
function version(name: string, parts: Partial<LoadedVersion> = {}): FakeVersion {
  const state = { closed: 0, tested: 0 };
  const region = createFakeRegion();
  return {
    version: name,
    region: {
      ...region,
      planner: withBodies({
        ...region.planner,
        planPareto: async (request) => {
          const answer = fakePareto(request, 1);
          const { provenance } = answer;
          return {
            ...answer,
            provenance: {
              ...provenance,
              region: { ...provenance.region, manifestSha256: name },
            },
          };
        },
      }),
      assets: () => ({
        ...FAKE_ASSETS,
        region: { ...FAKE_ASSETS.region, manifestSha256: name },
      }),
    },
    state,
    selfTest: async () => {
      state.tested += 1;
    },
    close: async () => {
      state.closed += 1;
    },
    ...parts,
  };
}

function newHost(): RegionHost {
  return createRegionHost({ now: () => new Date(0) });
}

describe("a region host", () => {
  it("serves nothing at first, then what passed its test", async () => {
    const host = newHost();
    expect(host.region()).toBeUndefined();
    const first = version("one");
    expect(await host.activate(async () => first)).toEqual({
      outcome: "activated",
      version: "one",
      at: "1970-01-01T00:00:00.000Z",
    });
    expect(first.state).toEqual({ closed: 0, tested: 1 });
    expect(host.region()?.assets().region.manifestSha256).toBe("one");
    expect(host.status()).toMatchObject({ active: "one", previous: null });
  });

  it("keeps the old one when the new one fails its test, cannot be loaded, or breaks", async () => {
    const host = newHost();
    const first = version("one");
    await host.activate(async () => first);
    const failing = version("two", {
      selfTest: () =>
        Promise.reject(new ReasonError("region_self_test_failed", "no trip", { problem: "none" })),
    });
    expect(await host.activate(async () => failing)).toMatchObject({
      outcome: "refused",
      version: "two",
      reasonCode: "region_self_test_failed",
    });
    expect(failing.state.closed).toBe(1);
    const missing = new ReasonError("asset_missing", "gone", { asset: "a", path: "b" });
    expect(await host.activate(() => Promise.reject(missing))).toMatchObject({
      outcome: "refused",
      reasonCode: "asset_missing",
      error: missing,
    });
    expect(await host.activate(() => Promise.reject(new Error("a fault")))).toMatchObject({
      outcome: "refused",
      reasonCode: "internal_error",
    });
    expect(host.status()).toMatchObject({
      active: "one",
      previous: null,
      last: { outcome: "refused", reasonCode: "internal_error", message: "a fault" },
    });
    expect(host.status().last).not.toHaveProperty("error");
    expect(first.state.closed).toBe(0);
  });

  it("does not load the same version into use twice", async () => {
    const host = newHost();
    const [first, again] = [version("one"), version("one")];
    await host.activate(async () => first);
    expect(await host.activate(async () => again)).toMatchObject({ outcome: "unchanged" });
    expect([first.state.closed, again.state.closed]).toEqual([0, 1]);
  });

  it("closes the old one when the last request has let go of it", async () => {
    const host = newHost();
    const first = version("one");
    await host.activate(async () => first);
    const releases = [host.region()!.hold!(), host.region()!.hold!()];
    await host.activate(async () => version("two"));
    expect(host.region()?.assets().region.manifestSha256).toBe("two");
    releases[0]!();
    releases[0]!();
    await Promise.resolve();
    expect(first.state.closed).toBe(0);
    releases[1]!();
    await expect.poll(() => first.state.closed).toBe(1);
  });

  it("lets activations take place one after the other", async () => {
    const host = newHost();
    const gate = Promise.withResolvers<void>();
    const [one, two, three] = [version("one"), version("two"), version("three")];
    const slow = host.activate(async () => {
      await gate.promise;
      return one;
    });
    const rest = [host.activate(async () => two), host.activate(async () => three)];
    gate.resolve();
    await Promise.all([slow, ...rest]);
    expect(host.status()).toMatchObject({ active: "three", previous: "two" });
    await expect.poll(() => [one.state.closed, two.state.closed]).toEqual([1, 1]);
    await host.close();
    expect(three.state.closed).toBe(1);
  });

  it("puts nothing into use any more once it is closed", async () => {
    const host = newHost();
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const [first, late] = [version("one"), version("two")];
    await host.activate(async () => first);
    const loading = host.activate(async () => {
      begun.resolve();
      await gate.promise;
      return late;
    });
    await begun.promise;
    const closing = host.close();
    gate.resolve();
    await closing;
    const refused = { outcome: "refused", reasonCode: "planner_stopped" };
    expect(await loading).toMatchObject(refused);
    expect(await host.activate(() => expect.unreachable())).toMatchObject(refused);
    expect(host.region()).toBeUndefined();
    expect([first.state, late.state]).toEqual([
      { closed: 1, tested: 1 },
      { closed: 1, tested: 0 },
    ]);
  });

  it("does not take a version that cannot be closed for one that cannot be used", async () => {
    const faults: unknown[] = [];
    const host = createRegionHost({
      now: () => new Date(0),
      onFault: (error) => faults.push(error),
    });
    const stuck = new Error("stuck");
    const failing = { close: () => Promise.reject(stuck) };
    await host.activate(async () => version("one", failing));
    expect(await host.activate(async () => version("one", failing))).toMatchObject({
      outcome: "unchanged",
    });
    expect(await host.activate(async () => version("two"))).toMatchObject({ outcome: "activated" });
    await host.close();
    expect(faults).toEqual([stuck, stuck]);
  });

  it("answers a request to its end from the version it began with", async () => {
    const host = newHost();
    const gate = Promise.withResolvers<void>();
    const first = version("one");
    const slow: LoadedVersion = {
      ...first,
      region: {
        ...first.region,
        planner: withBodies({
          ...first.region.planner,
          planPareto: async (request) => {
            await gate.promise;
            expect(first.state.closed).toBe(0);
            return first.region.planner.planPareto(request);
          },
        }),
      },
    };
    await host.activate(async () => slow);
    const { app } = createTestApp({ region: () => host.region(), activation: () => host.status() });
    const pending = post(app, "/pareto", TRIP);
    await host.activate(async () => version("two"));
    expect(await nameOf(await post(app, "/pareto", TRIP))).toBe("two");
    gate.resolve();
    expect(await nameOf(await pending)).toBe("one");
    await expect.poll(() => first.state.closed).toBe(1);
    const assets = (await (await app.request("/assets")).json()) as object;
    expect(assets).toMatchObject({ activation: { active: "two", previous: "one" } });
  });
});

async function nameOf(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  const { provenance } = (await response.json()) as ReturnType<typeof fakePareto>;
  return provenance.region.manifestSha256;
}
