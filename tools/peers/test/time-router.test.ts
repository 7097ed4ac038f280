import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { describe, expect, it, onTestFinished } from "vitest";

import {
  ROUTER_SHAPES,
  summarise,
  timeRouter,
  type TimeRouterOptions,
  type Trip,
} from "../src/index.ts";

const MAIN = path.resolve(import.meta.dirname, "../http-router.ts");

/** Trip number n leads from n degrees east to n + 1. */
function trips(count: number): Trip[] {
  return Array.from({ length: count }, (_, n) => ({ origin: [n, 0], destination: [n + 1, 0] }));
}

/** A server on this machine for one test; gives its URL. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers like OSRM; trip n is n km and n minutes long. */
const fakeOsrm: RequestListener = (request, response) => {
  const n = Number(/driving\/(\d+),/.exec(request.url!)![1]);
  response.end(JSON.stringify({ code: "Ok", routes: [{ distance: 1_000 * n, duration: 60 * n }] }));
};

const OSRM_PATH = "/route/v1/driving/{fromLon},{fromLat};{toLon},{toLat}";

function options(url: string, more: Partial<TimeRouterOptions> = {}): TimeRouterOptions {
  let timeMs = 0;
  return {
    shape: ROUTER_SHAPES.osrm,
    template: url + OSRM_PATH,
    trips: trips(3),
    warmUp: 0,
    now: () => (timeMs += 5),
    ...more,
  };
}

describe("timing a router", () => {
  it("asks each trip once in order, and leaves the first out of the figures", async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url!);
      fakeOsrm(request, response);
    });
    const timed = await timeRouter(options(url, { trips: trips(5), warmUp: 2 }));
    expect(asked).toEqual([0, 1, 2, 3, 4].map((n) => `/route/v1/driving/${n},0;${n + 1},0`));
    expect(timed.map(({ trip, latencyMs }) => [trip.origin[0], latencyMs])).toEqual([
      [2, 5],
      [3, 5],
      [4, 5],
    ]);
    expect(summarise(timed)).toEqual({
      asked: 3,
      routes: 3,
      withoutRoute: 0,
      failures: [],
      latencyMs: { p50: 5, p95: 5, max: 5 },
      meanDistanceKm: 3,
      meanDurationMin: 3,
    });
  });

  it("posts JSON where the router wants it", async () => {
    const bodies: unknown[] = [];
    const url = await serve((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        bodies.push([request.method, request.headers["content-type"], JSON.parse(text)]);
        response.end(JSON.stringify({ trip: { summary: { length: 1, time: 60 } } }));
      });
    });
    const shape = ROUTER_SHAPES.valhalla;
    const asked = options(url, {
      shape,
      template: `${url}/route`,
      trips: trips(1),
      profile: "bus",
    });
    const [timed] = await timeRouter(asked);
    expect(timed!.answer).toEqual({ kind: "route", distanceM: 1_000, durationS: 60 });
    expect(bodies).toMatchObject([
      ["POST", "application/json", { costing: "bus", locations: [{ lon: 0 }, { lon: 1 }] }],
    ]);
  });

  it("tells trips without a route from failures, and takes the time of neither", async () => {
    const replies = ['{"code":"NoRoute"}', "<html>", '{"code":"InvalidQuery"}', ""];
    const url = await serve((request, response) => {
      const reply = replies.shift();
      if (reply === undefined) fakeOsrm(request, response);
      else response.writeHead(400).end(reply);
    });
    const summary = summarise(await timeRouter(options(url, { trips: trips(6) })));
    expect(summary).toMatchObject({ asked: 6, routes: 2, withoutRoute: 1, meanDistanceKm: 4.5 });
    expect(summary.failures).toHaveLength(3);
    expect(summary.failures[1]).toBe('2,0 -> 3,0: HTTP 400: {"code":"InvalidQuery"}');
  });

  it("bounds the time and the length of an answer", async () => {
    const url = await serve((request, response) => {
      if (request.url!.includes("/0,")) return;
      response.end(JSON.stringify({ code: "Ok", more: "x".repeat(5_000) }));
    });
    const asked = options(url, { trips: trips(2), timeoutMs: 200, maxBytes: 4_096 });
    const [silent, long] = await timeRouter(asked);
    expect(silent!.answer).toMatch(/timeout/);
    expect(long!.answer).toBe("an answer of more than 4096 bytes");
  });

  it("follows no redirect", async () => {
    let arrivals = 0;
    const elsewhere = await serve((_request, response) => {
      arrivals++;
      response.end("{}");
    });
    const url = await serve((_request, response) => {
      response.writeHead(302, { location: elsewhere }).end();
    });
    const [timed] = await timeRouter(options(url, { trips: trips(1) }));
    expect(timed!.answer).toContain("redirect");
    expect(arrivals).toBe(0);
  });

  it("asks another machine only when that is allowed by name", async () => {
    const asked: string[] = [];
    const fakeFetch = async (url: URL): Promise<Response> => {
      asked.push(url.host);
      return Response.json({ code: "NoRoute" });
    };
    const more = { fetch: fakeFetch as typeof fetch, trips: trips(1) };
    const refused = ["https://router.example", "http://127.0.0.1.example", "http://[::2]:5000"];
    for (const url of [...refused, "http://1270.0.1:80@router.example"]) {
      await expect(timeRouter(options(url, more))).rejects.toThrow("is not this machine");
    }
    const allowed = { ...more, allowHost: "router.example:5000" };
    await expect(timeRouter(options("http://router.example", allowed))).rejects.toThrow(RangeError);
    expect(asked).toEqual([]);
    await timeRouter(options("http://router.example:5000", allowed));
    for (const own of ["http://localhost:1", "http://[::1]:1", "http://127.3.2.1:1"]) {
      await timeRouter(options(own, more));
    }
    expect(asked).toEqual(["router.example:5000", "localhost:1", "[::1]:1", "127.3.2.1:1"]);
  });

  it("refuses a warm-up that leaves nothing", async () => {
    const asked = options("http://127.0.0.1:1", { warmUp: 3 });
    await expect(timeRouter(asked)).rejects.toThrow("leave none to time");
  });
});

