import { generateKeyPairSync } from "node:crypto";
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { buildLongRoad, type LongRoad, withTileServer } from "./long-road.ts";

let road: LongRoad;
let snapshot = "";
/** Files of two pairs of keys. */
const keys = { private: "", public: "", otherPublic: "" };

beforeAll(async () => {
  road = await buildLongRoad();
  snapshot = join(road.region, "terrain", "snapshot");
  for (const [name, names] of [
    ["own", ["private", "public"]],
    ["other", [undefined, "otherPublic"]],
  ] as const) {
    const pair = generateKeyPairSync("ed25519", {
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    for (const [kind, pem] of [pair.privateKey, pair.publicKey].entries()) {
      const file = join(road.directory, `${name}-${kind}.pem`);
      await writeFile(file, pem);
      const key = names[kind];
      if (key !== undefined) keys[key] = file;
    }
  }
  await withTileServer({ tiles: road.tiles }, async (run) => {
    const args = ["terrain", "snapshot", "--region", road.region, "--key", keys.private];
    const written = await run([...args, "--tiles-attribution", "© Snapshot", "--json"]);
    expect(written).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(written.stdout)).toMatchObject({ zoom: 11, absent: 0, directory: snapshot });
  });
});
afterAll(() => road?.remove());

/** A strict plan while the live source is down. */
async function planWhileDown(env: Readonly<Record<string, string>>) {
  await rm(join(road.region, "terrain", "live-tile-cache"), { recursive: true, force: true });
  let found: { code: number; json: { reasonCode?: string; warnings?: { code: string }[] } };
  await withTileServer({ tiles: road.tiles, faults: () => ({ status: 500 }) }, async (run) => {
    const ends = ["--from", road.from, "--to", road.to];
    const plan = await run(["plan", "--region", road.region, ...ends, "--strict", "--json"], {
      LIVE_TERRAIN_ALLOW_SIGNED_FALLBACK: "true",
      ...env,
    });
    found = { code: plan.code, json: JSON.parse(plan.stdout || plan.stderr) as typeof found.json };
  });
  return found!;
}

describe("gradeway terrain snapshot", () => {
  it("stands in for the live source where that is allowed and the key is trusted", async () => {
    const trusted = `${keys.otherPublic},${keys.public}`;
    const { code, json } = await planWhileDown({ GRADEWAY_TRUSTED_KEYS: trusted });
    expect(code).toBe(0);
    expect(json.warnings!.map((warning) => warning.code)).toContain("terrain_fallback_used");
    expect(json).toMatchObject({ evaluation: { finalists: 1 } });
  });

  it("does not where it is not allowed", async () => {
    const { json } = await planWhileDown({
      GRADEWAY_TRUSTED_KEYS: keys.public,
      LIVE_TERRAIN_ALLOW_SIGNED_FALLBACK: "false",
    });
    expect(json.reasonCode).toBe("terrain_fetch_failed");
  });

  it.each([
    ["a key that did not sign it", () => keys.otherPublic, "terrain_snapshot_untrusted"],
    ["no key at all", () => "", "terrain_snapshot_untrusted"],
    ["a private key", () => keys.private, "request_invalid"],
    ["a file that is not there", () => "nowhere.pem", "asset_missing"],
  ])("is refused with %s", async (_, trusted, reasonCode) => {
    const { code, json } = await planWhileDown({ GRADEWAY_TRUSTED_KEYS: trusted() });
    expect([code, json.reasonCode]).toEqual([1, reasonCode]);
  });

  it("is refused when its tiles are not of the zoom level of the live ones", async () => {
    const { code, json } = await planWhileDown({
      GRADEWAY_TRUSTED_KEYS: keys.public,
      LIVE_TERRAIN_TILE_ZOOM: "12",
    });
    expect([code, json.reasonCode]).toEqual([1, "terrain_dem_asset_unavailable"]);
  });

  it("is refused when it was changed", async () => {
    const manifest = join(snapshot, "manifest.json");
    const original = await readFile(manifest);
    await appendFile(manifest, " ");
    const { json } = await planWhileDown({ GRADEWAY_TRUSTED_KEYS: keys.public });
    await writeFile(manifest, original);
    expect(json.reasonCode).toBe("terrain_snapshot_signature_invalid");
  });

  it("is not written over, nor signed with what is no key, nor made of nothing", async () => {
    await withTileServer({ tiles: road.tiles }, async (run) => {
      const args = ["terrain", "snapshot", "--region", road.region, "--json"];
      const out = ["--out", join(road.directory, "other-snapshot")];
      const none = { LIVE_TERRAIN_DEM_URL_TEMPLATE: "" };
      const cases: [more: string[], env: Record<string, string>, reasonCode: string][] = [
        [["--key", keys.private], {}, "request_invalid"],
        [["--key", keys.public, ...out], {}, "request_invalid"],
        [["--key", "nowhere.pem", ...out], {}, "asset_missing"],
        [["--key", keys.private, ...out], none, "terrain_dem_url_missing"],
      ];
      for (const [more, env, reasonCode] of cases) {
        const refused = await run([...args, ...more], env);
        expect(refused.code, more.join(" ")).toBe(1);
        expect(JSON.parse(refused.stderr)).toMatchObject({ reasonCode });
        expect(refused.stderr).not.toContain("PRIVATE KEY");
      }
      const good = await run([...args.slice(0, -1), "--key", keys.private, ...out]);
      expect(good).toMatchObject({ code: 0, stderr: "" });
      expect(good.stdout).toContain("signed with");
    });
  });
});
