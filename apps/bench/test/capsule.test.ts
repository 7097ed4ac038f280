import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { type Capsule, readCapsule, sha256Of, writeCapsule } from "../src/capsule/capsule-file.ts";
import { commandOf } from "../src/capsule/run-capsule.ts";
import { differencesOf, stablePart } from "../src/capsule/stable-part.ts";
import { compareCapsules } from "../src/capsule/verify-capsule.ts";
import { damageRegion } from "./damaged-region.ts";
import { bench } from "./run-bench.ts";
import { useSampleRegion } from "./sample-region.ts";

const folders = useSampleRegion();
const inFolder = (name: string): string => path.join(folders.root, name);

describe("bench capsule", () => {
  it("keeps a run that comes out the same when it is repeated", async () => {
    const file = inFolder("same.json");
    const command = ["batch-pareto", "--mode", "inprocess", "--pair-count", "6"];
    const kept = await bench("capsule", "--out", file, ...command, "--region", folders.region);
    expect(kept).toMatchObject({ code: 0, stderr: "" });
    const { capsule, isIntact } = await readCapsule(file);
    expect(isIntact).toBe(true);
    expect(capsule.command.slice(0, 5)).toEqual(command);
    expect(capsule.environment.node).toBe(process.version);
    expect(capsule.lockfileSha256).toMatch(/^\w{64}$/);
    expect(Object.keys(capsule.assets).sort()).toEqual([
      "graphSha256",
      "manifestSha256",
      "ratesSha256",
      "vehiclesSha256",
    ]);
    expect(capsule.times.map(({ name }) => name)).toContain("latencyMs");
    const again = await bench("capsule", "verify", file);
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toContain("the same result");
    expect(again.stdout).toMatch(/latencyMs P50, calibration kernels +[\d.]+ +[\d.]+ +[\d.]+/);
  });

  it("names what differs when the region is another one, or the capsule was changed", async () => {
    const region = inFolder("copy");
    await cp(folders.region, region, { recursive: true });
    const file = inFolder("changed.json");
    await bench("capsule", `--out=${file}`, "model", "--pairs", "3", "--region", region);
    const text = await readFile(file, "utf8");
    const { capsule } = await readCapsule(file);
    const { samples } = capsule.report as { readonly samples: number };
    await writeFile(file, text.replace(`"samples": ${samples}`, `"samples": ${samples + 1}`));
    const changed = await bench("capsule", "verify", file);
    expect(changed.code).toBe(1);
    expect(changed.stdout).toContain("the capsule was changed after it was made");
    expect(changed.stdout).toContain("/samples");
    await writeFile(file, text);
    await damageRegion(folders.region, region);
    const failed = await bench("capsule", "verify", file);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toContain("wrote no report");
  });

  it.each([
    [["verify"], "there is no capsule to repeat"],
    [["verify", "no-such-file.json"], "no-such-file.json"],
    [["verify", "package.json"], "is no capsule"],
    [["deadline"], "a capsule holds batch-pareto or model or sensitivity"],
    [["model", "--json", "x"], "--json: the report goes into the capsule"],
    [["batch-pareto", "--mode", "live"], "--mode: what a server answers cannot be repeated"],
    [["--out"], "--out: there is no file"],
    [["model", "--no-such-flag"], "wrote no report"],
  ])("measures nothing for %j", async (words, message) => {
    const { code, stderr } = await bench("capsule", ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("runs the seeded batch when nothing is named", () => {
    expect(commandOf([])).toEqual(["batch-pareto", "--seed", "20260212"]);
  });
});

describe("the stable part of a report", () => {
  it("leaves out times and the machine, and keeps all else", () => {
    const report = {
      status: "pass",
      measuredAt: "now",
      results: [
        { id: "slow", facts: { unit: "ms", observed: 3 }, score: 90 },
        { id: "right", facts: { errors: 0 }, score: 100, status: "pass", durationMs: 2 },
      ],
      outcomes: [{ pair: [1, 2], status: "noRoute", elapsedMs: 5 }],
    };
    expect(stablePart(report)).toEqual({
      results: [{ id: "right", facts: { errors: 0 }, score: 100 }],
      outcomes: [{ pair: [1, 2], status: "noRoute" }],
    });
  });

  it("differs where a figure, a length or a kind does", () => {
    expect(differencesOf({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, 9)).toEqual([]);
    expect(differencesOf({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, 9)).toEqual([
      "/a/1/b: 2, now 3",
    ]);
    expect(differencesOf([1], [1, null], 9)).toEqual(["/1: nothing, now null"]);
    expect(differencesOf({ a: [] }, { a: {} }, 9)).toEqual(["/a: [], now {}"]);
    expect(differencesOf([1, 2, 3], [4, 5, 6], 2)).toHaveLength(2);
  });
});

describe("a repetition", () => {
  const report = { region: {}, fronts: [3, 4] };
  const made: Capsule = {
    format: "gradeway-capsule-1",
    madeAt: "2026-11-25T12:00:00.000Z",
    environment: { node: "v24.0.0", commit: "a", modified: false, cpu: "x" } as never,
    lockfileSha256: "0".repeat(64),
    command: ["model"],
    exitCode: 0,
    assets: { graphSha256: "1" },
    resultSha256: sha256Of(stablePart(report)),
    times: [{ name: "wallMs", ms: 2, kernels: 4 }],
    report,
  };

  it("tells what around it changed, and judges only assets and results", () => {
    const again: Capsule = {
      ...made,
      environment: { ...made.environment, commit: "b" },
      lockfileSha256: "2".repeat(64),
      times: [{ name: "wallMs", ms: 9, kernels: 8 }],
    };
    const { differences, surroundings, times } = compareCapsules(
      { capsule: made, isIntact: true },
      again,
    );
    expect(differences).toEqual([]);
    expect(surroundings).toHaveLength(2);
    expect(times).toEqual([{ name: "wallMs", before: 4, now: 8 }]);
    const other = {
      ...again,
      assets: { graphSha256: "9" },
      report: { region: {}, fronts: [3, 5] },
    };
    expect(compareCapsules({ capsule: made, isIntact: true }, other).differences).toEqual([
      "asset graph: 1, now 9",
      "result /fronts/1: 4, now 5",
    ]);
  });

  it("finds a result that was changed together with the hash of the file", async () => {
    const file = inFolder("forged.json");
    await writeCapsule(file, { ...made, report: { region: {}, fronts: [3, 5] } });
    const read = await readCapsule(file);
    expect(read.isIntact).toBe(true);
    expect(compareCapsules(read, made).differences[0]).toContain("was changed after it was made");
  });
});
