import type { AssetStore, StoredFile } from "./asset-store.ts";
import {
  createSilenceTimer,
  type HttpClient,
  publicAddress,
  refusalOf,
  type SilenceTimer,
} from "./http-client.ts";

/** Headers of one request; asked for at every attempt, because signatures bear a time. */
export type HeadersOf = (url: URL) => Promise<Readonly<Record<string, string>>>;

/** Options of {@link createHttpStore}. */
export interface HttpStoreOptions {
  /** For messages. Default: the address without its query. */
  readonly location?: string;
  readonly headersOf?: HeadersOf;
  /** Whether redirects are followed, each hop checked by the client's fetch. Default true. */
  readonly followsRedirects?: boolean;
}

/**
 * Creates a store over files below an address: `https://example.org/andorra/` holds
 * `https://example.org/andorra/manifest.json`. A status of 404 or 410 means that there is no file.
 */
export function createHttpStore(
  base: URL,
  client: HttpClient,
  options: HttpStoreOptions = {},
): AssetStore {
  const { headersOf = () => Promise.resolve({}), followsRedirects = true } = options;
  const root = new URL(base);
  if (!root.pathname.endsWith("/")) root.pathname += "/";

  async function readOnce(url: URL, maxBytes: number, signal?: AbortSignal): Promise<StoredFile> {
    const timer = createSilenceTimer(client.timeoutMs, signal);
    try {
      const response = await client.fetch(url.href, {
        headers: await headersOf(url),
        redirect: followsRedirects ? "follow" : "manual",
        signal: timer.signal,
      });
      if (response.status === 200) return await readBody(response, maxBytes, timer);
      // The connection is free again only when nobody waits for the body.
      await response.body?.cancel();
      if (response.status === 404 || response.status === 410) return "missing";
      throw refusalOf(response, url);
    } finally {
      timer.stop();
    }
  }

  return {
    location: options.location ?? publicAddress(root),
    async read(path, { maxBytes, signal }) {
      const url = new URL(path, root);
      // A query may hold an access token for everything below the address.
      url.search = root.search;
      return client.run(url, () => readOnce(url, maxBytes, signal), signal);
    },
  };
}

/** Reads a body to its end, or until it is larger than allowed. */
export async function readBody(
  response: Response,
  maxBytes: number,
  timer: SilenceTimer,
): Promise<Uint8Array<ArrayBuffer> | "too_large"> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  // The stated length is not trusted: it may be absent, and it does not count what gzip unpacks to.
  for await (const chunk of response.body ?? []) {
    timer.heard();
    sizeBytes += chunk.length;
    // Leaving the loop cancels the rest of the body.
    if (sizeBytes > maxBytes) return "too_large";
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
