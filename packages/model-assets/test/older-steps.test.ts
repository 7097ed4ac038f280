import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";

import { GRAPH_FORMAT_VERSION } from "@gradeway/route-core";
import { writeOsmPbf } from "@gradeway/test-kit";
import { expect, it } from "vitest";

import { canonicalJsonBytes, ENGINE_VERSION, loadRegion, sha256Hex } from "../src/index.ts";
import {
  buildSmallRegion,
  editManifest,
  pathOf,
  reasonOf,
  SMALL_NETWORK,
  withTemporaryDirectory,
} from "./small-region.ts";

/** Makes the graph of a region one of the format before; returns where it is then. */
async function makeGraphOlder(region: string): Promise<{ path: string; sha256: string }> {
  const file = await pathOf(region, "routing-graph");
  const bytes = await readFile(file);
  const version = GRAPH_FORMAT_VERSION - 1;
  bytes.writeUInt32LE(version, 8);
  const sha256 = sha256Hex(bytes);
  const path = `assets/routing-graph-${sha256.slice(0, 16)}.bin`;
  await rm(file);
  await writeFile(join(region, path), bytes);
  await editManifest(region, (manifest) => ({
    ...manifest,
    assets: manifest.assets.map((asset) =>
      asset.kind === "routing-graph" ? { ...asset, path, sha256, version } : asset,
    ),
  }));
  return { path, sha256 };
}

/**
 * Makes the kept steps of a build what a program with older formats and the same version number would
 * have left: its roads lack a column, its graph is an older one, and its keys do not name formats.
 */
async function makeStepsOlder(work: string, graph: { path: string; sha256: string }) {
  const kept = async (name: string): Promise<Record<string, Record<string, unknown>>> =>
    deserialize(await readFile(join(work, `${name}.bin`)));
  const hashes: Record<string, string> = {};
  const keep = async (name: string, result: unknown): Promise<void> => {
    const bytes = serialize(result);
    hashes[name] = sha256Hex(bytes);
    await writeFile(join(work, `${name}.bin`), bytes);
  };
  const roads = await kept("import");
  delete roads["ways"]!["legalRoad"];
  await keep("import", roads);
  const built = await kept("graph");
  await keep("graph", { ...built, written: { ...built["written"], ...graph } });
  for (const name of ["extent", "elevation", "hierarchy"]) await keep(name, await kept(name));
  const inputs = {
    import: { osm: sha256Hex(writeOsmPbf(SMALL_NETWORK.dataset)) },
    extent: { roads: hashes["import"] },
    elevation: { roads: hashes["import"], source: null, tiles: "none" },
    graph: {
      roads: hashes["import"],
      heights: hashes["elevation"],
      settings: { name: "small", source: null, strict: false, smoothingM: null },
      tollFacilities: [],
    },
    hierarchy: { graph: graph.sha256 },
  };
  const versions = { engine: ENGINE_VERSION, v8: process.versions.v8 };
  const state = Object.entries(inputs).map(([name, given]) => {
    const key = sha256Hex(canonicalJsonBytes({ name, inputs: given, versions }));
    return [name, { key, sha256: hashes[name] }];
  });
  await writeFile(join(work, "steps.json"), canonicalJsonBytes(Object.fromEntries(state)));
}

it("a build does not go on from where a program with older formats has left one", async () => {
  await withTemporaryDirectory(async (root) => {
    const [region, workDirectory] = [join(root, "region"), join(root, "work")];
    const build = async () => (await buildSmallRegion(region, { workDirectory })).report;
    const { graphSha256 } = await build();
    await makeStepsOlder(workDirectory, await makeGraphOlder(region));
    await expect(loadRegion(region)).rejects.toMatchObject({
      reasonCode: "asset_version_unsupported",
      message: expect.stringContaining("Build the region again"),
    });
    expect(await build()).toMatchObject({ graphSha256, reusedSteps: [] });
    expect(await reasonOf(() => loadRegion(region))).toBe("none");
  });
});
