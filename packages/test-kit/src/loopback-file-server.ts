import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import path from "node:path";

/** What goes wrong with one answer. */
export interface FileFault {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Body bytes that are sent before the connection is cut; the announced length stays whole. */
  readonly cutAfter?: number;
  /** Cuts the connection without an answer. */
  readonly reset?: boolean;
  /** Sends the whole file although a part was asked for. */
  readonly ignoresRange?: boolean;
  /** Sends so many bytes and then nothing more, with the connection open. */
  readonly stallAfter?: number;
}

export interface FileRequest {
  readonly method: string;
  /** With the query, as it came. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface LoopbackFileServerOptions {
  /**
   * A folder, or bytes by path such as `/europe/andorra-latest.osm.pbf`; a map may change while the
   * server runs, as downloads do at midnight.
   */
  readonly files: string | ReadonlyMap<string, Uint8Array>;
  /** Paths that lead elsewhere, with the address that they lead to. */
  readonly redirects?: ReadonlyMap<string, string>;
  /** Called once per request, counting from 0. */
  readonly faults?: (index: number, request: FileRequest) => FileFault | undefined;
  /** The entity tag of a file; default a strong one of its bytes. */
  readonly etagOf?: (bytes: Uint8Array) => string | undefined;
}

export interface LoopbackFileServer {
  /** For example `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** `127.0.0.1:40123`, as a list of allowed hosts names it. */
  readonly host: string;
  /** Every request so far, in order of arrival. */
  readonly requests: readonly FileRequest[];
  close(): Promise<void>;
}

/**
 * Imitates a site of large downloads on 127.0.0.1: GET and HEAD, ranges, If-Range and If-None-Match
 * with strong validators (RFC 9110), and faults from a script.
 */
export async function startLoopbackFileServer(
  options: LoopbackFileServerOptions,
): Promise<LoopbackFileServer> {
  const requests: FileRequest[] = [];
  const server = createServer((incoming, response) => {
    const { method = "GET", url = "/", headers } = incoming;
    const request = { method, path: url, headers };
    const fault = options.faults?.(requests.length, request) ?? {};
    requests.push(request);
    respond(options, incoming, response, fault).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was assigned");
  const host = `127.0.0.1:${address.port}`;
  return {
    origin: `http://${host}`,
    host,
    requests,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function respond(
  { files, redirects, etagOf = strongTag }: LoopbackFileServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  fault: FileFault,
): Promise<void> {
  if (fault.reset === true) {
    request.socket.resetAndDestroy();
    return;
  }
  const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
  const target = redirects?.get(pathname);
  if (target !== undefined) {
    response.writeHead(302, { location: target }).end();
    return;
  }
  const body = await load(files, pathname);
  if (fault.status !== undefined || body === undefined) {
    response.writeHead(fault.status ?? 404, fault.headers).end();
    return;
  }
  const etag = etagOf(body);
  const headers: Record<string, string> = {
    "content-type": "application/octet-stream",
    "accept-ranges": "bytes",
    ...(etag === undefined ? {} : { etag }),
  };
  if (etag !== undefined && request.headers["if-none-match"] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  // A range with a condition that does not hold is answered with the whole file.
  const condition = request.headers["if-range"];
  const holds = condition === undefined || (condition === etag && !condition.startsWith("W/"));
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  let status = 200;
  let sent = body;
  if (range !== null && holds && fault.ignoresRange !== true) {
    const first = Number(range[1]);
    if (first >= body.length) {
      response.writeHead(416, { "content-range": `bytes */${body.length}` }).end();
      return;
    }
    const last = range[2] === "" ? body.length - 1 : Math.min(Number(range[2]), body.length - 1);
    status = 206;
    sent = body.subarray(first, last + 1);
    headers["content-range"] = `bytes ${first}-${last}/${body.length}`;
  }
  headers["content-length"] = String(sent.length);
  response.writeHead(status, { ...headers, ...fault.headers });
  if (request.method === "HEAD") response.end();
  else if (fault.stallAfter !== undefined) response.write(sent.subarray(0, fault.stallAfter));
  else if (fault.cutAfter === undefined) response.end(sent);
  else cutAfter(response, sent.subarray(0, fault.cutAfter));
}

/** Time for the client to read what was sent: what it has not read when the end comes is lost. */
const READING_MS = 30;

function cutAfter(response: ServerResponse, bytes: Uint8Array): void {
  response.write(bytes, () => setTimeout(() => response.destroy(), READING_MS));
}

function strongTag(bytes: Uint8Array): string {
  return `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
}

async function load(
  files: LoopbackFileServerOptions["files"],
  pathname: string,
): Promise<Uint8Array | undefined> {
  if (typeof files !== "string") return files.get(decodeURI(pathname));
  const file = path.join(files, path.normalize(decodeURI(pathname)));
  return readFile(file).catch(() => undefined);
}
