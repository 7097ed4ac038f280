import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  type FileFault,
  networkFromAscii,
  startLoopbackFileServer,
  terrainTilesFor,
  writeOsmPbf,
} from "@gradeway/test-kit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { MAIN, runCli } from "./run-cli.ts";

const PBF = writeOsmPbf(
  networkFromAscii("A----B----C", {
    ways: { ABC: { highway: "primary" } },
    origin: [1.5, 42.5],
    timestamp: "2026-11-20T00:00:00Z",
  }).dataset,
);
const BOX = [1.49, 42.49, 1.52, 42.51] as const;
const EXTRACT = "/europe/street-latest.osm.pbf";

// Each command is a process of its own, and a machine under load starts them slowly.
vi.setConfig({ testTimeout: 240_000 });

let root = "";
const closing: (() => Promise<void>)[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "gradeway-cli-fetch-"));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await rm(root, { recursive: true, force: true });
});

/** A site with an extract and its tiles, and the arguments of a fetch from it. */
async function site(faults: (path: string) => FileFault | undefined = () => undefined) {
  const files = new Map<string, Uint8Array>([[EXTRACT, PBF]]);
  for (const { id, bytes } of terrainTilesFor(BOX, 11, () => 1000)) {
    files.set(`/tiles/${id.z}/${id.x}/${id.y}.tif`, bytes);
  }
  const server = await startLoopbackFileServer({
    files,
    faults: (_index, { path }) => faults(path),
  });
  closing.push(() => server.close());
  const recipe = join(root, "street.json");
  await writeFile(
    recipe,
    JSON.stringify({
      format: 1,
      name: "street",
      extract: { url: `${server.origin}${EXTRACT}` },
      tiles: { urlTemplate: `${server.origin}/tiles/{z}/{x}/{y}.tif`, zoom: 11 },
      bbox: BOX,
      timeZone: "Europe/Andorra",
      currency: "EUR",
      countries: ["AD"],
    }),
  );
  const args = (out: string) => [
    "region",
    "fetch",
    "--recipe",
    recipe,
    "--out",
    join(root, out),
    "--allow-host",
    server.host,
    "--json",
  ];
  return { server, args };
}

describe("gradeway region fetch", () => {
  it("downloads and builds, and has nothing to do the next time", async () => {
    const { server, args } = await site();
    const first = await runCli(args("street"));
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(first.stdout)).toMatchObject({
      extract: { bytes: PBF.length, isUnchanged: false },
      build: { coverageRatio: 1, isUnchanged: false },
    });
    expect((await runCli(["region", "verify", "--region", join(root, "street")])).code).toBe(0);
    const again = await runCli(args("street").filter((arg) => arg !== "--json"));
    expect(again.stdout).toContain("unchanged: nothing written");
    expect(again.stdout).toContain("finished before with the same inputs");
    const fresh = await runCli([...args("street"), "--fresh"]);
    expect(JSON.parse(fresh.stdout)).toMatchObject({
      build: { isUnchanged: true, reusedSteps: [] },
    });
    // The same bytes wherever it is fetched to.
    await runCli(args("other"));
    expect(await readFile(join(root, "other/manifest.json"), "utf8")).toBe(
      await readFile(join(root, "street/manifest.json"), "utf8"),
    );
    expect(server.requests.filter(({ path }) => path === EXTRACT)).toHaveLength(4);
  });

  it("goes on with the bytes that it had when it was killed", async () => {
    let isSlow = true;
    const { server, args } = await site((path) =>
      isSlow && path === EXTRACT ? { stallAfter: 200 } : undefined,
    );
    const child = spawn(process.execPath, [
      "--conditions=@gradeway/source",
      MAIN,
      ...args("street"),
    ]);
    const part = join(root, "street/sources/street-latest.osm.pbf.part");
    const ended = new Promise((resolve) => child.once("close", resolve));
    while ((await stat(part).catch(() => undefined))?.size !== 200) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (child.exitCode !== null) throw new Error("the command ended by itself");
    }
    child.kill("SIGKILL");
    await ended;
    isSlow = false;
    const run = await runCli(args("street"));
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(run.stdout)).toMatchObject({ extract: { resumedBytes: 200 } });
    expect(server.requests.at(1)?.headers.range).toBe("bytes=200-");
  });

  it("asks no host that is not listed", async () => {
    const { server, args } = await site();
    const withoutHost = args("street").filter(
      (arg) => arg !== server.host && arg !== "--allow-host",
    );
    const run = await runCli(withoutHost);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stderr)).toMatchObject({ reasonCode: "terrain_host_not_allowed" });
    expect(server.requests).toHaveLength(0);
  });

  it("takes a mirror for both addresses of a shipped recipe", async () => {
    const { server } = await site();
    const run = await runCli([
      "region",
      "fetch",
      "--recipe",
      "andorra",
      "--out",
      join(root, "andorra"),
      "--json",
      "--extract",
      `${server.origin}${EXTRACT}`,
      "--tiles",
      `${server.origin}/tiles/{z}/{x}/{y}.tif`,
      "--allow-host",
      server.host,
    ]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    const inspected = await runCli([
      "region",
      "inspect",
      "--region",
      join(root, "andorra"),
      "--json",
    ]);
    expect(JSON.parse(inspected.stdout)).toMatchObject({
      name: "andorra",
      manifest: { timeZone: "Europe/Andorra", countries: ["AD"], currency: "EUR" },
    });
  });

  it("names what is wrong with its arguments", async () => {
    const cases: [string[], string][] = [
      [["--recipe", "atlantis"], "request_invalid"],
      [["--recipe", "monaco", "--extract", "nowhere"], "request_invalid"],
      [["--recipe", "monaco", "--workers", "0"], "request_invalid"],
      [["--recipe", "monaco", "--sequence", "1.5"], "request_invalid"],
    ];
    for (const [args, reason] of cases) {
      const run = await runCli(["region", "fetch", ...args, "--out", join(root, "x"), "--json"]);
      expect(run.code, args.join(" ")).toBe(1);
      expect(JSON.parse(run.stderr), args.join(" ")).toMatchObject({ reasonCode: reason });
    }
  });
});
