import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  createHttpTileSource,
  type HttpTileSourceOptions,
} from "../src/sources/http-tile-source.ts";
import type { TileSource } from "../src/tile-source.ts";

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const ID = { z: 11, x: 5, y: 6 };
const BYTES = Buffer.from("tile bytes");

let server: Server;
let host = "";
let handler: Handler = (_, response) => response.end();
let paths: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    paths.push(request.url!);
    handler(request, response, paths.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  paths = [];
});

function open(options: HttpTileSourceOptions = {}): TileSource {
  return createHttpTileSource({
    urlTemplate: `http://${host}/t/{z}/{x}/{y}.tif`,
    allowedHosts: [host],
    retryDelayMs: 1,
    ...options,
  });
}

function answer(status: number, body: Uint8Array | string = ""): Handler {
  return (_, response) => {
    response.statusCode = status;
    response.end(body);
  };
}

describe("an HTTP source", () => {
  it("fetches the address of the tile", async () => {
    handler = answer(200, BYTES);
    expect(Buffer.from((await open().getTile(ID))!)).toEqual(BYTES);
    expect(paths).toEqual(["/t/11/5/6.tif"]);
  });

  it("takes 404 for: no such tile", async () => {
    handler = answer(404, "no");
    expect(await open().getTile(ID)).toBeUndefined();
    expect(paths).toHaveLength(1);
  });

  it.each([400, 401, 403, 410])("does not repeat status %d", async (status) => {
    handler = answer(status, "no");
    await expect(open().getTile(ID)).rejects.toMatchObject({
      reasonCode: "terrain_fetch_failed",
      details: { tile: "11/5/6", status, attempts: 1 },
    });
    expect(paths).toHaveLength(1);
  });

  it.each([429, 500, 503])("repeats status %d and goes on when it passes", async (status) => {
    handler = (request, response, count) =>
      answer(count < 3 ? status : 200, BYTES)(request, response, count);
    expect(await open().getTile(ID)).toHaveLength(BYTES.length);
    expect(paths).toHaveLength(3);
  });

  it("gives up after three attempts", async () => {
    handler = answer(500);
    await expect(open().getTile(ID)).rejects.toMatchObject({
      reasonCode: "terrain_fetch_failed",
      details: { status: 500, attempts: 3 },
    });
    expect(paths).toHaveLength(3);
  });

  it("counts the attempts before a final answer", async () => {
    handler = (request, response, count) =>
      answer(count === 1 ? 503 : 403)(request, response, count);
    await expect(open().getTile(ID)).rejects.toMatchObject({
      details: { status: 403, attempts: 2 },
    });
  });

  it("repeats when the answer takes too long, also in its body", async () => {
    handler = (_, response, count) => {
      if (count === 1) return;
      if (count === 2) {
        response.writeHead(200, { "content-length": "100" });
        response.write("begin");
        return;
      }
      response.end(BYTES);
    };
    expect(await open({ timeoutMs: 80 }).getTile(ID)).toHaveLength(BYTES.length);
    expect(paths).toHaveLength(3);
    handler = () => undefined;
    await expect(open({ timeoutMs: 20, retries: 0 }).getTile(ID)).rejects.toMatchObject({
      reasonCode: "terrain_fetch_failed",
      details: { attempts: 1, problem: "no complete answer within 20 ms" },
    });
  });

  it("repeats a body that is cut off, and never gives half a tile", async () => {
    handler = (request, response, count) => {
      if (count > 1) {
        answer(200, BYTES)(request, response, count);
        return;
      }
      response.writeHead(200, { "content-length": String(BYTES.length) });
      response.write(BYTES.subarray(0, 4), () => response.destroy());
    };
    expect(Buffer.from((await open().getTile(ID))!)).toEqual(BYTES);
    handler = (_, response) => {
      response.writeHead(200, { "content-length": String(BYTES.length) });
      response.write(BYTES.subarray(0, 4), () => response.destroy());
    };
    await expect(open().getTile(ID)).rejects.toMatchObject({ reasonCode: "terrain_fetch_failed" });
  });

  it("names what went wrong below HTTP", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const gone = `127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((resolve) => closed.close(resolve));
    const source = open({ urlTemplate: `http://${gone}/{z}/{x}/{y}`, allowedHosts: [gone] });
    await expect(source.getTile(ID)).rejects.toMatchObject({
      reasonCode: "terrain_fetch_failed",
      details: { attempts: 3, problem: expect.stringContaining("ECONNREFUSED") as string },
    });
  });

  // A fetch that follows redirects by itself must not get around the list of hosts.
  const fetches = [
    ["its own fetch", {}],
    ["the fetch of the platform", { fetch: globalThis.fetch }],
  ] as const;
  it.each(fetches)("with %s follows redirects to listed hosts only", async (_, options) => {
    for (const status of [301, 302, 303, 307, 308]) {
      let location = "/elsewhere.tif";
      handler = (request, response) => {
        if (request.url === "/elsewhere.tif") response.end(BYTES);
        else response.writeHead(status, { location }).end();
      };
      expect(Buffer.from((await open(options).getTile(ID))!)).toEqual(BYTES);
      paths = [];
      location = "http://10.0.0.1/secret";
      await expect(open(options).getTile(ID)).rejects.toMatchObject({
        reasonCode: "terrain_host_not_allowed",
        details: { host: "10.0.0.1" },
      });
      expect(paths).toHaveLength(1);
    }
  });

  it("gives up an origin that redirects in a circle", async () => {
    handler = (_, response) => response.writeHead(302, { location: "/circle" }).end();
    await expect(open({ retries: 0 }).getTile(ID)).rejects.toMatchObject({
      reasonCode: "terrain_fetch_failed",
      details: { problem: "the connection failed: more than 3 redirects" },
    });
    expect(paths).toHaveLength(4);
  });

  it("refuses a body over the limit, with and without a stated length", async () => {
    for (const stated of [true, false]) {
      handler = (_, response) => {
        if (stated) response.setHeader("content-length", "3000");
        response.write(Buffer.alloc(1500));
        response.end(Buffer.alloc(1500));
      };
      paths = [];
      await expect(open({ maxTileBytes: 2000 }).getTile(ID)).rejects.toMatchObject({
        reasonCode: "terrain_tile_corrupt",
        details: { tile: "11/5/6" },
      });
      expect(paths).toHaveLength(1);
    }
  });

  it("ends at once with the reason of an abort", async () => {
    handler = () => undefined;
    const controller = new AbortController();
    const reason = new Error("no longer needed");
    const pending = open().getTile(ID, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 20);
    await expect(pending).rejects.toBe(reason);
    expect(paths).toHaveLength(1);
    const early = open().getTile(ID, { signal: AbortSignal.abort(reason) });
    await expect(early).rejects.toBe(reason);
    expect(paths).toHaveLength(1);
  });

  it("leaves an origin alone after eight failed attempts in a row", async () => {
    handler = answer(500);
    const source = open({ breakerCoolDownS: 12 });
    const failures: unknown[] = [];
    for (let call = 0; call < 4; call += 1) {
      failures.push(await source.getTile(ID).catch((error: unknown) => error));
    }
    // 3 + 3 + 2 attempts; the ninth attempt meets the open circuit, and so does the fourth call.
    expect(paths).toHaveLength(8);
    expect(failures).toMatchObject([
      { reasonCode: "terrain_fetch_failed" },
      { reasonCode: "terrain_fetch_failed" },
      { reasonCode: "terrain_circuit_open", details: { origin: host, retryAfterS: 12 } },
      { reasonCode: "terrain_circuit_open" },
    ]);
  });
});
