import { rm } from "node:fs/promises";
import { join } from "node:path";

import { REASON_CODES, type ReasonCode } from "@gradeway/reason-codes";
import { keyIdOf } from "@gradeway/terrain-tiles";
import { describe, expect, it } from "vitest";

import { createAcceptedFile, type OpenRegionOptions, verifyRegion } from "../src/index.ts";
import {
  buildSmallRegion,
  CARBON_VALUES,
  damage,
  editManifest,
  newKeys,
  pathOf,
  replaceTable,
  signAnyway,
  withTemporaryDirectory,
} from "./small-region.ts";

const NOW_MS = Date.UTC(2026, 10, 24, 12);
const tables = { "carbon-values": CARBON_VALUES };

/** Codes of everything that is wrong with a region, sorted. */
async function codesIn(
  directory: string,
  options: OpenRegionOptions = {},
): Promise<readonly ReasonCode[]> {
  const { faults } = await verifyRegion(directory, { nowMs: () => NOW_MS, ...options });
  return faults.map(({ reasonCode }) => reasonCode).sort();
}

describe("verifyRegion", () => {
  it("finds nothing wrong with what was built", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory, { tables });
      const verdict = await verifyRegion(directory, { nowMs: () => NOW_MS });
      expect(verdict.faults).toEqual([]);
      expect(verdict.signature).toEqual({ state: "unsigned", keyIds: [] });
      expect(verdict.findings.filter(({ asset }) => asset !== undefined)).toHaveLength(14);
    });
  });

  it("tells every fault at once, each with its own code and a remedy", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory, { tables, facts: { "fuel-prices": { maxAgeDays: 30 } } });
      await replaceTable(directory, "operating-costs", ([row, ...rest]: object[]) => [
        { ...row, colour: "green" },
        ...rest,
      ]);
      await replaceTable(directory, "vehicle-profiles", () => []);
      await damage(await pathOf(directory, "emission-factors"));
      await rm(await pathOf(directory, "toll-tariffs"));
      await editManifest(directory, (manifest) => ({
        ...manifest,
        colour: "green",
        assets: [
          ...manifest.assets.map((asset) =>
            asset.kind === "speed-rules" ? { ...asset, version: 99 } : asset,
          ),
          { ...manifest.assets[0]!, name: "sails", kind: "sails", path: "assets/sails-0.json" },
        ],
      }));
      const [trusted, revoked, stranger] = [newKeys(), newKeys(), newKeys()];
      await signAnyway(directory, [revoked.privatePem, stranger.privatePem]);
      const accepted = createAcceptedFile(join(directory, "accepted.json"));
      await accepted.write("small", { sequence: 7, sha256: "0".repeat(64) });
      const found = await codesIn(directory, {
        accepted,
        policy: {
          trustedKeysPem: [revoked.publicPem, trusted.publicPem],
          revokedKeyIds: [keyIdOf(revoked.publicPem)],
        },
      });
      expect(found).toEqual([
        "asset_expired",
        "asset_field_unknown",
        "asset_field_unknown",
        "asset_hash_mismatch",
        "asset_invalid",
        "asset_key_revoked",
        "asset_key_untrusted",
        "asset_kind_unknown",
        "asset_manifest_outdated",
        "asset_missing",
        "asset_version_unsupported",
      ]);
      for (const code of found) expect(REASON_CODES[code].remedy).not.toBe("");
    });
  });

  it.each([
    "routing-graph",
    "hierarchy",
    "vehicle-profiles",
    "speed-rules",
    "operating-costs",
    "fuel-prices",
    "emission-factors",
    "toll-topology",
    "toll-tariffs",
    "carbon-values",
  ])("notices one changed byte of %s and names it", async (kind) => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory, { tables });
      await damage(await pathOf(directory, kind));
      const { faults } = await verifyRegion(directory, { nowMs: () => NOW_MS });
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatchObject({
        reasonCode: "asset_hash_mismatch",
        details: { asset: kind },
      });
    });
  });

  it("says that a figure is missing although each table is well-formed", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      await replaceTable(directory, "fuel-prices", () => []);
      expect(await codesIn(directory)).toEqual(["figure_missing"]);
    });
  });

  it.each(["fuel-prices", "carbon-values"])(
    "lets no %s of invented rows pass as better than they are",
    async (kind) => {
      await withTemporaryDirectory(async (directory) => {
        await buildSmallRegion(directory, { tables });
        await replaceTable(directory, kind, (rows) =>
          (rows as object[]).map((row, at) =>
            at === 0 ? { ...row, provenance: "synthetic" } : row,
          ),
        );
        const { faults } = await verifyRegion(directory, { nowMs: () => NOW_MS });
        expect(faults).toMatchObject([{ reasonCode: "asset_invalid", details: { asset: kind } }]);
        expect(faults[0]!.message).toContain("and there are synthetic rows");
      });
    },
  );

  it("counts synthetic figures in strict mode only", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory, { synthetic: true });
      expect(await codesIn(directory)).toEqual([]);
      // The graph, and what was made of it.
      expect(await codesIn(directory, { policy: { strict: true } })).toEqual([
        "asset_provenance_refused",
        "asset_provenance_refused",
      ]);
    });
  });

  it("changes nothing, not even what is accepted", async () => {
    await withTemporaryDirectory(async (directory) => {
      await buildSmallRegion(directory);
      const accepted = createAcceptedFile(join(directory, "accepted.json"));
      await codesIn(directory, { accepted });
      expect(await accepted.read("small")).toBeUndefined();
    });
  });
});
