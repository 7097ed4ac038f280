import { readFile, rm } from "node:fs/promises";
import path from "node:path";

import { createAcceptedFile, openRegion, type OpenRegionOptions } from "@gradeway/model-assets";
import {
  damage,
  editAsset,
  editManifest,
  networkFromAscii,
  pathOf,
  replaceAsset,
  replaceTable,
} from "@gradeway/test-kit";

import { buildNetwork, type ProvocationStand } from "./provocation-stand.ts";

const STRICT: OpenRegionOptions = { policy: { strict: true } };

/** Regions whose files are not what they should be. */
export function regionProvocations(stand: ProvocationStand) {
  const broken =
    (change: (directory: string) => Promise<unknown>, options?: OpenRegionOptions) =>
    async (): Promise<unknown> => {
      const directory = await stand.copyRegion();
      await change(directory);
      return openRegion(directory, options);
    };
  return {
    asset_hash_mismatch: broken(async (region) => damage(await pathOf(region, "routing-graph"))),
    asset_version_unsupported: broken((region) =>
      editAsset(region, "speed-rules", { version: 99 }),
    ),
    asset_missing: broken(async (region) => rm(await pathOf(region, "toll-tariffs"))),
    asset_invalid: broken((region) => replaceTable(region, "vehicle-profiles", () => [])),
    asset_kind_unknown: broken((region) =>
      editManifest(region, ({ assets, ...manifest }) => ({
        ...manifest,
        assets: [
          ...assets,
          { ...assets[0], name: "sails", kind: "sails", path: "assets/sails-0.json" },
        ],
      })),
    ),
    asset_field_unknown: broken((region) =>
      editManifest(region, (manifest) => ({ ...manifest, colour: "green" })),
    ),
    asset_expired: broken(
      (region) => editAsset(region, "fuel-prices", { asOf: "2020-01-01", maxAgeDays: 30 }),
      STRICT,
    ),
    asset_provenance_refused: broken(
      (region) => editAsset(region, "fuel-prices", { provenance: "synthetic" }),
      STRICT,
    ),
    asset_manifest_outdated: () => openOlder(stand),
    hierarchy_graph_mismatch: broken((region) => takeForeignHierarchy(stand, region), STRICT),
  };
}

/** A region of which a later version was accepted before. */
async function openOlder(stand: ProvocationStand): Promise<unknown> {
  const accepted = createAcceptedFile(path.join(await stand.newDirectory(), "accepted.json"));
  const later = await stand.copyRegion();
  await editManifest(later, (manifest) => ({ ...manifest, sequence: manifest.sequence + 1 }));
  await openRegion(later, { accepted });
  return openRegion(stand.directory, { accepted });
}

/** Gives a region the hierarchy of another network. */
async function takeForeignHierarchy(stand: ProvocationStand, region: string): Promise<void> {
  const other = await stand.newDirectory();
  await buildNetwork(other, networkFromAscii("A--B--C", { ways: { ABC: {} } }));
  await replaceAsset(region, "hierarchy", await readFile(await pathOf(other, "hierarchy")));
}
