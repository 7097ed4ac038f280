import { isReasonError, ReasonError } from "@gradeway/reason-codes";
import type { z } from "zod";

import type { RateRow } from "../change-figure.ts";
import { type AssetTables, ASSET_SCHEMAS } from "../schemas/asset-kinds.ts";
import { dateOfRates, resolveRates } from "../resolve-rates.ts";
import { parseSchema } from "../schemas/parse-json.ts";
import { sha256Hex } from "../sha256.ts";
import { type HttpClient, publicAddress } from "../store/http-client.ts";
import { checkFeedRows, requireFeedFresh } from "./check-feed-rows.ts";
import { assetNameOf, type FeedDefinition } from "./feed-definition.ts";
import {
  definitionSha256,
  type FeedState,
  overlayBytes,
  readFeedOverlay,
  readFeedState,
  removeOldOverlays,
  writeFeedOverlay,
  writeFeedState,
} from "./feed-state.ts";
import { fetchFeed } from "./fetch-feed.ts";
import { mergeRows } from "./merge-rows.ts";
import { readFeedRows } from "./read-feed-rows.ts";

/** What a refresh needs. */
export interface RefreshFeedOptions {
  readonly feed: FeedDefinition;
  /** Folder that keeps the rows of all feeds of a region. */
  readonly folder: string;
  /** Currency of the region, and its tables as they were built. */
  readonly base: { readonly currency: string; readonly tables: AssetTables };
  /** Sends requests to the hosts that the feed allows. */
  readonly client: HttpClient;
  /** Clock in milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly signal?: AbortSignal;
}

/**
 * Asks a feed once. Rows that are well-formed, plausible and fresh are written and come into force;
 * whatever else happens leaves the rows in force as they are, and the state says what it was.
 *
 * @throws what the signal gives as its reason
 */
export async function refreshFeed(options: RefreshFeedOptions): Promise<FeedState> {
  const { feed, folder, nowMs, signal } = options;
  const held = await readHeld(options);
  const attempt = await attemptOf(options, held).catch((error: unknown) => {
    signal?.throwIfAborted();
    return error instanceof ReasonError ? error : notWritten(feed, error);
  });
  const at = new Date(nowMs()).toISOString();
  const facts = {
    format: 1,
    id: feed.id,
    kind: feed.kind,
    location: publicAddress(new URL(feed.url)),
    maxAgeDays: feed.maxAgeDays,
  } as const;
  const before = {
    definitionSha256: held.state?.definitionSha256 ?? definitionSha256(feed),
    inForce: held.state?.inForce ?? null,
    etag: held.state?.etag ?? null,
    lastSuccessAt: held.state?.lastSuccessAt ?? null,
  };
  if (attempt instanceof ReasonError) return remember(folder, refused(attempt));
  const isSame = attempt.inForce?.sha256 === before.inForce?.sha256;
  const outcome = isSame ? "unchanged" : "updated";
  const state: FeedState = {
    ...facts,
    ...attempt,
    definitionSha256: definitionSha256(feed),
    lastSuccessAt: at,
    lastAttempt: { at, outcome },
  };
  try {
    await writeFeedState(folder, state);
  } catch (error) {
    // The old state is still on disk, and with it the old rows are in force.
    return refused(notWritten(feed, error));
  }
  const kept = [state.inForce?.sha256, before.inForce?.sha256].filter((each) => each !== undefined);
  // What cannot be removed now is removed the next time.
  await removeOldOverlays(folder, feed.id, kept).catch(() => undefined);
  return state;

  function refused({ reasonCode, message }: ReasonError): FeedState {
    return { ...facts, ...before, lastAttempt: { at, outcome: "refused", reasonCode, message } };
  }
}

/** What is in force before a refresh. */
interface Held {
  readonly state?: FeedState;
  /** Absent when there are none, or they are damaged. */
  readonly rows?: readonly RateRow[];
}

async function readHeld({ feed, folder }: RefreshFeedOptions): Promise<Held> {
  try {
    const state = await readFeedState(folder, feed.id);
    if (state?.inForce === undefined || state.inForce === null) {
      return state === undefined ? {} : { state };
    }
    if (state.kind !== feed.kind) return {};
    try {
      return { state, rows: await readFeedOverlay(folder, state, state.inForce.sha256) };
    } catch (error) {
      if (!(error instanceof ReasonError)) throw error;
      return { state };
    }
  } catch (error) {
    // A state that cannot be understood is written anew with the next good rows.
    if (error instanceof ReasonError) return {};
    throw error;
  }
}

async function attemptOf(
  { feed, folder, base, client, nowMs, signal }: RefreshFeedOptions,
  { state, rows: heldRows }: Held,
): Promise<Pick<FeedState, "inForce" | "etag">> {
  const isKnown = heldRows !== undefined && state?.definitionSha256 === definitionSha256(feed);
  const answer = await fetchFeed(feed, client, isKnown ? state.etag : null, signal);
  if (answer === "not_modified") {
    const { inForce, etag } = state!;
    requireFeedFresh(feed, inForce!.asOf, nowMs());
    return { inForce, etag };
  }
  const rows = readFeedRows(feed, answer.bytes);
  const table = base.tables[feed.kind] ?? [];
  const asOf = checkFeedRows(feed, rows, {
    rows: mergeRows(table, heldRows ?? []),
    asOf: heldRows === undefined ? null : (state?.inForce?.asOf ?? null),
    nowMs: nowMs(),
  });
  requireUsable(feed, base, rows);
  const bytes = overlayBytes(feed, rows);
  await writeFeedOverlay(folder, feed.id, bytes);
  const sha256 = sha256Hex(bytes);
  return { inForce: { sha256, bytes: bytes.length, asOf }, etag: answer.etag };
}

/** Rows that the rates of the region could not be made from would only be refused by the loader. */
function requireUsable(
  feed: FeedDefinition,
  { currency, tables }: RefreshFeedOptions["base"],
  rows: readonly RateRow[],
): void {
  const schema = ASSET_SCHEMAS[feed.kind] as z.ZodType<readonly RateRow[]>;
  const merged = parseSchema(assetNameOf(feed), schema, mergeRows(tables[feed.kind] ?? [], rows));
  const all = { ...tables, [feed.kind]: merged };
  resolveRates(all, { on: dateOfRates(all), currency });
}

async function remember(folder: string, state: FeedState): Promise<FeedState> {
  // The attempt has failed already; that it cannot be noted changes nothing in force.
  await writeFeedState(folder, state).catch(() => undefined);
  return state;
}

function notWritten({ id }: FeedDefinition, cause: unknown): ReasonError {
  if (isReasonError(cause)) return cause;
  const problem = cause instanceof Error ? cause.message : String(cause);
  const message = `The rows of the feed ${id} could not be kept: ${problem}`;
  return new ReasonError("feed_not_kept", message, { feed: id, problem }, { cause });
}
