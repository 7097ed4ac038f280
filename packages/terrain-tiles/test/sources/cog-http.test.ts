import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { type CogSamplerOptions, createCogSampler } from "../../src/index.ts";
import { findData } from "../data-directory.ts";
import { gdal, hasGdal } from "./gdal.ts";

const tile = findData("andorra/geotiff/11/1032/755.tif");
const isPossible = hasGdal() && tile !== undefined;

describe.skipIf(!isPossible)("a Cloud-Optimised GeoTIFF on a server", () => {
  const work = mkdtempSync(path.join(tmpdir(), "cog-http-"));
  const file = path.join(work, "lzw.tif");
  type Handler = (request: IncomingMessage, response: ServerResponse) => void;
  const ranges: string[] = [];
  let bytes = Buffer.alloc(0);
  let handler: Handler;
  let host = "";
  const server = createServer((request, response) => {
    ranges.push(String(request.headers.range));
    handler(request, response);
  });
  const serveRange: Handler = (request, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(String(request.headers.range))!;
    const part = bytes.subarray(Number(from), Number(to) + 1);
    if (part.length === 0) {
      response.writeHead(416).end();
      return;
    }
    const end = Number(from) + part.length - 1;
    const headers = { "content-range": `bytes ${from}-${end}/${bytes.length}`, etag: '"1"' };
    response.writeHead(206, headers).end(part);
  };
  const openUrl = (options: CogSamplerOptions = {}) =>
    createCogSampler(`http://${host}/dem.tif?signature=secret`, {
      allowedHosts: [host],
      allowLoopback: true,
      retryDelayMs: 1,
      ...options,
    });
  const point = new Float64Array([1.5, 42.6]);
  const sampleOne = async (options?: CogSamplerOptions): Promise<number> => {
    const outM = new Float64Array(1);
    await (await openUrl(options)).sample(point, outM);
    return outM[0]!;
  };

  beforeAll(async () => {
    const degrees = path.join(work, "degrees.tif");
    const box = "-t_srs EPSG:4326 -te 1.42 42.56 1.56 42.67 -ts 1200 1200 -r bilinear";
    gdal("gdalwarp", ...box.split(" "), tile!, degrees);
    gdal(
      "gdal_translate",
      ..."-of COG -co COMPRESS=LZW -co PREDICTOR=YES".split(" "),
      degrees,
      file,
    );
    bytes = readFileSync(file);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(work, { recursive: true, force: true });
  });
  beforeEach(() => {
    ranges.length = 0;
    handler = serveRange;
  });

  it("reads the header once and then the blocks that are needed", async () => {
    const outM = new Float64Array(1);
    const fromFile = await createCogSampler(file);
    await fromFile.sample(point, outM);
    const sampler = await openUrl();
    expect(ranges).toEqual(["bytes=0-65535"]);
    const remoteM = new Float64Array(1);
    await Promise.all([sampler.sample(point, remoteM), sampler.sample(point, new Float64Array(1))]);
    expect(remoteM).toEqual(outM);
    expect(ranges).toHaveLength(2);
    await sampler.sample(point, remoteM);
    expect(ranges).toHaveLength(2);
  });

  it("tries again after a failure that may pass", async () => {
    const faults: Handler[] = [
      (_, response) => response.writeHead(503).end(),
      (request) => request.socket.destroy(),
      (_, response) => {
        response.writeHead(206, { "content-range": "bytes 0-65535/9", "content-length": 65_536 });
        response.write("short");
        response.destroy();
      },
    ];
    handler = (request, response) => (faults.shift() ?? serveRange)(request, response);
    expect(await sampleOne({ retries: 3 })).toBeGreaterThan(500);
    expect(ranges).toHaveLength(5);
  });

  it.each<[string, string, Handler]>([
    ["500", "terrain_fetch_failed", (_, response) => response.writeHead(500).end()],
    ["403", "terrain_fetch_failed", (_, response) => response.writeHead(403).end()],
    ["404", "terrain_dem_asset_unavailable", (_, response) => response.writeHead(404).end()],
    ["the whole file", "terrain_dem_asset_unavailable", (_, response) => response.end(bytes)],
    [
      "another range",
      "terrain_dem_asset_unavailable",
      (_, response) => response.writeHead(206, { "content-range": "bytes 5-9/99" }).end("12345"),
    ],
    [
      "a redirect to elsewhere",
      "terrain_host_not_allowed",
      (_, response) => response.writeHead(302, { location: "https://other.org/" }).end(),
    ],
    [
      "a web page",
      "terrain_tile_corrupt",
      (_, response) => response.writeHead(206, { "content-range": "bytes 0-4/5" }).end("<html"),
    ],
  ])("an answer of %s is %s", async (_, reasonCode, answer) => {
    handler = answer;
    const failure: unknown = await sampleOne().catch((error: unknown) => error);
    expect(failure).toMatchObject({ reasonCode });
    expect(JSON.stringify(failure)).not.toContain("secret");
  });

  it("refuses a file that changes between two reads, and hosts that are not listed", async () => {
    const sampler = await openUrl();
    bytes = Buffer.concat([bytes, Buffer.alloc(1)]);
    await expect(sampler.sample(point, new Float64Array(1))).rejects.toMatchObject({
      reasonCode: "terrain_tile_corrupt",
      details: { problem: "it changed while it was in use" },
    });
    bytes = readFileSync(file);
    await expect(openUrl({ allowedHosts: [] })).rejects.toMatchObject({
      reasonCode: "terrain_host_not_allowed",
    });
    await expect(openUrl({ allowLoopback: false })).rejects.toMatchObject({
      reasonCode: "terrain_host_not_allowed",
    });
  });

  it("follows redirects to listed hosts only", async () => {
    let location = "/moved.tif";
    handler = (request, response) => {
      if (request.url === "/moved.tif") serveRange(request, response);
      else response.writeHead(302, { location }).end();
    };
    const outM = new Float64Array(1);
    await (await openUrl()).sample(point, outM);
    expect(outM[0]).toBeGreaterThan(500);
    location = "https://other.example/moved.tif";
    await expect(openUrl()).rejects.toMatchObject({
      reasonCode: "terrain_host_not_allowed",
      details: { host: "other.example" },
    });
  });

  it("passes on the reason of an abort and can be asked again", async () => {
    const sampler = await openUrl();
    const reason = new Error("stop");
    const controller = new AbortController();
    handler = () => controller.abort(reason);
    const outM = new Float64Array(1);
    await expect(sampler.sample(point, outM, { signal: controller.signal })).rejects.toBe(reason);
    handler = serveRange;
    await sampler.sample(point, outM);
    expect(outM[0]).toBeGreaterThan(500);
  });
});
