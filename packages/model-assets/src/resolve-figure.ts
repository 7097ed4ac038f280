import { ReasonError } from "@gradeway/reason-codes";

import { lastDayOf, type DatedRow, type RowOrigin } from "./schemas/dated-row.ts";

/** A day for which figures are wanted, and how much is asked of them. */
export interface FigureQuery {
  /** ISO date. */
  readonly on: string;
  /** ISO 4217; figures of money must be in it. */
  readonly currency: string;
  /** Refuses an open-ended row that is older than this; absent: any age will do. */
  readonly maxAgeDays?: number;
}

const DAY_MS = 86_400_000;

/** Whether a row holds on a day, first and last day included. */
export function isInForce(row: RowOrigin, on: string): boolean {
  return row.validFrom <= on && on <= lastDayOf(row);
}

/**
 * The row of an id that holds on a day. A row of a place wins over one of everywhere.
 *
 * @param per - what the figure is in, after the currency where it is money: `/l`, or `kg CO2e/l`
 * @throws {ReasonError} figure_missing, figure_not_in_force, figure_currency_mismatch, figure_stale,
 *   asset_invalid when the row is in another unit
 */
export function figureOn(
  rows: readonly DatedRow[],
  id: string,
  per: string,
  query: FigureQuery,
): DatedRow {
  const { on, currency } = query;
  const named = rows.filter((row) => row.id === id);
  if (named.length === 0) {
    throw new ReasonError("figure_missing", `The region has no figure ${id}.`, { figure: id });
  }
  const inForce = named.filter((row) => isInForce(row, on));
  const row = inForce.find(({ area }) => area !== undefined) ?? inForce[0];
  if (row === undefined) throw notInForce(id, named, on);
  const isMoney = per.startsWith("/");
  const unit = isMoney ? `${currency}${per}` : per;
  if (row.unit !== unit) {
    if (isMoney && row.unit.endsWith(per)) throw otherCurrency(row, currency);
    throw invalidUnit(row, unit);
  }
  requireFresh(row, query);
  return row;
}

/**
 * Refuses a row that has no end and is older than the query allows. Rows with an end are fresh until
 * then.
 *
 * @throws {ReasonError} figure_stale
 */
export function requireFresh(row: RowOrigin, { on, maxAgeDays }: FigureQuery): void {
  if (maxAgeDays === undefined || row.validTo !== undefined) return;
  const ageDays = Math.floor((Date.parse(on) - Date.parse(row.validFrom)) / DAY_MS);
  if (ageDays <= maxAgeDays) return;
  throw new ReasonError(
    "figure_stale",
    `The figure ${row.id} is of ${row.validFrom}, ${ageDays} days before ${on}; ${maxAgeDays} are allowed.`,
    { figure: row.id, validFrom: row.validFrom, on, ageDays, maxAgeDays },
  );
}

/** The error of a figure that has rows, but none that holds on the day. */
export function notInForce(
  id: string,
  rows: readonly RowOrigin[],
  on: string,
): ReasonError<"figure_not_in_force"> {
  const periods = rows.map(({ validFrom, validTo }) => `${validFrom}/${validTo ?? ".."}`);
  return new ReasonError(
    "figure_not_in_force",
    `No row of ${id} holds on ${on}; there are rows for ${periods.join(", ")}.`,
    { figure: id, on, periods },
  );
}

function otherCurrency(row: DatedRow, currency: string): ReasonError<"figure_currency_mismatch"> {
  return new ReasonError(
    "figure_currency_mismatch",
    `The figure ${row.id} is in ${row.unit}, and the region counts in ${currency}.`,
    { figure: row.id, unit: row.unit, currency },
  );
}

function invalidUnit(row: DatedRow, unit: string): ReasonError<"asset_invalid"> {
  const message = `the unit is ${row.unit}, not ${unit}`;
  return new ReasonError("asset_invalid", `The figure ${row.id} cannot be used: ${message}.`, {
    asset: "rates",
    issues: [{ pointer: `/${row.id}`, message }],
  });
}
