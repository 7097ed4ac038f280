import { invalidAsset } from "../schemas/parse-json.ts";
import {
  createSilenceTimer,
  fetchFailed,
  type HttpClient,
  publicAddress,
  refusalOf,
} from "../store/http-client.ts";
import { readBody } from "../store/http-store.ts";
import { assetNameOf, type FeedDefinition } from "./feed-definition.ts";

/** Largest answer of a feed; nothing larger is read. */
const MAX_FEED_BYTES = 4 * 2 ** 20;

/** Time in milliseconds for a feed with all attempts, however slowly it drips. */
const MAX_FEED_MS = 120_000;

/** What a feed answered. */
export type FeedAnswer =
  | { readonly bytes: Uint8Array; readonly etag: string | null }
  /** The answer that the entity tag belongs to still holds. */
  | "not_modified";

/**
 * Asks a feed, with the tag of the answer in force when there is one.
 *
 * @throws {ReasonError} asset_fetch_failed, asset_source_resting, asset_host_not_allowed,
 *   asset_invalid for an answer that is too large
 */
export async function fetchFeed(
  feed: FeedDefinition,
  client: HttpClient,
  etag: string | null,
  signal?: AbortSignal,
): Promise<FeedAnswer> {
  const url = new URL(feed.url);
  const time = AbortSignal.timeout(MAX_FEED_MS);
  const limited = signal === undefined ? time : AbortSignal.any([signal, time]);
  const attempt = async (): Promise<FeedAnswer> => {
    const timer = createSilenceTimer(client.timeoutMs, limited);
    try {
      const response = await client.fetch(url.href, {
        headers: etag === null ? {} : { "if-none-match": etag },
        redirect: "follow",
        signal: timer.signal,
      });
      if (response.status === 200) {
        const bytes = await readBody(response, MAX_FEED_BYTES, timer);
        if (bytes !== "too_large") return { bytes, etag: response.headers.get("etag") };
        const message = `larger than ${MAX_FEED_BYTES} bytes`;
        throw invalidAsset(assetNameOf(feed), [{ pointer: "", message }]);
      }
      await response.body?.cancel();
      if (response.status === 304 && etag !== null) return "not_modified";
      throw refusalOf(response, url);
    } finally {
      timer.stop();
    }
  };
  try {
    return await client.run(url, attempt, limited);
  } catch (error) {
    if (signal?.aborted === true || !time.aborted) throw error;
    const problem = `the answer took longer than ${MAX_FEED_MS / 1000} s`;
    throw fetchFailed(publicAddress(url), 1, problem, undefined, error);
  }
}
