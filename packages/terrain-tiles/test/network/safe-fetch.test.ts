import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTlsServer } from "node:tls";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { createAddressClassifier } from "../../src/network/address-ranges.ts";
import type { ResolveHost } from "../../src/network/checked-lookup.ts";
import {
  createSafeFetch,
  type SafeFetch,
  type SafeFetchOptions,
} from "../../src/network/safe-fetch.ts";

const servers: Server[] = [];
const opened: SafeFetch[] = [];
let handler: RequestListener = (_, response) => response.end("bytes");
let asked: { host: string | undefined; url: string | undefined; cookie: string | undefined }[] = [];

async function listen(): Promise<number> {
  const server = createServer((request, response) => {
    const { host, cookie } = request.headers;
    asked.push({ host, url: request.url, cookie });
    handler(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Answers with one list of addresses after the other, the last one for ever. */
function answers(...lists: string[][]): { resolve: ResolveHost; names: string[] } {
  const names: string[] = [];
  return {
    names,
    resolve: async (name) => {
      const list = lists[Math.min(names.length, lists.length - 1)]!;
      names.push(name);
      return list.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    },
  };
}

function open(options: SafeFetchOptions): SafeFetch {
  const fetch = createSafeFetch(options);
  opened.push(fetch);
  return fetch;
}

function refused(host: string): object {
  return { reasonCode: "terrain_host_not_allowed", details: { host } };
}

let port = 0;
let otherPort = 0;
beforeAll(async () => {
  port = await listen();
  otherPort = await listen();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((fetch) => fetch.close()));
  asked = [];
  handler = (_, response) => response.end("bytes");
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

describe("addresses", () => {
  const classify = createAddressClassifier();
  it.each(["8.8.8.8", "52.216.0.1", "172.32.0.1", "2600:1f18::1", "2a00:1450:4001::1"])(
    "%s is public",
    (address) => expect(classify(address)).toBe("public"),
  );
  it.each(["127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1"])("%s is this machine", (address) =>
    expect(classify(address)).toBe("loopback"),
  );
  const special = `
    0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 168.63.129.16 169.254.169.254 172.16.0.1
    172.31.255.255 192.0.0.192 192.168.1.1 198.18.0.1 224.0.0.1 255.255.255.255 ::
    ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:127.0.0.1 ::127.0.0.1 fe80::1 fe80::1%eth0
    fd00:ec2::254 fc00::1 ff02::1 64:ff9b::a00:1 2001::1 2001:db8::1 2002:a00:1:: 3fff::1
    nonsense
  `;
  it.each(["", ...special.trim().split(/\s+/)])("%s is neither", (address) =>
    expect(classify(address)).toBe("other"),
  );
});

describe("a safe fetch", () => {
  it.each(["169.254.169.254", "10.0.0.7", "::1", "127.0.0.1", "::ffff:10.0.0.1", "fd00::1"])(
    "does not connect to a name whose address is %s",
    async (address) => {
      const { resolve, names } = answers([address]);
      const fetch = open({ allowedHosts: [".example.org"], resolve });
      await expect(fetch("https://tiles.example.org/a", {})).rejects.toMatchObject(
        refused("tiles.example.org"),
      );
      expect(names).toEqual(["tiles.example.org"]);
    },
  );

  it("refuses a name with one forbidden address among good ones, whatever their order", async () => {
    for (const list of [
      ["127.0.0.1", "10.0.0.1"],
      ["10.0.0.1", "127.0.0.1"],
    ]) {
      const allowedHosts = [`localhost:${port}`];
      const fetch = open({ allowedHosts, allowLoopback: true, ...answers(list) });
      await expect(fetch(`http://localhost:${port}/`, {})).rejects.toMatchObject(
        refused(`localhost:${port}`),
      );
    }
    expect(asked).toEqual([]);
  });

  it("goes to the address that was checked and keeps the name in the Host header", async () => {
    const { resolve, names } = answers(["127.0.0.1"], ["169.254.169.254"]);
    const allowedHosts = [`localhost:${port}`];
    const fetch = open({ allowedHosts, allowLoopback: true, resolve });
    const response = await fetch(`http://localhost:${port}/first`, {});
    expect(await response.text()).toBe("bytes");
    // One look-up for one connection: there is no second answer that could be used.
    expect(names).toEqual(["localhost"]);
    expect(asked).toEqual([{ host: `localhost:${port}`, url: "/first", cookie: undefined }]);
  });

  it("checks again when a name is looked up again", async () => {
    handler = (_, response) => response.setHeader("connection", "close").end("bytes");
    const { resolve, names } = answers(["127.0.0.1"], ["10.0.0.1"]);
    const allowedHosts = [`localhost:${port}`];
    const fetch = open({ allowedHosts, allowLoopback: true, resolve });
    await (await fetch(`http://localhost:${port}/`, {})).text();
    await expect(fetch(`http://localhost:${port}/`, {})).rejects.toMatchObject(
      refused(`localhost:${port}`),
    );
    expect(names).toHaveLength(2);
    expect(asked).toHaveLength(1);
  });

  it("presents the name, not the address, to a TLS server, and wants its certificate", async () => {
    const seen: string[] = [];
    const server = createTlsServer({
      SNICallback: (name, callback) => {
        seen.push(name);
        callback(null);
      },
    });
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const tlsPort = (server.address() as AddressInfo).port;
    const allowedHosts = [`tiles.example.org:${tlsPort}`];
    const fetch = open({ allowedHosts, allowLoopback: true, ...answers(["127.0.0.1"]) });
    await expect(fetch(`https://tiles.example.org:${tlsPort}/`, {})).rejects.toThrow(
      "fetch failed",
    );
    expect(seen).toEqual(["tiles.example.org"]);
    server.close();
  });

  it("reaches this machine under its own names only, when told so", async () => {
    const allowedHosts = [`localhost:${port}`, `127.0.0.1:${port}`, `tiles.example.org:${port}`];
    const fetch = open({ allowedHosts, allowLoopback: "named", ...answers(["127.0.0.1"]) });
    for (const host of allowedHosts.slice(0, 2)) {
      expect(await (await fetch(`http://${host}/`, {})).text()).toBe("bytes");
    }
    await expect(fetch(`https://tiles.example.org:${port}/`, {})).rejects.toMatchObject(
      refused(`tiles.example.org:${port}`),
    );
  });

  it.each([
    ["http://tiles.example.org/", "tiles.example.org"],
    ["https://tiles.example.org:8443/", "tiles.example.org:8443"],
    ["https://tiles.example.org./", "tiles.example.org."],
    ["https://other.org/", "other.org"],
    ["https://someone:secret@tiles.example.org/", "tiles.example.org"],
    ["https://8.8.8.8/", "8.8.8.8"],
    ["http://127.0.0.1:9/", "127.0.0.1:9"],
    ["https://10.0.0.1/", "10.0.0.1"],
    ["https://[::ffff:a00:1]/", "[::ffff:a00:1]"],
    ["https://[fd00::1]/", "[fd00::1]"],
    ["file:///etc/passwd", ""],
  ])("refuses %s without a look-up", async (url, host) => {
    const { resolve, names } = answers(["8.8.8.8"]);
    const listed = "tiles.example.org 127.0.0.1:9 10.0.0.1 [::ffff:a00:1] [fd00::1]";
    const allowedHosts = listed.split(" ");
    await expect(open({ allowedHosts, resolve })(url, {})).rejects.toMatchObject(refused(host));
    expect(names).toEqual([]);
  });

  it("is for reading only", async () => {
    const fetch = open({ allowedHosts: [".example.org"] });
    await expect(fetch("https://a.example.org/", { method: "POST" })).rejects.toThrow("POST");
  });

  it("reports a name without an address as a failed connection", async () => {
    const fetch = open({ allowedHosts: [".example.org"], ...answers([]) });
    await expect(fetch("https://a.example.org/", {})).rejects.toMatchObject({
      message: "fetch failed",
      cause: { message: "The name a.example.org has no address." },
    });
  });

  it("passes on the reason of an abort", async () => {
    const reason = new Error("stop");
    const fetch = open({ allowedHosts: [`127.0.0.1:${port}`], allowLoopback: true });
    const signal = AbortSignal.abort(reason);
    await expect(fetch(`http://127.0.0.1:${port}/`, { signal })).rejects.toBe(reason);
  });
});

describe("redirects", () => {
  function local(): SafeFetch {
    const allowedHosts = [`127.0.0.1:${port}`];
    return open({ allowedHosts, allowLoopback: true });
  }
  function redirectTo(location: (url: string) => string | undefined): void {
    handler = (request, response) => {
      const target = location(request.url!);
      if (target === undefined) response.end("there");
      else response.writeHead(302, { location: target }).end();
    };
  }

  it("are followed three times", async () => {
    redirectTo((url) => (url === "/3" ? undefined : `/${Number(url.slice(1)) + 1}`));
    const response = await local()(`http://127.0.0.1:${port}/0`, {});
    expect(await response.text()).toBe("there");
    expect(asked.map(({ url }) => url)).toEqual(["/0", "/1", "/2", "/3"]);
  });

  it("are not followed a fourth time", async () => {
    redirectTo((url) => `/${Number(url.slice(1)) + 1}`);
    await expect(local()(`http://127.0.0.1:${port}/0`, {})).rejects.toMatchObject({
      cause: { message: "more than 3 redirects" },
    });
    expect(asked).toHaveLength(4);
  });

  it.each([
    ["https://other.org/x", "other.org"],
    ["http://169.254.169.254/latest/meta-data", "169.254.169.254"],
    ["file:///etc/passwd", ""],
    ["//evil.example/x", "evil.example"],
  ])("to %s are refused", async (target, host) => {
    redirectTo(() => target);
    await expect(local()(`http://127.0.0.1:${port}/`, {})).rejects.toMatchObject(refused(host));
    expect(asked).toHaveLength(1);
  });

  it("to another port are refused, unless it is listed", async () => {
    redirectTo((url) => (url === "/" ? `http://127.0.0.1:${otherPort}/x` : undefined));
    const host = `127.0.0.1:${otherPort}`;
    await expect(local()(`http://127.0.0.1:${port}/`, {})).rejects.toMatchObject(refused(host));
    expect(asked).toHaveLength(1);
    const both = open({ allowedHosts: [`127.0.0.1:${port}`, host], allowLoopback: true });
    const init = { headers: { cookie: "secret" } };
    expect(await (await both(`http://127.0.0.1:${port}/`, init)).text()).toBe("there");
    // What is meant for one origin does not travel to another.
    expect(asked.slice(1).map(({ cookie }) => cookie)).toEqual(["secret", undefined]);
  });

  it("to a listed name with a private address are refused", async () => {
    redirectTo(() => "https://tiles.example.org/x");
    const allowedHosts = [`127.0.0.1:${port}`, "tiles.example.org"];
    const fetch = open({ allowedHosts, allowLoopback: true, ...answers(["10.0.0.1"]) });
    await expect(fetch(`http://127.0.0.1:${port}/`, {})).rejects.toMatchObject(
      refused("tiles.example.org"),
    );
  });

  it("are handed back, or fail, when that is asked for", async () => {
    redirectTo(() => "https://other.org/");
    const url = `http://127.0.0.1:${port}/`;
    const response = await local()(url, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([
      302,
      "https://other.org/",
    ]);
    await expect(local()(url, { redirect: "error" })).rejects.toThrow("fetch failed");
  });
});
