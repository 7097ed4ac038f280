import { createHash, createHmac } from "node:crypto";
import { appendFile, rm } from "node:fs/promises";

import { createSafeFetch } from "@gradeway/terrain-tiles";
import {
  type FileFault,
  type FileRequest,
  type LoopbackFileServer,
  type LoopbackFileServerOptions,
  startLoopbackFileServer,
} from "@gradeway/test-kit";
import { afterEach, describe, expect, it } from "vitest";

import {
  type AssetStore,
  createHttpClient,
  createHttpStore,
  createS3Store,
  type HttpClientOptions,
  loadRegion,
  MANIFEST_FILE,
  openRegion,
} from "../src/index.ts";
import {
  buildSmallRegion,
  damage,
  pathOf,
  reasonOf,
  withTemporaryDirectory,
} from "./small-region.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(options: LoopbackFileServerOptions): Promise<LoopbackFileServer> {
  const server = await startLoopbackFileServer(options);
  closing.push(() => server.close());
  return server;
}

function clientOf(server: LoopbackFileServer, options: Partial<HttpClientOptions> = {}) {
  const fetch = createSafeFetch({ allowedHosts: [server.host], allowLoopback: true });
  closing.push(() => fetch.close());
  return createHttpClient({ fetch, retryDelayMs: 1, ...options });
}

const storeOf = (
  server: LoopbackFileServer,
  options: Partial<HttpClientOptions> = {},
): AssetStore => createHttpStore(new URL("/small", server.origin), clientOf(server, options));

describe("a region on the web", () => {
  it("is the region that was built, and its files are asked for once", async () => {
    await withTemporaryDirectory(async (root) => {
      const directory = `${root}/small`;
      await buildSmallRegion(directory);
      const server = await serve({ files: root });
      const store = storeOf(server);
      const [here, there] = [await openRegion(directory), await openRegion(store)];
      expect(there.manifestSha256).toBe(here.manifestSha256);
      expect(Buffer.from(there.region.graph)).toEqual(Buffer.from(here.region.graph));
      const paths = server.requests.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      expect(paths).toHaveLength(2 + here.manifest.assets.length);
      expect(store.location).toBe(`${server.origin}/small/`);
    });
  });

  it("is checked like one on disk", async () => {
    await withTemporaryDirectory(async (root) => {
      const directory = `${root}/small`;
      await buildSmallRegion(directory);
      const server = await serve({ files: root });
      await damage(await pathOf(directory, "toll-topology"));
      expect(await reasonOf(() => loadRegion(storeOf(server)))).toBe("asset_hash_mismatch");
      await rm(await pathOf(directory, "toll-topology"));
      expect(await reasonOf(() => loadRegion(storeOf(server)))).toBe("asset_missing");
      await rm(`${directory}/${MANIFEST_FILE}`);
      expect(await reasonOf(() => loadRegion(storeOf(server)))).toBe("asset_missing");
    });
  });

  it("survives faults that pass, and tells those that do not", async () => {
    await withTemporaryDirectory(async (root) => {
      await buildSmallRegion(`${root}/small`);
      const load = async (fault: FileFault, failing: number, options = {}) => {
        const server = await serve({
          files: root,
          faults: (index) => (index < failing ? fault : undefined),
        });
        return reasonOf(() => loadRegion(storeOf(server, options)));
      };
      for (const fault of [{ status: 503 }, { status: 429 }, { reset: true }, { cutAfter: 10 }]) {
        expect(await load(fault, 2), JSON.stringify(fault)).toBe("none");
        expect(await load(fault, 3), JSON.stringify(fault)).toBe("asset_fetch_failed");
      }
      expect(await load({ status: 403 }, 1)).toBe("asset_fetch_failed");
      expect(await load({ stallAfter: 10 }, 1, { timeoutMs: 50 })).toBe("none");
      expect(await load({ status: 500 }, 3, { breakerFailures: 2, retries: 3 })).toBe(
        "asset_source_resting",
      );
    });
  });

  it("says which address failed, without its secrets", async () => {
    const server = await serve({ files: new Map(), faults: () => ({ status: 403 }) });
    const url = new URL("/small?token=secret", server.origin);
    const store = createHttpStore(url, clientOf(server));
    await expect(loadRegion(store)).rejects.toMatchObject({
      reasonCode: "asset_fetch_failed",
      details: { location: `${server.origin}/small/${MANIFEST_FILE}`, status: 403, attempts: 1 },
    });
    expect(server.requests[0]!.path).toContain("token=secret");
    expect(store.location).not.toContain("secret");
  });

  it("does not follow a redirect to a host that is not allowed", async () => {
    const other = await serve({ files: new Map() });
    const server = await serve({
      files: new Map(),
      redirects: new Map([[`/small/${MANIFEST_FILE}`, `${other.origin}/small/${MANIFEST_FILE}`]]),
    });
    expect(await reasonOf(() => loadRegion(storeOf(server)))).toBe("asset_host_not_allowed");
    expect(other.requests).toHaveLength(0);
  });

  it("never reads more than the manifest says, however much is sent", async () => {
    await withTemporaryDirectory(async (root) => {
      await buildSmallRegion(`${root}/small`);
      const server = await serve({ files: root });
      const kept = storeOf(server);
      const file = await pathOf(`${root}/small`, "fuel-prices");
      await appendFile(file, Buffer.alloc(2 ** 22));
      expect(await reasonOf(() => loadRegion(kept))).toBe("asset_hash_mismatch");
    });
  });
});

