import type { FeedStatus } from "@gradeway/model-assets";

import { textTable } from "./text-table.ts";

/** How feeds do, as a table for people. */
export function describeFeeds(feeds: readonly FeedStatus[]): string {
  if (feeds.length === 0) return "nothing is known of any feed";
  const head = ["feed", "state", "of", "last success", "last attempt", ""];
  return textTable([head, ...feeds.flatMap(rowsOf)]);
}

function rowsOf(feed: FeedStatus): string[][] {
  const { id, state, inForce, lastSuccessAt, lastAttempt } = feed;
  const facts = [
    id,
    state,
    inForce === null ? "-" : `${inForce.asOf} (${inForce.ageDays} of ${inForce.maxAgeDays} days)`,
    lastSuccessAt ?? "never",
    lastAttempt?.outcome ?? "none",
    feed.reasonCode ?? lastAttempt?.reasonCode ?? "",
  ];
  const rows = (inForce?.rows ?? []).map(({ id: row, area, value, unit, validFrom }) => [
    "",
    "",
    `${row}${area === undefined ? "" : ` ${area}`} ${value} ${unit} from ${validFrom}`,
  ]);
  const message = feed.message ?? lastAttempt?.message;
  return [facts, ...rows, ...(message === undefined ? [] : [["", "", message]])];
}
