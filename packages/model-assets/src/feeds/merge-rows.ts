import type { RateRow } from "../change-figure.ts";
import { lastDayOf } from "../schemas/dated-row.ts";
import { isRowOf } from "./read-feed-rows.ts";

const DAY_MS = 86_400_000;

/**
 * Lays live rows over the rows of a table. Of rows with the same id and area the one with the newer
 * date counts from that date on, and the older one ends the day before; on the same date the live
 * row counts.
 */
export function mergeRows(rows: readonly RateRow[], live: readonly RateRow[]): readonly RateRow[] {
  const touched = (row: RateRow): boolean => live.some((each) => isRowOf(each, row));
  const kept = rows.filter(
    (row) => !live.some((each) => isRowOf(each, row) && each.validFrom === row.validFrom),
  );
  const all = [...kept, ...live];
  return all.map((row) => {
    if (!touched(row)) return row;
    const next = all
      .filter((other) => isRowOf(other, row) && other.validFrom > row.validFrom)
      .reduce((first, { validFrom }) => (validFrom < first ? validFrom : first), "9999-12-31");
    if (next > lastDayOf(row) || next === "9999-12-31") return row;
    return { ...row, validTo: dayBefore(next) };
  });
}

function dayBefore(date: string): string {
  return new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10);
}
