import { ReasonError } from "@gradeway/reason-codes";

import { isInForce } from "./resolve-figure.ts";
import { datedRow, type DatedRow } from "./schemas/dated-row.ts";
import { issuesOf } from "./schemas/parse-json.ts";
import { tollTariff, type TollTariffRow } from "./schemas/toll-tariffs.ts";

/** A row whose value can be set. */
export type RateRow = DatedRow | TollTariffRow;

/** A figure that is to be replaced. */
export interface RateChange {
  /** Id of a row, or `toll.FACILITY` for one toll at all hours for every vehicle. */
  readonly id: string;
  readonly value: number;
  /** Where the new figure comes from; the row becomes an assumption. */
  readonly source: string;
}

/** A table with a figure replaced. */
export interface ChangedTable {
  readonly rows: readonly RateRow[];
  /** The rows that gave way. */
  readonly before: readonly RateRow[];
  readonly after: RateRow;
}

/**
 * Replaces the row of an id that holds on a day, or all rows of a toll facility by one.
 *
 * @param on - ISO date
 * @returns undefined when the table has no such row
 * @throws {ReasonError} request_invalid for a figure that cannot be, such as a negative price
 */
export function changeFigure(
  rows: readonly RateRow[],
  change: RateChange,
  on: string,
): ChangedTable | undefined {
  const before = rowsToReplace(rows, change.id, on);
  const [first] = before;
  if (first === undefined) return undefined;
  const after = changedRow(first, change);
  requireRow(after);
  const changed = rows.map((row) => (row === first ? after : row));
  return { rows: changed.filter((row) => !before.includes(row)), before, after };
}

function rowsToReplace(rows: readonly RateRow[], id: string, on: string): readonly RateRow[] {
  const named = rows.filter((row) => row.id === id);
  if (named.length > 0) return [named.find((row) => isInForce(row, on)) ?? named.at(-1)!];
  const ofFacility = rows.filter((row) => "facility" in row && id === `toll.${row.facility}`);
  const inForce = ofFacility.filter((row) => isInForce(row, on));
  return inForce.length > 0 ? inForce : ofFacility;
}

/** The row under the changed id; what it said of the old figure's origin goes. */
function changedRow(row: RateRow, { id, value, source }: RateChange): RateRow {
  const { publisher: _, reference: _r, section: _s, note: _n, ...rest } = row;
  const assumed = { id, value, source, provenance: "assumed" } as const;
  if (!("facility" in rest) || row.id === id) return { ...rest, ...assumed };
  const { bands: _b, direction: _d, account: _a, free: _f, ...toll } = rest;
  return {
    ...toll,
    ...assumed,
    vehicles: {},
    charge: { by: "passage" },
    unit: `${row.unit.split("/")[0]}/passage`,
  };
}

function requireRow(row: RateRow): void {
  const result = ("facility" in row ? tollTariff : datedRow).safeParse(row);
  if (result.success) return;
  const issues = issuesOf(result.error);
  const text = issues.map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`).join("; ");
  throw new ReasonError("request_invalid", `${row.id} cannot be changed so: ${text}.`, { issues });
}
