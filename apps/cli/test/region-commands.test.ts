import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startLoopbackFileServer } from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { serveRegion } from "../src/index.ts";
import { runCli } from "./run-cli.ts";
import { buildStreet, json, refusal, streetNetwork } from "./street-region.ts";

const NETWORK = streetNetwork({ highway: "primary", maxspeed: "70" });
const A = NETWORK.position("A").join(",");
const C = NETWORK.position("C").join(",");

// Each command is a process of its own, and a machine under load starts them slowly.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let root = "";
const inRoot = (...parts: string[]): string => join(root, ...parts);

let region = "";
let keyId = "";

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "gradeway-cli-region-"));
  region = await buildStreet(root, "region", { highway: "primary", maxspeed: "70" });
  ({ keyId } = await json("keys", "generate", "--out", inRoot("ours")));
  await json("keys", "generate", "--out", inRoot("theirs"));
  await writeFile(inRoot("nonsense.pem"), "nonsense");
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("gradeway keys", () => {
  it("makes a private key that only its owner can read, and overwrites none", async () => {
    expect((await stat(inRoot("ours.private.pem"))).mode & 0o777).toBe(0o600);
    const before = await readFile(inRoot("ours.private.pem"), "utf8");
    expect(await refusal("keys", "generate", "--out", inRoot("ours"))).toMatchObject({
      reasonCode: "request_invalid",
      details: { issues: [{ pointer: "/out" }] },
    });
    expect(await readFile(inRoot("ours.private.pem"), "utf8")).toBe(before);
    // Half a pair is of no use to anybody, and would be in the way.
    await writeFile(inRoot("half.public.pem"), "");
    await refusal("keys", "generate", "--out", inRoot("half"));
    await expect(stat(inRoot("half.private.pem"))).rejects.toThrow("ENOENT");
    expect((await refusal("keys", "generate", "--out", inRoot("no/where"))).reasonCode).toBe(
      "request_invalid",
    );
  });

  it("tells the same id of both keys of a pair", async () => {
    for (const file of ["ours.private.pem", "ours.public.pem"]) {
      expect((await runCli(["keys", "id", "--key", inRoot(file)])).stdout.trim()).toBe(keyId);
    }
    expect((await refusal("keys", "id", "--key", inRoot("nonsense.pem"))).reasonCode).toBe(
      "request_invalid",
    );
    expect((await refusal("keys", "id", "--key", inRoot("nowhere.pem"))).reasonCode).toBe(
      "asset_missing",
    );
  });
});

