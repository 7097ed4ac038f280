import { type ReasonCode, ReasonError } from "@gradeway/reason-codes";

import type { RateRow } from "../change-figure.ts";
import { type FeedState, listFeedIds, readFeedOverlay, readFeedState } from "./feed-state.ts";

const DAY_MS = 86_400_000;

/** What is known of a feed; plain data. */
export interface FeedStatus {
  readonly id: string;
  readonly kind: string | null;
  /** Address without its query. */
  readonly location: string | null;
  /**
   * `fresh`; `expired`: in force, but older than allowed; `empty`: no rows yet; `damaged`: its files
   * are not as they were written, and its rows are not used.
   */
  readonly state: "fresh" | "expired" | "empty" | "damaged";
  /** The rows in force; null without any. */
  readonly inForce: {
    readonly sha256: string;
    /** ISO date of the newest row, its age in whole days, and the age that is allowed. */
    readonly asOf: string;
    readonly ageDays: number;
    readonly maxAgeDays: number;
    readonly rows: readonly Pick<RateRow, "id" | "area" | "value" | "unit" | "validFrom">[];
  } | null;
  readonly lastSuccessAt: string | null;
  readonly lastAttempt: FeedState["lastAttempt"] | null;
  /** What is damaged. */
  readonly reasonCode?: ReasonCode;
  readonly message?: string;
}

/**
 * Tells how every feed does that something is remembered of.
 *
 * @param folder - keeps the rows of all feeds
 * @param nowMs - milliseconds since 1970
 * @param ids - feeds to tell of; default: all that are there
 */
export async function feedStatus(
  folder: string,
  nowMs: number,
  ids?: readonly string[],
): Promise<readonly FeedStatus[]> {
  const all = ids ?? (await listFeedIds(folder));
  return Promise.all(all.map((id) => statusOf(folder, id, nowMs)));
}

async function statusOf(folder: string, id: string, nowMs: number): Promise<FeedStatus> {
  const nothing = { inForce: null, lastSuccessAt: null, lastAttempt: null };
  let state: FeedState | undefined;
  try {
    state = await readFeedState(folder, id);
    if (state === undefined) {
      return { id, kind: null, location: null, state: "empty", ...nothing };
    }
    const { kind, location, inForce, maxAgeDays, lastSuccessAt, lastAttempt } = state;
    const facts = { id, kind, location, lastSuccessAt, lastAttempt };
    if (inForce === null) return { ...facts, state: "empty", inForce };
    const { sha256, asOf } = inForce;
    const ageDays = Math.floor((nowMs - Date.parse(asOf)) / DAY_MS);
    const rows = (await readFeedOverlay(folder, state, sha256)).map(
      ({ id: row, area, value, unit, validFrom }) => ({
        id: row,
        ...(area === undefined ? {} : { area }),
        value,
        unit,
        validFrom,
      }),
    );
    return {
      ...facts,
      state: ageDays > maxAgeDays ? "expired" : "fresh",
      inForce: { sha256, asOf, ageDays, maxAgeDays, rows },
    };
  } catch (error) {
    if (!(error instanceof ReasonError)) throw error;
    const { kind = null, location = null } = state ?? {};
    const { reasonCode, message } = error;
    const attempts = state ?? nothing;
    return {
      id,
      kind,
      location,
      state: "damaged",
      inForce: null,
      lastSuccessAt: attempts.lastSuccessAt,
      lastAttempt: attempts.lastAttempt,
      reasonCode,
      message,
    };
  }
}
