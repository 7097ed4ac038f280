import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readPointer } from "@gradeway/model-assets";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { loadVersion } from "../src/load-version.ts";
import { runCli } from "./run-cli.ts";
import { buildStreet, json, refusal } from "./street-region.ts";

// Each command is a process of its own, and a machine under load starts them slowly.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let root = "";
const inRoot = (...parts: string[]): string => join(root, ...parts);
let region = "";

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "gradeway-cli-home-"));
  region = await buildStreet(root, "region", { highway: "primary", maxspeed: "70" });
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("gradeway region activate", () => {
  it("goes to a version that the home has, and does not take it for --version", async () => {
    const home = inRoot("home");
    const copied = await runCli(["region", "activate", "--home", home, "--region", region]);
    expect(copied.code).toBe(0);
    const { active } = (await readPointer(home))!;
    const again = ["region", "activate", "--home", home, "--version", active];
    expect(await json(...again)).toEqual({ active, previous: null, isNew: false });
    const unknown = ["region", "activate", "--home", home, "--version", "latest"];
    expect((await refusal(...unknown)).reasonCode).toBe("asset_missing");
  });
});

describe("a server on a home", () => {
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
