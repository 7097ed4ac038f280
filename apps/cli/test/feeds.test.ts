import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildRegion, type FeedStatus, sha256Hex } from "@gradeway/model-assets";
import { osmSourceFromBytes, type ParetoAnswer } from "@gradeway/route-core";
import {
  type LoopbackFileServer,
  networkFromAscii,
  startLoopbackFileServer,
  writeOsmPbf,
} from "@gradeway/test-kit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { serveRegion } from "../src/serve-region.ts";
import { runCli } from "./run-cli.ts";

const NETWORK = networkFromAscii(
  `
  A----B----C
  |    |    |
  D----E----F
`,
  { ways: { ABC: { highway: "primary" }, DEF: { highway: "secondary" }, AD: {}, BE: {}, CF: {} } },
);
/** The commands have the clock of the machine, so the dates of the feed follow it. */
const today = (): string => new Date().toISOString().slice(0, 10);

let region = "";
let server: LoopbackFileServer;
const files = new Map<string, Uint8Array>();

const send = (value: number): void => {
  const row = {
    id: "fuel.diesel",
    value,
    unit: "EUR/l",
    validFrom: today(),
    source: "x",
    licence: "x",
    provenance: "assumed",
  };
  files.set("/diesel.json", Buffer.from(JSON.stringify([row])));
};

beforeEach(async () => {
  region = await mkdtemp(join(tmpdir(), "gradeway-feeds-"));
  const pbf = writeOsmPbf(NETWORK.dataset);
  await buildRegion({
    directory: region,
    name: "small",
    osm: osmSourceFromBytes(pbf),
    osmInput: { name: "small.osm.pbf", sha256: sha256Hex(pbf) },
  });
  server = await startLoopbackFileServer({ files });
  const feed = {
    id: "diesel",
    url: `${server.origin}/diesel.json?key=secret`,
    allowedHosts: [server.host],
    format: "gradeway-rows",
    kind: "fuel-prices",
    targets: [{ id: "fuel.diesel", min: 0.5, max: 3, maxChangeRatio: 0.5 }],
    refreshEveryS: 10,
    maxAgeDays: 14,
    origin: { source: "A list", publisher: "Somebody", licence: "CC0", provenance: "official" },
  };
  await writeFile(join(region, "feeds.json"), JSON.stringify({ format: 1, feeds: [feed] }));
});
afterEach(async () => {
  await server.close();
  await rm(region, { recursive: true });
});

const refresh = () =>
  runCli(["feeds", "refresh", "--region", region, "--feeds", join(region, "feeds.json"), "--json"]);

it("refreshes feeds, keeps what is good, and says what is bad", async () => {
  const none = await runCli(["feeds", "status", "--region", region]);
  expect(none.stdout).toContain("nothing is known");
  send(1.31);
  const good = await refresh();
  expect(good).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(good.stdout)).toMatchObject([
    { state: "fresh", inForce: { rows: [{ value: 1.31 }] } },
  ]);
  send(13.1);
  const bad = await refresh();
  expect(bad.code).toBe(1);
  const [status] = JSON.parse(bad.stdout) as FeedStatus[];
  expect(status).toMatchObject({
    state: "fresh",
    inForce: { rows: [{ value: 1.31 }] },
    lastAttempt: { outcome: "refused", reasonCode: "feed_figure_implausible" },
  });
  const text = await runCli(["feeds", "status", "--region", region]);
  expect(text.stdout).toContain("feed_figure_implausible");
  for (const { stdout, stderr } of [good, bad, text]) {
    expect(stdout + stderr).not.toContain("secret");
  }
  // A signature would still hold: the region itself is as it was built.
  expect((await runCli(["region", "verify", "--region", region])).code).toBe(0);
});

it("are served as soon as they have come, and named in the answers", async () => {
  send(1.31);
  const log = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const running = await serveRegion({
    directory: region,
    feeds: join(region, "feeds.json"),
    port: 0,
    environment: {},
  });
  try {
    await running.ready;
    const get = async (path: string) => (await fetch(`${running.url}${path}`)).json();
    const hashOf = async () => {
      const { assets } = (await get("/assets")) as { assets: { name: string; sha256?: string }[] };
      return assets.find(({ name }) => name === "feed-diesel")?.sha256;
    };
    const sha256 = await vi.waitFor(
      async () => {
        const hash = await hashOf();
        expect(hash).toBeDefined();
        return hash;
      },
      { timeout: 20_000, interval: 50 },
    );
    const { feeds } = (await get("/feeds")) as { feeds: FeedStatus[] };
    expect(feeds).toMatchObject([{ state: "fresh", inForce: { sha256, rows: [{ value: 1.31 }] } }]);
    const answer = await fetch(`${running.url}/route`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        origin: NETWORK.position("A"),
        destination: NETWORK.position("C"),
        requireAssets: { "feed-diesel": sha256 },
      }),
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      provenance: { assets: { "feed-diesel": sha256 }, rates: { asOf: today() } },
    });
    expect(JSON.stringify(log.mock.calls)).not.toContain("secret");
  } finally {
    await running.close();
    log.mockRestore();
  }
});

it("count in plans that ask for them, and in no others", async () => {
  send(1.31);
  await refresh();
  const plan = async (...more: readonly string[]) => {
    const ends = ["--from", "7,47", "--to", "7.01,47"];
    const { stdout } = await runCli(["plan", "--region", region, ...ends, "--json", ...more]);
    const answer = JSON.parse(stdout) as ParetoAnswer;
    const fuel = answer.routes[0]!.cost.lines.find(({ item }) => item === "fuel");
    return { detail: fuel!.detail, live: answer.provenance.assets["feed-diesel"] };
  };
  const feeds = ["--feeds", join(region, "feeds.json")];
  expect(await plan()).toEqual({ detail: expect.stringContaining("1.2 EUR/l"), live: undefined });
  expect(await plan(...feeds)).toEqual({
    detail: expect.stringContaining("1.31 EUR/l"),
    live: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const far = ["plan", "--region", "https://example.org/r", "--from", "7,47", "--to", "7.01,47"];
  const refused = await runCli([...far, ...feeds]);
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("must be a directory"),
  });
});
