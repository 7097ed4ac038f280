import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildRegion, readPointer, sha256Hex } from "@gradeway/model-assets";
import { osmSourceFromBytes } from "@gradeway/route-core";
import { networkFromAscii, writeOsmPbf } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { loadVersion } from "../src/load-version.ts";
import { runCli } from "./run-cli.ts";

// Each command is a process of its own, and a machine under load starts them slowly.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let root = "";
const inRoot = (name: string): string => join(root, name);
let region = "";

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "gradeway-cli-home-"));
  region = inRoot("region");
  const ways = { ABC: { highway: "primary" } };
  const pbf = writeOsmPbf(networkFromAscii("A----B----C", { ways }).dataset);
  await buildRegion({
    directory: region,
    name: "street",
    osm: osmSourceFromBytes(pbf),
    osmInput: { name: "street.osm.pbf", sha256: sha256Hex(pbf) },
  });
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("gradeway region activate", () => {
  it("goes to a version that the home has, and does not take it for --version", async () => {
    const home = inRoot("home");
    const copied = await runCli(["region", "activate", "--home", home, "--region", region]);
    expect(copied.code).toBe(0);
    const { active } = (await readPointer(home))!;
    const again = ["region", "activate", "--home", home, "--version", active];
    const run = await runCli([...again, "--json"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(run.stdout)).toEqual({ active, previous: null, isNew: false });
    const unknown = await runCli(["region", "activate", "--home", home, "--version", "latest"]);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain("asset_missing");
  });
});

describe("a server", () => {
  it("ends when the pointer of its home cannot be understood", async () => {
    const home = inRoot("broken-home");
    await mkdir(home);
    await writeFile(join(home, "active.json"), "nonsense");
    // With the port left open the command would not end.
    const run = await runCli(["serve", "--region", home, "--port", "0"]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("asset_invalid");
  });

  it("remembers a version only when it has passed its test", async () => {
    const remembered: number[] = [];
    const version = await loadVersion({
      directory: region,
      trust: {
        accepted: {
          read: () => Promise.resolve(undefined),
          write: async (_, { sequence }) => void remembered.push(sequence),
        },
      },
      threads: 1,
      maxQueue: undefined,
    });
    try {
      expect(remembered).toEqual([]);
      await version.selfTest();
      expect(remembered).toEqual([1]);
    } finally {
      await version.close(0);
    }
  });
});
