import { open } from "node:fs/promises";
import path from "node:path";

import { ReasonError } from "@gradeway/reason-codes";
import { PassingFailure } from "@gradeway/terrain-tiles";

import {
  createSilenceTimer,
  type HttpClient,
  publicAddress,
  refusalOf,
  type SilenceTimer,
} from "../store/http-client.ts";
import { type FreeBytes, freeBytesOf, requireRoom } from "./disk-room.ts";
import {
  partOf,
  type PartialDownload,
  readPartial,
  type RemoteVersion,
  removePartial,
  writePartialState,
} from "./download-state.ts";
import { contentRangeOf, validatorOf, versionOf } from "./response-version.ts";

/** What to download, and where to. */
export interface DownloadOptions {
  readonly url: URL;
  /** Beside it lie what is needed to continue, and a note of where it came from. */
  readonly file: string;
  readonly client: HttpClient;
  /** Hash that the file must have. */
  readonly sha256?: string | undefined;
  /** Room that is needed beside the file, as a multiple of its size. Default 0. */
  readonly roomRatio?: number;
  /** Default: what the operating system says. */
  readonly freeBytes?: FreeBytes | undefined;
  readonly progress?: ((receivedBytes: number, totalBytes: number | null) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a request brought. */
export interface Receipt {
  /** `cut` when the connection broke after it brought something. */
  readonly outcome: "complete" | "cut" | "not_modified";
  /** Bytes of an earlier request that stay. */
  readonly keptBytes: number;
}

/**
 * Sends one request for the rest of a file, or for the whole of it, and writes what comes.
 *
 * @param present - version of the finished file that is there already
 * @throws {PassingFailure} when trying again may help
 * @throws {ReasonError} asset_fetch_failed, storage_insufficient
 */
export async function receivePart(
  options: DownloadOptions,
  present: RemoteVersion | undefined,
): Promise<Receipt> {
  const { url, file, client, signal } = options;
  const part = await readPartial(file, publicAddress(url));
  const validator = part.bytes > 0 ? validatorOf(part.version) : undefined;
  const timer = createSilenceTimer(client.timeoutMs, signal);
  try {
    const response = await client.fetch(url.href, {
      headers: {
        // Ranges of a compressed body would be other bytes.
        "accept-encoding": "identity",
        ...(validator === undefined
          ? conditionFor(present)
          : { range: `bytes=${part.bytes}-`, "if-range": validator }),
      },
      signal: timer.signal,
    });
    const isWanted =
      response.status === 200 ||
      (response.status === 206 && validator !== undefined && isRestOf(part, response));
    if (isWanted) return await writeBody(response, part, options, timer);
    // The connection is free again only when nobody waits for the body.
    await response.body?.cancel();
    if (response.status === 304 && present !== undefined) {
      return { outcome: "not_modified", keptBytes: 0 };
    }
    if (response.status !== 206 && response.status !== 416) throw refusalOf(response, url);
    await removePartial(file);
    throw new PassingFailure("the origin answered with another part than it was asked for");
  } finally {
    timer.stop();
  }
}

/** Asks for a file only if it is another version than the one that is there. */
function conditionFor(present: RemoteVersion | undefined): Record<string, string> {
  if (present === undefined) return {};
  const { etag, lastModified } = present;
  if (etag !== null) return { "if-none-match": etag };
  return lastModified === null ? {} : { "if-modified-since": lastModified };
}

function isRestOf({ bytes, version }: PartialDownload, response: Response): boolean {
  const range = contentRangeOf(response);
  return range?.first === bytes && range.totalBytes === version?.totalBytes;
}

async function writeBody(
  response: Response,
  part: PartialDownload,
  options: DownloadOptions,
  timer: SilenceTimer,
): Promise<Receipt> {
  const { url, file, freeBytes = freeBytesOf, roomRatio = 0 } = options;
  const offset = response.status === 206 ? part.bytes : 0;
  const version = response.status === 206 ? part.version! : versionOf(response);
  const { totalBytes } = version;
  if (totalBytes !== null) {
    const neededBytes = totalBytes - offset + roomRatio * totalBytes;
    await requireRoom(path.dirname(file), neededBytes, freeBytes);
  }
  // The note first: bytes without it are never continued.
  await writePartialState(file, publicAddress(url), version);
  const handle = await open(partOf(file), offset > 0 ? "r+" : "w");
  let at = offset;
  try {
    await handle.truncate(offset);
    for await (const chunk of response.body ?? []) {
      timer.heard();
      if (totalBytes !== null && at + chunk.length > totalBytes) break;
      await handle.write(chunk, 0, chunk.length, at);
      at += chunk.length;
      options.progress?.(at, totalBytes);
    }
  } catch (error) {
    if (error instanceof ReasonError || options.signal?.aborted === true) throw error;
    // A server that cannot continue a file would bring the same beginning again and again.
    if (at === offset || validatorOf(version) === undefined) throw error;
    return { outcome: "cut", keptBytes: offset };
  } finally {
    await handle.close();
  }
  if (totalBytes === null || at === totalBytes) {
    return { outcome: "complete", keptBytes: offset };
  }
  await removePartial(file);
  throw new PassingFailure("the answer has another length than it announced");
}
