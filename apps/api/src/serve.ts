import { createServer, type Server } from "node:http";

import { getRequestListener } from "@hono/node-server";

/** Where and what to serve. */
export interface ServeOptions {
  /** The application, as made by `createApp`. */
  readonly app: { readonly fetch: (request: Request) => Response | Promise<Response> };
  /** 0 picks a free port. */
  readonly port: number;
  /** Default 127.0.0.1: reachable from this machine only. */
  readonly host?: string;
}

/** A listening server. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /**
   * Stops accepting connections, lets running requests finish, and cuts those that are still open
   * after the grace period. Safe to call twice.
   *
   * @param graceMs Default 10,000.
   */
  close(graceMs?: number): Promise<void>;
}

/** Starts listening; rejects when the port is taken. */
export async function serve({
  app,
  port,
  host = "127.0.0.1",
}: ServeOptions): Promise<RunningServer> {
  const server = createServer(getRequestListener((request) => app.fetch(request)));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: (graceMs = 10_000) => (closing ??= closeServer(server, graceMs)),
  };
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close((error) => {
      clearTimeout(cut);
      if (error === undefined) {
        resolve();
      } else {
        reject(error);
      }
    });
    server.closeIdleConnections();
  });
}
