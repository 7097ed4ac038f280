import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import type { LoopbackTileServer, LoopbackTileServerOptions, TileFault } from "../src/index.ts";
import { startLoopbackTileServer } from "../src/index.ts";

const TILES = new Map([["11/5/6", new Uint8Array([1, 2, 3, 4, 5, 6])]]);

function tileUrl(server: LoopbackTileServer, tile: string): string {
  return server.urlTemplate.replace("{z}/{x}/{y}", tile);
}

describe("startLoopbackTileServer", () => {
  const servers: LoopbackTileServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map(async (server) => server.close()));
  });

  async function start(options: LoopbackTileServerOptions): Promise<LoopbackTileServer> {
    const server = await startLoopbackTileServer(options);
    servers.push(server);
    return server;
  }

  async function startScripted(...script: TileFault[]): Promise<LoopbackTileServer> {
    return start({ tiles: TILES, faults: (index) => script[index] });
  }

  it("serves a map in the bucket's layout and logs what was asked", async () => {
    const server = await start({ tiles: TILES });
    const found = await fetch(tileUrl(server, "11/5/6"), { headers: { "user-agent": "probe" } });
    expect(found.headers.get("content-type")).toBe("image/tiff");
    expect(await found.bytes()).toEqual(TILES.get("11/5/6"));
    expect((await fetch(tileUrl(server, "11/5/7"))).status).toBe(404);
    expect((await fetch(`${server.origin}/other`)).status).toBe(404);
    expect(server.requests.map(({ tile }) => tile)).toEqual([
      { z: 11, x: 5, y: 6 },
      { z: 11, x: 5, y: 7 },
      undefined,
    ]);
    expect(server.requests[0]?.headers["user-agent"]).toBe("probe");
  });

  it("serves a folder and byte ranges", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "gradeway-server-"));
    try {
      mkdirSync(path.join(folder, "9/1"), { recursive: true });
      writeFileSync(path.join(folder, "9/1/2.tif"), "abcdef");
      const server = await start({ tiles: folder });
      const part = await fetch(tileUrl(server, "9/1/2"), { headers: { range: "bytes=2-3" } });
      expect(part.status).toBe(206);
      expect(part.headers.get("content-range")).toBe("bytes 2-3/6");
      expect(await part.text()).toBe("cd");
      expect((await fetch(tileUrl(server, "9/1/3"))).status).toBe(404);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("plays the scripted faults in order, then behaves", async () => {
    const server = await startScripted(
      { status: 503, headers: { "retry-after": "1" } },
      { reset: true },
      { truncate: 3 },
      { body: new Uint8Array([9]) },
      { delayMs: 60 },
    );
    const url = tileUrl(server, "11/5/6");
    const unavailable = await fetch(url);
    expect([unavailable.status, unavailable.headers.get("retry-after")]).toEqual([503, "1"]);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
    const truncated = await fetch(url);
    expect(truncated.status).toBe(200);
    await expect(truncated.bytes()).rejects.toThrow();
    expect(await (await fetch(url)).bytes()).toEqual(new Uint8Array([9]));
    const startedAt = performance.now();
    expect((await fetch(url)).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(50);
    expect((await fetch(url)).status).toBe(200);
  });

  it("closes while an answer is still being held back", async () => {
    const server = await startScripted({ delayMs: 60_000 });
    const pending = fetch(tileUrl(server, "11/5/6")).catch((error: unknown) => error);
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.close();
    servers.splice(0);
    expect(await pending).toBeInstanceOf(Error);
  });
});
