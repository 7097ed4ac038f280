import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { createSafeFetch, type SafeFetch } from "@gradeway/terrain-tiles";
import {
  createSeededRandom,
  type FileFault,
  type FileRequest,
  type LoopbackFileServer,
  type LoopbackFileServerOptions,
  startLoopbackFileServer,
} from "@gradeway/test-kit";
import { afterEach, describe, expect, it } from "vitest";

import {
  createHttpClient,
  type Downloaded,
  downloadFile,
  type DownloadOptions,
  sha256Hex,
} from "../src/index.ts";
import { reasonOf, withTemporaryDirectory } from "./small-region.ts";

const PATH = "/europe/andorra-latest.osm.pbf";

/** Bytes that no compression and no accident would bring forth twice. */
function bytesOf(seed: number, length = 300_000): Uint8Array {
  const random = createSeededRandom(seed);
  return Uint8Array.from({ length }, () => Math.floor(random.next() * 256));
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server with one file, and what is needed to download it. */
async function offer(
  options: Partial<LoopbackFileServerOptions> & { files?: ReadonlyMap<string, Uint8Array> } = {},
): Promise<{
  readonly server: LoopbackFileServer;
  readonly bytes: Uint8Array;
  readonly fetch: SafeFetch;
  readonly download: (directory: string, more?: Partial<DownloadOptions>) => Promise<Downloaded>;
}> {
  const bytes = bytesOf(1);
  const server = await startLoopbackFileServer({ files: new Map([[PATH, bytes]]), ...options });
  const fetch = createSafeFetch({ allowedHosts: [server.host], allowLoopback: true });
  closing.push(
    () => fetch.close(),
    () => server.close(),
  );
  // A machine under load may read nothing of what was sent before a cut: many attempts are allowed.
  const patience = { retries: 40, breakerFailures: 100 };
  const client = createHttpClient({ fetch, retryDelayMs: 1, timeoutMs: 2000, ...patience });
  const url = new URL(PATH, server.origin);
  return {
    server,
    bytes,
    fetch,
    download: (directory, more) =>
      downloadFile({ url, file: join(directory, "a.osm.pbf"), client, ...more }),
  };
}

/** Cuts the whole file until something of it has arrived; then what is to be tested. */
const afterCut =
  (fault: () => FileFault | undefined) =>
  (_index: number, { headers }: FileRequest): FileFault | undefined =>
    headers.range === undefined ? { cutAfter: 90_000 } : fault();

const rangeOf = ({ headers }: FileRequest): string | undefined => headers.range;
const firstTimes =
  (count: number, fault: FileFault) =>
  (index: number): FileFault | undefined =>
    index < count ? fault : undefined;

describe("downloadFile", () => {
  it("brings the bytes, tells how far it is, and leaves nothing half-done behind", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { bytes, download } = await offer();
      const seen: (readonly [number, number | null])[] = [];
      const done = await download(directory, { progress: (...progress) => seen.push(progress) });
      expect(done).toEqual({
        sha256: sha256Hex(bytes),
        bytes: bytes.length,
        isUnchanged: false,
        resumedBytes: 0,
      });
      expect(new Uint8Array(await readFile(join(directory, "a.osm.pbf")))).toEqual(bytes);
      expect(seen.at(-1)).toEqual([bytes.length, bytes.length]);
      expect((await readdir(directory)).sort()).toEqual(["a.osm.pbf", "a.osm.pbf.download.json"]);
    });
  });

  it("takes a cut connection up where it was cut, again and again", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { server, bytes, download } = await offer({
        // More cuts than an attempt without progress would be allowed.
        faults: firstTimes(7, { cutAfter: 40_000 }),
      });
      expect(await download(directory)).toMatchObject({ sha256: sha256Hex(bytes) });
      const starts = server.requests.map((request) => Number(/\d+/.exec(rangeOf(request) ?? "0")));
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      expect(starts).toHaveLength(8);
      expect(starts.at(-1)).toBeGreaterThan(0);
      for (const { headers } of server.requests.filter(rangeOf)) {
        expect(headers["if-range"]).toMatch(/^"[0-9a-f]{16}"$/);
      }
    });
  });

  it("goes on in a later run, and reads no byte twice", async () => {
    await withTemporaryDirectory(async (directory) => {
      const stop = new AbortController();
      const { server, bytes, download } = await offer({
        faults: firstTimes(1, { stallAfter: 100_000 }),
      });
      const interrupted = download(directory, {
        signal: stop.signal,
        progress: (received) => received >= 100_000 && stop.abort(new Error("killed")),
      });
      await expect(interrupted).rejects.toThrow("killed");
      const left = (await stat(join(directory, "a.osm.pbf.part"))).size;
      expect(left).toBe(100_000);
      const done = await download(directory);
      expect(done).toMatchObject({ sha256: sha256Hex(bytes), resumedBytes: left });
      expect(server.requests.map(rangeOf)).toEqual([undefined, `bytes=${left}-`]);
    });
  });

  it("begins anew when the server has another version meanwhile", async () => {
    await withTemporaryDirectory(async (directory) => {
      const files = new Map([[PATH, bytesOf(1)]]);
      const { server, download } = await offer({
        files,
        faults: afterCut(() => {
          // The new extract of the day appears while the old one is being read.
          files.set(PATH, bytesOf(2, 250_000));
          return undefined;
        }),
      });
      const done = await download(directory);
      expect(done).toMatchObject({ sha256: sha256Hex(bytesOf(2, 250_000)), bytes: 250_000 });
      expect(server.requests.filter(rangeOf)).toHaveLength(1);
    });
  });

  it.each<[string, FileFault]>([
    ["another place", { headers: { "content-range": "bytes 5-299999/300000" } }],
    ["another length", { headers: { "content-range": "bytes 90000-299999/999999" } }],
    ["no place", { headers: { "content-range": "" } }],
    ["the whole file", { ignoresRange: true }],
    ["that the part is too long", { status: 416 }],
  ])("does not stitch together what does not belong together: %s", async (_what, fault) => {
    await withTemporaryDirectory(async (directory) => {
      let isFirst = true;
      const { bytes, download } = await offer({
        faults: (_index, { headers }) => {
          if (!isFirst) return undefined;
          if (headers.range === undefined) return { cutAfter: 90_000 };
          isFirst = false;
          return fault;
        },
      });
      expect(await download(directory)).toMatchObject({ sha256: sha256Hex(bytes) });
      expect(isFirst).toBe(false);
    });
  });

  it("begins anew where the server cannot tell its versions apart", async () => {
    for (const tag of [undefined, 'W/"weak"']) {
      await withTemporaryDirectory(async (directory) => {
        const { server, bytes, download } = await offer({
          etagOf: () => tag,
          faults: firstTimes(1, { cutAfter: 90_000 }),
        });
        expect(await download(directory)).toMatchObject({ sha256: sha256Hex(bytes) });
        expect(server.requests).toHaveLength(2);
        expect(server.requests.filter(rangeOf)).toEqual([]);
      });
    }
  });

  it("asks once whether there is anything new, and not at all for a pinned file", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { server, bytes, download } = await offer();
      await download(directory);
      const sha256 = sha256Hex(bytes);
      expect(await download(directory)).toMatchObject({ isUnchanged: true, sha256 });
      expect(server.requests).toHaveLength(2);
      expect(await download(directory, { sha256 })).toMatchObject({ isUnchanged: true });
      expect(server.requests).toHaveLength(2);
      // A file that somebody changed is not taken for the one that was downloaded.
      await writeFile(join(directory, "a.osm.pbf"), bytesOf(3));
      expect(await download(directory, { sha256 })).toMatchObject({ isUnchanged: false, sha256 });
    });
  });

  it("refuses a file whose hash is not the pinned one, and keeps nothing of it", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { download } = await offer();
      const sha256 = "0".repeat(64);
      expect(await reasonOf(() => download(directory, { sha256 }))).toBe("asset_hash_mismatch");
      expect(await readdir(directory)).toEqual([]);
    });
  });

  it("does not take a file that is there already for the pinned one", async () => {
    const { bytes, download } = await offer();
    await withTemporaryDirectory(async (directory) => {
      await download(directory);
      const pinned = { sha256: "0".repeat(64) };
      expect(await reasonOf(() => download(directory, pinned))).toBe("asset_hash_mismatch");
      expect(await download(directory, { sha256: sha256Hex(bytes) })).toMatchObject({
        isUnchanged: true,
      });
    });
  });

  it("does not begin what the disk has no room for", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { bytes, download } = await offer();
      const reserve = 64 * 2 ** 20;
      const within = (available: number, roomRatio: number) =>
        reasonOf(() =>
          download(directory, { roomRatio, freeBytes: () => Promise.resolve(available) }),
        );
      expect(await within(reserve + bytes.length - 1, 0)).toBe("storage_insufficient");
      expect(await within(reserve + 4 * bytes.length - 1, 3)).toBe("storage_insufficient");
      expect(await readdir(directory)).toEqual([]);
      expect(await within(reserve + 4 * bytes.length, 3)).toBe("none");
    });
  });

  it("gives up on a silent, a missing and a forbidden file", async () => {
    await withTemporaryDirectory(async (directory) => {
      const silent = await offer({ faults: () => ({ stallAfter: 0 }) });
      const hasty = createHttpClient({ fetch: silent.fetch, retryDelayMs: 1, timeoutMs: 30 });
      await expect(silent.download(directory, { client: hasty })).rejects.toMatchObject({
        reasonCode: "asset_fetch_failed",
        details: { attempts: 3, problem: expect.stringContaining("silent") as string },
      });
      const missing = await offer({ files: new Map() });
      await expect(missing.download(directory)).rejects.toMatchObject({
        reasonCode: "asset_fetch_failed",
        details: { attempts: 1, status: 404 },
      });
      const { download } = await offer();
      const elsewhere = new URL("http://127.0.0.1:9/a");
      expect(await reasonOf(() => download(directory, { url: elsewhere }))).toBe(
        "asset_host_not_allowed",
      );
    });
  });

  it("gives up on a server that cuts the connection without end", async () => {
    await withTemporaryDirectory(async (directory) => {
      const { server, fetch, download } = await offer({ faults: () => ({ cutAfter: 1 }) });
      const client = createHttpClient({ fetch, retryDelayMs: 1 });
      expect(await reasonOf(() => download(directory, { client }))).toBe("asset_fetch_failed");
      expect(server.requests.length).toBeLessThan(650);
    });
  });

  it("follows a redirect to the newest extract", async () => {
    await withTemporaryDirectory(async (directory) => {
      const bytes = bytesOf(4);
      const { download } = await offer({
        files: new Map([["/europe/andorra-261124.osm.pbf", bytes]]),
        redirects: new Map([[PATH, "/europe/andorra-261124.osm.pbf"]]),
        faults: firstTimes(2, { cutAfter: 90_000 }),
      });
      expect(await download(directory)).toMatchObject({ sha256: sha256Hex(bytes) });
    });
  });
});
