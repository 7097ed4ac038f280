import { ReasonError } from "@gradeway/reason-codes";

import type { RateRow } from "../change-figure.ts";
import { isInForce } from "../resolve-figure.ts";
import { newestStart } from "../resolve-rates.ts";
import { invalidAsset } from "../schemas/parse-json.ts";
import { assetNameOf, type FeedDefinition } from "./feed-definition.ts";
import { implausible, isRowOf } from "./read-feed-rows.ts";

const DAY_MS = 86_400_000;

/** Days by which a date may lie ahead: the source's day may have begun where ours has not. */
const SKEW_DAYS = 1;

/** What rows of a feed are measured by. */
export interface RowsInForce {
  /** The table with the live rows in force. */
  readonly rows: readonly RateRow[];
  /** Date of the live rows in force; null without any. */
  readonly asOf: string | null;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * Decides whether rows of a feed may replace those in force.
 *
 * @returns the date of the rows
 * @throws {ReasonError} asset_invalid for another unit or a row that the region lacks,
 *   feed_figure_implausible, feed_data_future, feed_data_expired, feed_data_outdated
 */
export function checkFeedRows(
  feed: FeedDefinition,
  fresh: readonly RateRow[],
  { rows, asOf, nowMs }: RowsInForce,
): string {
  const unitIssues: { pointer: string; message: string }[] = [];
  const valueIssues: { pointer: string; message: string }[] = [];
  for (const [index, row] of fresh.entries()) {
    const known = rows.filter((each) => isRowOf(each, row));
    const current = known.find((each) => isInForce(each, row.validFrom)) ?? known.at(-1);
    if (current === undefined) {
      unitIssues.push({ pointer: `/${index}/id`, message: `the region has no row ${row.id}` });
      continue;
    }
    if (row.unit !== current.unit) {
      const message = `${row.id} is in ${row.unit}, not in ${current.unit}`;
      unitIssues.push({ pointer: `/${index}/unit`, message });
      continue;
    }
    const problem = problemOf(feed, row, current);
    if (problem !== undefined) valueIssues.push({ pointer: `/${index}/value`, message: problem });
  }
  if (unitIssues.length > 0) throw invalidAsset(assetNameOf(feed), unitIssues);
  if (valueIssues.length > 0) throw implausible(feed, valueIssues);
  for (const target of feed.targets) {
    const newest = newestStart(fresh.filter((row) => isRowOf(target, row)));
    requireNotFuture(feed, newest, nowMs);
    requireFeedFresh(feed, newest, nowMs);
    // An older row of the same feed and a row of the region that is newer are both old news.
    const held = newestStart(rows.filter((row) => isRowOf(target, row)));
    if (newest < held) throw outdated(feed, newest, held);
  }
  const date = newestStart(fresh);
  if (asOf !== null && date < asOf) throw outdated(feed, date, asOf);
  return date;
}

/**
 * Refuses data that are older than a feed allows.
 *
 * @throws {ReasonError} feed_data_expired
 */
export function requireFeedFresh(feed: FeedDefinition, asOf: string, nowMs: number): void {
  const ageDays = ageInDays(asOf, nowMs);
  const { id, maxAgeDays } = feed;
  if (ageDays <= maxAgeDays) return;
  throw new ReasonError(
    "feed_data_expired",
    `The feed ${id} brought figures of ${asOf}, ${ageDays} days ago; ${maxAgeDays} are allowed.`,
    { feed: id, asOf, ageDays, maxAgeDays },
  );
}

function problemOf(feed: FeedDefinition, row: RateRow, current: RateRow): string | undefined {
  const target = feed.targets.find((each) => isRowOf(each, row))!;
  const { min, max, maxChangeRatio } = target;
  if (row.value < min || row.value > max) {
    return `${row.id} of ${row.value} ${row.unit}: expected ${min} to ${max}`;
  }
  const change = Math.abs(row.value - current.value);
  // Without a slack, 10 % of 1.2 would not be 10 %.
  if (change <= current.value * maxChangeRatio + 1e-9) return undefined;
  const percent = Math.round(maxChangeRatio * 100);
  return `${row.id} of ${row.value} ${row.unit} lies more than ${percent} % from ${current.value}`;
}

function requireNotFuture({ id }: FeedDefinition, asOf: string, nowMs: number): void {
  if (ageInDays(asOf, nowMs) >= -SKEW_DAYS) return;
  const today = new Date(nowMs).toISOString().slice(0, 10);
  throw new ReasonError(
    "feed_data_future",
    `The feed ${id} brought figures of ${asOf}, and today is ${today}.`,
    { feed: id, asOf, today },
  );
}

function outdated(
  { id }: FeedDefinition,
  asOf: string,
  heldAsOf: string,
): ReasonError<"feed_data_outdated"> {
  const message = `The feed ${id} brought figures of ${asOf}; those in force are of ${heldAsOf}.`;
  return new ReasonError("feed_data_outdated", message, { feed: id, asOf, heldAsOf });
}

function ageInDays(date: string, nowMs: number): number {
  return Math.floor((nowMs - Date.parse(date)) / DAY_MS);
}