const KEYS = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const NOW_MS = Date.UTC(2026, 10, 24, 12, 30, 15);

/** Signature Version 4 as Amazon describes it, written a second time from the description. */
function signatureOf(request: FileRequest, host: string, region: string, secret: string): string {
  const hmac = (key: string | Buffer, text: string) =>
    createHmac("sha256", key).update(text).digest();
  const hex = (text: string) => createHash("sha256").update(text).digest("hex");
  const authorization = request.headers.authorization ?? "";
  const names = /SignedHeaders=([^,]+)/.exec(authorization)![1]!.split(";");
  const headers = names
    .map((name) => `${name}:${name === "host" ? host : String(request.headers[name])}\n`)
    .join("");
  const url = new URL(request.path, "http://x");
  const canonical = [
    request.method,
    url.pathname,
    "",
    headers,
    names.join(";"),
    String(request.headers["x-amz-content-sha256"]),
  ].join("\n");
  const time = String(request.headers["x-amz-date"]);
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, hex(canonical)].join("\n");
  const dayKey = hmac(`AWS4${secret}`, time.slice(0, 8));
  const key = hmac(hmac(hmac(dayKey, region), "s3"), "aws4_request");
  return hmac(key, text).toString("hex");
}

describe("a region in an S3-compatible store", () => {
  it("is guarded by the signature of Amazon's own example", () => {
    // "GET Object" of the S3 documentation, Signature Calculations for the Authorization Header.
    const signed = "host;range;x-amz-content-sha256;x-amz-date";
    const headers = {
      range: "bytes=0-9",
      "x-amz-content-sha256": createHash("sha256").update("").digest("hex"),
      "x-amz-date": "20130524T000000Z",
      authorization: `AWS4-HMAC-SHA256 SignedHeaders=${signed},Signature=0`,
    };
    const request = { method: "GET", path: "/test.txt", headers };
    const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    expect(signatureOf(request, "examplebucket.s3.amazonaws.com", "us-east-1", secret)).toBe(
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    );
  });

  async function bucket(root: string, secret: string) {
    await buildSmallRegion(`${root}/regions/europe/small town`);
    const server: LoopbackFileServer = await serve({
      files: root,
      faults: (_index, request) => {
        const expected = signatureOf(request, server.host, "eu-test-1", secret);
        const given = /Signature=([0-9a-f]+)$/.exec(request.headers.authorization ?? "")?.[1];
        return given === expected ? undefined : { status: 403 };
      },
    });
    return server;
  }
  const optionsOf = (server: LoopbackFileServer) => ({
    bucket: "regions",
    prefix: "/europe/small town/",
    region: "eu-test-1",
    endpoint: new URL(server.origin),
    client: clientOf(server, { nowMs: () => NOW_MS }),
  });

  it("is read with signed requests", async () => {
    await withTemporaryDirectory(async (root) => {
      const server = await bucket(root, KEYS.secretAccessKey);
      const store = createS3Store({
        ...optionsOf(server),
        credentials: { ...KEYS, sessionToken: "a-session" },
      });
      expect((await loadRegion(store)).name).toBe("small");
      expect(store.location).toBe("s3://regions/europe/small town");
      const [request] = server.requests;
      expect(request!.headers["x-amz-date"]).toBe("20261124T123015Z");
      expect(request!.headers["x-amz-security-token"]).toBe("a-session");
      expect(request!.headers.authorization).toContain(
        "Credential=AKIDEXAMPLE/20261124/eu-test-1/s3/aws4_request",
      );
    });
  });

  it("is refused by the store when the secret is another one", async () => {
    await withTemporaryDirectory(async (root) => {
      const server = await bucket(root, "another secret");
      const store = createS3Store({ ...optionsOf(server), credentials: KEYS });
      await expect(loadRegion(store)).rejects.toMatchObject({
        reasonCode: "asset_fetch_failed",
        details: { status: 403 },
        message: expect.not.stringContaining(KEYS.secretAccessKey) as string,
      });
    });
  });

  it("is read without an account when it is public", async () => {
    await withTemporaryDirectory(async (root) => {
      await buildSmallRegion(`${root}/regions/europe/small town`);
      const server = await serve({ files: root });
      expect((await loadRegion(createS3Store(optionsOf(server)))).name).toBe("small");
      expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(
        true,
      );
    });
  });

  it("is not followed elsewhere with a signature", async () => {
    const other = await serve({ files: new Map() });
    const path = `/regions/europe/small%20town/${MANIFEST_FILE}`;
    const server = await serve({ files: new Map(), redirects: new Map([[path, other.origin]]) });
    const store = createS3Store({ ...optionsOf(server), credentials: KEYS });
    expect(await reasonOf(() => loadRegion(store))).toBe("asset_fetch_failed");
    expect(other.requests).toHaveLength(0);
  });

  it("has a name that a bucket can have", () => {
    const client = createHttpClient({ fetch: () => Promise.reject(new Error("not asked")) });
    for (const bucketName of ["", "a", "Upper", "a/b", "a@b", "-ab", "x".repeat(64)]) {
      expect(() => createS3Store({ bucket: bucketName, client })).toThrow(RangeError);
    }
    expect(createS3Store({ bucket: "regions", client }).location).toBe("s3://regions");
  });
});
