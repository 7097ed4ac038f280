import { connect } from "node:net";

import { isReasonError } from "@gradeway/reason-codes";
import { describe, expect, it } from "vitest";

import { createApp, serve, withBodies } from "../src/index.ts";
import { createTestApp, TRIP } from "./app-fixture.ts";
import { createFakeRegion } from "./fake-region.ts";

const NO_LOG = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe("serve", () => {
  it("listens on this machine only, answers, and closes twice without complaint", async () => {
    const server = await serve({ app: createTestApp().app, port: 0 });
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    await server.close();
    await server.close();
    await expect(fetch(`${server.url}/health`)).rejects.toThrow("fetch failed");
  });

  it("says when the port is taken", async () => {
    const { app } = createTestApp();
    const first = await serve({ app, port: 0 });
    await expect(serve({ app, port: first.port })).rejects.toThrow("EADDRINUSE");
    await first.close();
  });

  it("logs no fault when the client goes away while it sends", async () => {
    const { app, log } = createTestApp();
    const server = await serve({ app, port: 0 });
    const head = "POST /pareto HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    const socket = connect(server.port, "127.0.0.1");
    socket.write(`${head}content-length: 100\r\nexpect: 100-continue\r\n\r\n{`);
    // The server says "continue" once it has begun the request.
    socket.once("data", () => socket.destroy());
    await expect.poll(() => log.length).toBe(1);
    expect(log[0]).toMatchObject({ level: "info", facts: { status: 499, aborted: true } });
    await server.close(0);
  });

  it("cancels the search when the client goes away", async () => {
    const started = Promise.withResolvers<AbortSignal>();
    const planner = withBodies({
      ...createFakeRegion().planner,
      planPareto: (_request, control) => {
        if (control?.signal !== undefined) {
          started.resolve(control.signal);
        }
        return Promise.withResolvers<never>().promise;
      },
    });
    const region = { ...createFakeRegion(), planner };
    const app = createApp({
      region: () => region,
      now: () => 0,
      requestId: () => "id",
      logger: NO_LOG,
    });
    const server = await serve({ app, port: 0 });
    const client = new AbortController();
    const answer = fetch(`${server.url}/pareto`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(TRIP),
      signal: client.signal,
    });
    const signal = await started.promise;
    expect(signal.aborted).toBe(false);
    const left = new Promise((resolve) => {
      signal.addEventListener("abort", resolve);
    });
    client.abort();
    await expect(answer).rejects.toSatisfy((error) => !isReasonError(error));
    await left;
    expect(signal.aborted).toBe(true);
    await server.close(0);
  });
});