describe("gradeway region verify, sign and inspect", () => {
  it("signs a region so that it is verified, also by plan and serve", async () => {
    const keys = ["--trusted-keys", inRoot("ours.public.pem")];
    const verify = (...args: string[]) => runCli(["region", "verify", "--region", region, ...args]);
    expect(await verify()).toMatchObject({ code: 0, stderr: "" });
    const unsigned = await verify(...keys);
    expect(unsigned.code).toBe(1);
    expect(unsigned.stdout).toContain("asset_signature_missing");
    await json("region", "sign", "--region", region, "--key", inRoot("ours.private.pem"));
    expect((await verify(...keys)).stdout).toContain("verified: no fault");
    const wrong = await verify("--trusted-keys", inRoot("theirs.public.pem"), "--json");
    expect(wrong).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      isGood: false,
      faults: [{ reasonCode: "asset_key_untrusted", remedy: expect.any(String) as string }],
    });
    await writeFile(inRoot("revoked.txt"), `# lost in the train\n${keyId}\n`);
    const revoked = await verify(...keys, "--revoked-keys", inRoot("revoked.txt"));
    expect(revoked.stdout).toContain("asset_key_revoked");
    const plan = ["plan", "--region", region, "--from", A, "--to", C];
    expect((await runCli([...plan, ...keys])).code).toBe(0);
    const theirs = ["--trusted-keys", inRoot("theirs.public.pem")];
    expect((await refusal(...plan, ...theirs)).reasonCode).toBe("asset_key_untrusted");
    const served = await runCli(["serve", "--region", region, "--port", "0", ...theirs]);
    expect(served.code).toBe(1);
    expect(served.stderr).toContain("error asset_key_untrusted");
  });

  it("refuses files of keys that are none", async () => {
    const verify = (...args: string[]) => refusal("region", "verify", "--region", region, ...args);
    await writeFile(inRoot("ids.txt"), "not an id");
    for (const [argument, file] of [
      ["--trusted-keys", "nonsense.pem"],
      ["--trusted-keys", "ours.private.pem"],
      ["--revoked-keys", "ids.txt"],
    ] as const) {
      expect((await verify(argument, inRoot(file))).reasonCode, file).toBe("request_invalid");
    }
    expect((await verify("--trusted-keys", inRoot("nowhere"))).reasonCode).toBe("asset_missing");
    expect(
      (await refusal("region", "sign", "--region", region, "--key", inRoot("ours.public.pem")))
        .reasonCode,
    ).toBe("request_invalid");
  });

  it("remembers the newest version with --accepted", async () => {
    const [old, now] = [
      await buildStreet(root, "old", { highway: "primary" }),
      await buildStreet(root, "now", { highway: "primary" }),
    ];
    await runCli(["region", "set-rate", "--region", now, "--id", "fuel.diesel", "--value", "2"]);
    const accepted = ["--accepted", inRoot("accepted.json")];
    const plan = (directory: string) => [
      "plan",
      "--region",
      directory,
      "--from",
      A,
      "--to",
      C,
      ...accepted,
    ];
    for (const directory of [old, now]) expect((await runCli(plan(directory))).code).toBe(0);
    expect((await refusal(...plan(old))).reasonCode).toBe("asset_manifest_outdated");
    const verdict = await runCli(["region", "verify", "--region", old, ...accepted]);
    expect(verdict).toMatchObject({ code: 1, stderr: "" });
    expect(verdict.stdout).toContain("asset_manifest_outdated");
  });

  it("shows what a region holds, for people and for programs", async () => {
    const text = await runCli(["region", "inspect", "--region", region]);
    expect(text).toMatchObject({ code: 0, stderr: "" });
    for (const part of ["street, number 1", "unchecked", "ODbL-1.0", "DESNZ", "routing-graph"]) {
      expect(text.stdout).toContain(part);
    }
    expect(await json("region", "inspect", "--region", region)).toMatchObject({
      name: "street",
      sequence: 1,
      manifest: { format: 2, currency: "EUR" },
      graph: { nodes: 2, edges: 1 },
      sources: { "fuel-prices": [{ licence: "MIT" }] },
      assets: expect.arrayContaining([
        expect.objectContaining({ name: "zone-charges", state: "missing", isRequired: false }),
      ]) as unknown,
    });
    expect((await refusal("region", "inspect", "--region", inRoot("nowhere"))).reasonCode).toBe(
      "asset_missing",
    );
  });

  it("reads regions from the web and from buckets", async () => {
    const server = await startLoopbackFileServer({ files: root });
    try {
      const plan = (address: string) => ["plan", "--region", address, "--from", A, "--to", C];
      expect((await runCli(plan(`${server.origin}/region`))).code).toBe(0);
      const environment = { AWS_ENDPOINT_URL: server.origin, AWS_ACCESS_KEY_ID: "" };
      expect(
        await runCli(["region", "verify", "--region", "s3://region/"], environment),
      ).toMatchObject({
        code: 0,
        stderr: "",
      });
      expect((await refusal(...plan(`${server.origin}/nowhere`))).reasonCode).toBe("asset_missing");
      for (const address of ["ftp://example.org/a", "s3://UPPER_CASE/a", "http://"]) {
        expect((await refusal(...plan(address))).reasonCode, address).toBe("request_invalid");
      }
      // The public internet is not asked over plain http.
      expect((await refusal(...plan("http://example.org/a"))).reasonCode).toBe(
        "asset_host_not_allowed",
      );
    } finally {
      await server.close();
    }
  });
});

describe("gradeway region diff", () => {
  it("tells what changed, for people and for programs", async () => {
    const slower = await buildStreet(root, "slower", {
      highway: "primary",
      maxspeed: "50",
      maxheight: "4",
    });
    const text = await runCli(["region", "diff", region, slower]);
    expect(text).toMatchObject({ code: 0, stderr: "" });
    expect(text.stdout).toContain("1: 70 km/h -> 50 km/h");
    expect(text.stdout).toContain("1: none -> 4 m");
    expect(await json("region", "diff", region, slower)).toMatchObject({
      roads: {
        waysChanged: 1,
        byClass: { primary: { changedKm: expect.closeTo(1, 2) as number } },
      },
    });
    expect((await runCli(["region", "diff", region, region])).stdout).toContain("are the same");
  });

  it("needs two regions and no more words", async () => {
    for (const words of [[], [region], [region, region, region]]) {
      expect((await refusal("region", "diff", ...words)).reasonCode).toBe("request_invalid");
    }
    expect((await refusal("region", "diff", region, inRoot("nowhere"))).reasonCode).toBe(
      "asset_missing",
    );
  });
});

describe("a server", () => {
  it("lists the assets of its region and refuses damaged ones", async () => {
    const server = await serveRegion({
      directory: region,
      port: 0,
      environment: { GRADEWAY_THREADS: "1" },
      logRequests: false,
    });
    try {
      await server.ready;
      const assets: unknown = await (await fetch(`${server.url}/assets`)).json();
      expect(assets).toMatchObject({
        region: { name: "street", sequence: 1 },
        signature: { state: "unchecked", keyIds: [keyId] },
      });
      const ready: unknown = await (await fetch(`${server.url}/health/ready`)).json();
      expect(ready).toMatchObject({ status: "ready" });
    } finally {
      await server.close();
    }
  });
});
