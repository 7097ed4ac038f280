import { isInForce } from "./resolve-figure.ts";
import { coversWeek } from "./schemas/time-band.ts";
import type { TollTariffRow } from "./schemas/toll-tariffs.ts";
import { belongsTo, type ClassifiedVehicle } from "./schemas/vehicle-class.ts";

/** Which tolls are wanted. */
export interface TollQuery {
  /** ISO date. */
  readonly on: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly vehicle: ClassifiedVehicle;
  /** Accounts that pay; the price with an account wins over the price without. */
  readonly accounts?: readonly string[];
}

/**
 * Why a facility has no single price for a vehicle: no tariff at all, none for the day, the currency or
 * the class, or one that hangs on what the planner does not know yet.
 */
export type UnpricedReason =
  | "no_tariff"
  | "not_in_force"
  | "other_currency"
  | "vehicle_class"
  | "distance"
  | "gates"
  | "direction"
  | "time_of_day";

/** The price of a passage, or why there is none, with the span of prices that it may have. */
export type TollOutcome =
  | { readonly amount: number; readonly rows: readonly TollTariffRow[] }
  | { readonly unpriced: UnpricedReason; readonly range: readonly [number, number] | null };

/**
 * What one passage of a facility costs a vehicle, if that is one price at every hour and both ways.
 * Prices that hang on gates, hours or directions are told apart and not guessed.
 */
export function resolveToll(
  tariffs: readonly TollTariffRow[],
  facility: string,
  query: TollQuery,
): TollOutcome {
  let rows = tariffs.filter((row) => row.facility === facility);
  const narrow = (
    reason: UnpricedReason,
    keep: (row: TollTariffRow) => boolean,
  ): TollOutcome | undefined => {
    rows = rows.filter(keep);
    return rows.length === 0 ? { unpriced: reason, range: null } : undefined;
  };
  const none =
    narrow("no_tariff", () => true) ??
    narrow("not_in_force", (row) => isInForce(row, query.on)) ??
    narrow("other_currency", (row) => row.unit.startsWith(`${query.currency}/`)) ??
    narrow("vehicle_class", (row) => belongsTo(query.vehicle, row.vehicles));
  if (none !== undefined) return none;
  rows = withAccounts(rows, query.accounts ?? []);
  if (rows.length === 0) return { unpriced: "no_tariff", range: null };
  if (rows.some((row) => row.charge.by === "distance"))
    return { unpriced: "distance", range: null };
  const prices = rows.map((row) => row.value);
  const range = [Math.min(...prices), Math.max(...prices)] as const;
  if (rows.some((row) => row.charge.by !== "passage")) return { unpriced: "gates", range };
  if (!pricesBothWays(rows)) return { unpriced: "direction", range };
  if (!coversWeek(rows.map((row) => row.bands))) return { unpriced: "time_of_day", range };
  if (range[0] === range[1]) return { amount: range[0], rows };
  const hangsOnDirection = rows.some((row) => row.direction !== undefined);
  return { unpriced: hangsOnDirection ? "direction" : "time_of_day", range };
}

/** Rows without an account, save where an account of ours has a price for the same vehicles. */
function withAccounts(
  rows: readonly TollTariffRow[],
  accounts: readonly string[],
): TollTariffRow[] {
  const ours = rows.filter((row) => row.account !== undefined && accounts.includes(row.account));
  if (ours.length === 0) return rows.filter((row) => row.account === undefined);
  return [...ours, ...rows.filter((row) => row.account === undefined && row.free === true)];
}

function pricesBothWays(rows: readonly TollTariffRow[]): boolean {
  const directions = new Set(rows.map((row) => row.direction));
  return (
    directions.has(undefined) ||
    (directions.has("north") && directions.has("south")) ||
    (directions.has("east") && directions.has("west"))
  );
}
