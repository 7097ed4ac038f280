import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import path from "node:path";

import type { TileId } from "./web-mercator-tiles.ts";

const TILE_PATH = /^\/(?:[\w.-]+\/)*(\d+)\/(\d+)\/(\d+)\.(tif|png)$/;
const CONTENT_TYPES: Readonly<Record<string, string>> = { tif: "image/tiff", png: "image/png" };

/** What goes wrong with one answer. Parts combine: a delay may end in a reset. */
export interface TileFault {
  readonly status?: number;
  readonly delayMs?: number;
  /** Body bytes that are sent before the connection is cut; the announced length stays whole. */
  readonly truncate?: number;
  /** Body bytes that are sent before nothing more comes; the connection stays open. */
  readonly stallAfter?: number;
  /** Body bytes that are sent as if they were all of them. */
  readonly shortenTo?: number;
  /** Cuts the connection without an answer. */
  readonly reset?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent instead of the tile. */
  readonly body?: Uint8Array;
}

export interface LoopbackTileServerOptions {
  /** A folder that holds `{z}/{x}/{y}.tif`, or tiles by `z/x/y`. */
  readonly tiles: string | ReadonlyMap<string, Uint8Array>;
  /** Called once for every request that names a tile, counting from 0. */
  readonly faults?: (requestIndex: number, tile: TileId, path: string) => TileFault | undefined;
  /** Whether every request is kept in `requests`; false for runs that send very many. */
  readonly keepLog?: boolean;
}

export interface TileRequest {
  readonly path: string;
  /** Undefined when the path does not name a tile. */
  readonly tile: TileId | undefined;
  readonly headers: IncomingHttpHeaders;
}

export interface LoopbackTileServer {
  /** For example `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** In the layout of the public bucket: `{origin}/geotiff/{z}/{x}/{y}.tif`. */
  readonly urlTemplate: string;
  /** Every request so far, in order of arrival; empty without a log. */
  readonly requests: readonly TileRequest[];
  close(): Promise<void>;
}

/** Imitates the public bucket of elevation tiles on 127.0.0.1, on a port of its own. */
export async function startLoopbackTileServer(
  options: LoopbackTileServerOptions,
): Promise<LoopbackTileServer> {
  const requests: TileRequest[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let tileRequestCount = 0;

  const server = createServer((request, response) => {
    const url = request.url ?? "";
    const parsed = parseTilePath(url);
    if (options.keepLog !== false) {
      requests.push({ path: url, tile: parsed?.tile, headers: request.headers });
    }
    if (!parsed) {
      response.writeHead(404).end();
      return;
    }
    const fault = options.faults?.(tileRequestCount, parsed.tile, url) ?? {};
    tileRequestCount += 1;
    const answer = (): void => {
      respond(request, response, options.tiles, parsed, fault).catch(() => response.destroy());
    };
    if (fault.delayMs === undefined) {
      answer();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      answer();
    }, fault.delayMs);
    timers.add(timer);
  });

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was assigned");
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    urlTemplate: `${origin}/geotiff/{z}/{x}/{y}.tif`,
    requests,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface ParsedPath {
  readonly tile: TileId;
  readonly extension: string;
}

function parseTilePath(url: string): ParsedPath | undefined {
  const match = TILE_PATH.exec(url.split("?")[0]!);
  if (!match) return undefined;
  const [, z, x, y, extension] = match;
  return { tile: { z: Number(z), x: Number(x), y: Number(y) }, extension: extension! };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  tiles: LoopbackTileServerOptions["tiles"],
  { tile, extension }: ParsedPath,
  fault: TileFault,
): Promise<void> {
  if (fault.reset === true) {
    request.socket.resetAndDestroy();
    return;
  }
  const body = fault.body ?? (await loadTile(tiles, tile, extension));
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  const status = fault.status ?? (body === undefined ? 404 : range ? 206 : 200);
  const isSuccess = body !== undefined && (status === 200 || status === 206);
  const whole = isSuccess ? body : (fault.body ?? new Uint8Array());
  const full = whole.subarray(0, fault.shortenTo);
  const first = status === 206 && range ? Number(range[1]) : 0;
  const last = status === 206 && range && range[2] !== "" ? Number(range[2]) : full.length - 1;
  const sent = full.subarray(first, last + 1);
  const headers: Record<string, string> = {
    "content-type": isSuccess ? CONTENT_TYPES[extension]! : "application/xml",
    "accept-ranges": "bytes",
    "content-length": String(sent.length),
  };
  if (status === 206)
    headers["content-range"] = `bytes ${first}-${first + sent.length - 1}/${full.length}`;
  response.writeHead(status, { ...headers, ...fault.headers });
  if (fault.stallAfter !== undefined) {
    response.write(sent.subarray(0, fault.stallAfter));
    return;
  }
  if (fault.truncate === undefined) {
    response.end(sent);
    return;
  }
  // Destroying at once would drop the bytes that are still queued.
  response.write(sent.subarray(0, fault.truncate), () => response.destroy());
}

async function loadTile(
  tiles: LoopbackTileServerOptions["tiles"],
  { z, x, y }: TileId,
  extension: string,
): Promise<Uint8Array | undefined> {
  if (typeof tiles !== "string") return tiles.get(`${z}/${x}/${y}`);
  try {
    return await readFile(path.join(tiles, String(z), String(x), `${y}.${extension}`));
  } catch {
    return undefined;
  }
}