describe("the command", () => {
  async function run(args: readonly string[]): Promise<{ code: unknown; text: string }> {
    const nodeArgs = ["--conditions=@gradeway/source", MAIN, ...args];
    return new Promise((resolve) => {
      execFile(process.execPath, nodeArgs, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, text: stdout + stderr }),
      );
    });
  }

  async function writeTrips(count: number): Promise<{ folder: string; file: string }> {
    const folder = await mkdtemp(path.join(tmpdir(), "gradeway-router-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const rows = trips(count).map((trip) => [...trip.origin, ...trip.destination].join(","));
    const file = path.join(folder, "trips.csv");
    const head = "origin_lon,origin_lat,destination_lon,destination_lat";
    await writeFile(file, `${[head, ...rows].join("\n")}\n`);
    return { folder, file };
  }

  it("prints and writes what it measured", async () => {
    const url = await serve(fakeOsrm);
    const { folder, file } = await writeTrips(4);
    const json = path.join(folder, "deep", "report.json");
    const asked = ["--router", "osrm", "--url", url + OSRM_PATH, "--trips", file];
    const { code, text } = await run([...asked, "--warm-up", "1", "--json", json]);
    expect(text).toMatch(/osrm +3 +3 +0 +0 /);
    expect(code).toBe(0);
    const report: unknown = JSON.parse(await readFile(json, "utf8"));
    expect(report).toMatchObject({ router: "osrm", summary: { routes: 3, meanDistanceKm: 2 } });
  });

  it("exits 1 when requests fail and 2 when nothing can be measured", async () => {
    const url = await serve((_request, response) => response.writeHead(500).end("{}"));
    const { file } = await writeTrips(2);
    const asked = ["--router", "osrm", "--trips", file, "--warm-up", "0"];
    expect(await run([...asked, "--url", url + OSRM_PATH])).toMatchObject({ code: 1 });
    const elsewhere = await run([...asked, "--url", "http://router.example/{fromLon}"]);
    expect(elsewhere).toMatchObject({ code: 2, text: expect.stringContaining("not this machine") });
    expect(await run(["--router", "horse"])).toMatchObject({ code: 2 });
    expect((await run(["--help"])).text).toContain("openrouteservice:");
  });
});
