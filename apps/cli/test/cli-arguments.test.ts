import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  networkFromAscii,
  startLoopbackTileServer,
  terrainTilesFor,
  writeOsmPbf,
} from "@gradeway/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { serveRegion } from "../src/index.ts";
import { describeAnswer } from "../src/describe-plan.ts";
import { runCli } from "./run-cli.ts";

const NETWORK = networkFromAscii("A----B----C", {
  ways: { ABC: { highway: "primary" } },
  origin: [1.5, 42.5],
});
const A = NETWORK.position("A").join(",");
const C = NETWORK.position("C").join(",");

let directory = "";
let region = "";
let osm = "";

interface Failure {
  readonly reasonCode: string;
  readonly message: string;
  readonly details: { readonly issues?: readonly { readonly pointer: string }[] };
}

async function failure(args: readonly string[], env?: Record<string, string>): Promise<Failure> {
  const run = await runCli([...args, "--json"], env);
  expect(run.code, args.join(" ")).toBe(1);
  return JSON.parse(run.stderr) as Failure;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gradeway-cli-arguments-"));
  region = join(directory, "region");
  osm = join(directory, "small.osm.pbf");
  await writeFile(osm, writeOsmPbf(NETWORK.dataset));
  const built = await runCli(["region", "build", "--osm", osm, "--out", region]);
  expect(built).toMatchObject({ code: 0, stderr: "" });
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe("arguments", () => {
  it("names the argument whose value is missing", async () => {
    const cases: [args: string[], name: string][] = [
      [["region", "build", "--osm", osm, "--out", ""], "out"],
      [["region", "build", "--osm", osm, "--out="], "out"],
      [["region", "build", "--osm", osm, "--out"], "out"],
      [["region", "build", "--osm", osm, "--out", region, "--name", " "], "name"],
      [["plan", "--region", "", "--from", A, "--to", C], "region"],
      [["plan", "--region", "--from", A, "--to", C], "region"],
      [["plan", "--region", region, "--from", A, "--to", C, "--maxRoutes", ""], "max-routes"],
      [["serve", "--region", region, "--host", ""], "host"],
    ];
    for (const [args, name] of cases) {
      expect(await failure(args), args.join(" ")).toMatchObject({
        reasonCode: "request_invalid",
        message: `--${name}: the value is missing`,
        details: { issues: [{ pointer: `/${name}` }] },
      });
    }
    const last = await runCli(["region", "build", "--osm", osm, "--out"]);
    expect(last.code).toBe(1);
    expect(last.stderr).toContain("--out: the value is missing");
  });

  it("takes plain decimal numbers only", async () => {
    const base = ["plan", "--region", region, "--to", C];
    for (const text of ["0x10", "1e3", "Infinity", "1_000"]) {
      const number = await failure([...base, "--from", A, "--payload-kg", text]);
      expect(number.message).toBe(`--payload-kg: expected a number, got "${text}"`);
      const point = await failure([...base, "--from", `${text},42.5`]);
      expect(point.message).toContain("--from: expected LON,LAT");
    }
    const wide = ["--max-duration-s", "9000", "--max-co2e-kg", "500", "--over-cheapest", "0.5"];
    const around = [
      "--via",
      `${A};${C}`,
      "--u-turns-at-waypoints",
      "--avoid",
      "toll,tunnel",
      "--avoid-ways",
      "1234567,89",
    ];
    const fine = await runCli([
      ...base,
      ...wide,
      ...around,
      "--from",
      A,
      "--payload-kg",
      "+1000.50",
      "--epsilon",
      ".5",
    ]);
    expect(fine).toMatchObject({ code: 0, stderr: "" });
  });

  it("names the flags of what a route must keep to", async () => {
    const base = ["plan", "--region", region, "--to", C];
    const slow = await failure([...base, "--from", A, "--max-duration-s", "soon"]);
    expect(slow.message).toBe(`--max-duration-s: expected a number, got "soon"`);
    const negative = await failure([...base, "--from", A, "--over-fastest=-0.1"]);
    expect(negative.message).toContain("--over-fastest: ");
    const ferry = await failure([...base, "--from", A, "--avoid", "toll,ferry"]);
    expect(ferry.message).toContain("--avoid: ");
    const box = await failure([...base, "--from", A, "--avoid-box", "1,42,x,43"]);
    expect(box.message).toBe(`--avoid-box: expected a number, got "x"`);
    const everywhere = await failure([...base, "--from", A, "--avoid-box", "-180,-90,180,90"]);
    expect(everywhere.message).toContain("The origin lies on a road that the request avoids");
    const halfway = await failure([...base, "--from", A, "--via", `${A};7`]);
    expect(halfway.message).toBe(`--via: expected LON,LAT, got "7"`);
    const nowhere = await failure([...base, "--from", A, "--via", `${A};200,95`]);
    expect(nowhere.message).toContain("--via: Longitude must lie");
    const tight = await failure([...base, "--from", A, "--max-cost", "0.01"]);
    expect(tight.message).toMatch(
      /^No route keeps the limit in the search, .*: money at most 0\.01, at best /,
    );
  });

  it("names flags, not fields, and says it once", async () => {
    const base = ["plan", "--region", region, "--from", A, "--to", C];
    for (const [flag, value] of [
      ["payload-kg", "-1"],
      ["deadline-ms", "0.5"],
      ["max-routes", "0"],
      ["epsilon", "2"],
    ] as const) {
      const run = await runCli([...base, `--${flag}`, value]);
      expect(run.code).toBe(1);
      expect(run.stderr.trim().split("\n")).toHaveLength(2);
      expect(run.stderr).toContain(`  --${flag}: `);
      expect(run.stderr).not.toContain("details");
      const json = await failure([...base, `--${flag}`, value]);
      expect(json.details.issues).toMatchObject([{ pointer: `/${flag}` }]);
    }
    const ends = await runCli(["plan", "--region", region, "--from", "42.5,120", "--to", "0,99"]);
    expect(ends.stderr).toContain("--from: ");
    expect(ends.stderr).toContain("--to: ");
    const extra = await failure([...base, "extra"]);
    expect(extra.message).toBe("extra: this command takes no further words");
  });

  it("prints usage without colours into a file, and refuses unknown commands", async () => {
    const colours = { CI: "", TEST: "", NO_COLOR: "", TERM: "xterm" };
    const escape = "\u001B";
    const group = await runCli(["region"], colours);
    expect(group).toMatchObject({ code: 0, stderr: "" });
    expect(group.stdout).toContain("gradeway region");
    expect(group.stdout).toContain("set-rate");
    expect(group.stdout).not.toContain(escape);
    for (const args of [
      ["nope", "--help"],
      ["region", "nope"],
    ]) {
      const run = await runCli(args, colours);
      expect(run).toMatchObject({ code: 1, stdout: "" });
      expect(run.stderr).toContain('Unknown command "nope".');
    }
    const missing = await runCli(["plan", "--region", region], colours);
    expect(missing.stderr).toContain("--from");
    expect(missing.stderr).not.toContain(escape);
  });

  it("lists the rows that are assumed and counts one route as one", async () => {
    const json = await runCli(["plan", "--region", region, "--from", A, "--to", C, "--json"]);
    const answer = JSON.parse(json.stdout) as Parameters<typeof describeAnswer>[0];
    const text = describeAnswer({
      ...answer,
      warnings: [{ code: "data_assumed", message: "Assumed.", details: { rows: ["a.b", "c.d"] } }],
    });
    expect(answer.front.size).toBe(1);
    expect(text).toContain(", 1 route after evaluation, search");
    expect(text).toContain("warning data_assumed: Assumed. a.b, c.d");
  });
});

describe("gradeway serve", () => {
  const serve = (...args: string[]) => ["serve", "--region", region, ...args];

  it("refuses ports, hosts and variables that cannot be used", async () => {
    const refused = async (args: string[], text: string, env?: Record<string, string>) => {
      const run = await runCli(serve(...args), env);
      expect(run, args.join(" ")).toMatchObject({ code: 1, stdout: "" });
      expect(run.stderr).toContain("error request_invalid");
      expect(run.stderr).toContain(text);
      expect(run.stderr).not.toContain("    at ");
    };
    for (const port of ["70000", "-1", "80.5", "abc", "0x50"]) {
      await refused(["--port", port], "--port: expected a");
    }
    for (const host of ["no-such-host.invalid", "192.0.2.1"]) {
      const text = `"${host}" is not an address of this machine`;
      await refused(["--port", "0", "--host", host], text);
    }
    await refused(["--port", "0"], "GRADEWAY_THREADS: ", { GRADEWAY_THREADS: "many" });
  });

  it("says that a port is in use", async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, "127.0.0.1", () => {
        const address = other.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const run = await runCli(serve("--port", String(port)));
    other.close();
    expect(run.code).toBe(1);
    expect(run.stderr).toContain(`Port ${port} of 127.0.0.1 is in use`);
    expect(run.stderr).not.toContain("    at ");
  });

  it("takes an empty variable for unset", async () => {
    const environment = { GRADEWAY_THREADS: "", GRADEWAY_MAX_QUEUE: "" };
    const server = await serveRegion({ directory: region, port: 0, environment });
    await server.ready;
    await server.close(0);
  });
});

describe("gradeway region build", () => {
  const build = (...args: string[]) => ["region", "build", "--osm", osm, ...args];

  it("refuses an output that is a file before it reads anything", async () => {
    for (const out of [osm, join(osm, "below")]) {
      const refused = await failure(["region", "build", "--osm", "nowhere.pbf", "--out", out]);
      expect(refused).toMatchObject({ details: { issues: [{ pointer: "/out" }] } });
    }
  });

  it("smooths as asked and says so in every answer", async () => {
    const out = join(directory, "smooth");
    for (const [asked, given] of [
      [[], 57],
      [["--smoothing-m", "110"], 110],
      [["--smoothing-m=0"], 0],
    ] as const) {
      expect(await runCli(build("--out", out, ...asked))).toMatchObject({ code: 0, stderr: "" });
      const plan = await runCli(["plan", "--region", out, "--from", A, "--to", C, "--json"]);
      const { provenance } = JSON.parse(plan.stdout) as {
        provenance: { elevation: { smoothingM: number } };
      };
      // Within half a round of smoothing.
      expect(Math.abs(provenance.elevation.smoothingM - given)).toBeLessThan(4);
    }
    for (const wrong of ["-1", "1001", "much"]) {
      const refused = await failure(build("--out", out, `--smoothing-m=${wrong}`));
      expect(refused).toMatchObject({ details: { issues: [{ pointer: "/smoothing-m" }] } });
    }
  });

  it("fetches tiles from hosts that were allowed", async () => {
    const [west, south] = NETWORK.position("A");
    const [east, north] = NETWORK.position("C");
    const bbox = [west - 0.01, south - 0.01, east + 0.01, north + 0.01] as const;
    const tiles = new Map(
      terrainTilesFor(bbox, 11, () => 1000).map(({ id, bytes }) => [
        `${id.z}/${id.x}/${id.y}`,
        bytes,
      ]),
    );
    let status: number | undefined;
    const server = await startLoopbackTileServer({
      tiles,
      faults: () => (status === undefined ? undefined : { status }),
    });
    try {
      const host = new URL(server.origin).host;
      const args = build("--tiles", server.urlTemplate, "--out", join(directory, "tiled"));
      expect((await failure(args)).reasonCode).toBe("terrain_host_not_allowed");
      const listed = { LIVE_TERRAIN_ALLOWED_HOSTS: "example.org" };
      expect((await failure(args, listed)).reasonCode).toBe("terrain_host_not_allowed");
      expect(server.requests).toHaveLength(0);
      status = 500;
      const broken = await failure([...args, "--tiles-host", host]);
      expect(broken.reasonCode).toBe("terrain_fetch_failed");
      status = undefined;
      const flag = await runCli([...args, "--tiles-host", `example.org, ${host}`, "--json"]);
      expect(flag).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(flag.stdout)).toMatchObject({ coverageRatio: 1, missingTiles: [] });
      const byEnvironment = await runCli(args, { LIVE_TERRAIN_ALLOWED_HOSTS: `a.org,${host}` });
      expect(byEnvironment).toMatchObject({ code: 0, stderr: "" });
    } finally {
      await server.close();
    }
  });
});
