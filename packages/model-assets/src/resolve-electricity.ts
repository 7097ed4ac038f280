import { isReasonError, type ReasonErrorData } from "@gradeway/reason-codes";
import type { ElectricityRates } from "@gradeway/route-core";

import { figureOn, type FigureQuery } from "./resolve-figure.ts";
import type { AssetTables } from "./schemas/asset-kinds.ts";
import type { DatedRow } from "./schemas/dated-row.ts";

const GRID_UNIT = "kg CO2e/kWh";

/** What lies between the power station and the socket, and before it; not every country tells it. */
const GRID_ADDITIONS = ["grid.losses", "grid.generation-wtt", "grid.losses-wtt"] as const;

/** Price and emissions of a kilowatt-hour, and the rows that they were taken from. */
export interface ResolvedElectricity {
  /** Or why there are none: a region without them still plans for diesel vehicles. */
  readonly rates: ElectricityRates | ReasonErrorData;
  readonly used: readonly DatedRow[];
}

/**
 * Price at the depot and emissions of a kilowatt-hour. Nothing is burnt on the road, so everything from
 * the power station on, with the losses of the grid and what lies before, is well to tank.
 *
 * Grid rows of several countries may be in a region; those of the first one that has any count.
 *
 * @param countries - of the region, home first; by default those of the rows, in their order
 */
export function resolveElectricity(
  tables: Pick<AssetTables, "fuel-prices"> & Partial<Pick<AssetTables, "grid-intensity">>,
  countries: readonly string[] | undefined,
  ofPrice: FigureQuery,
  ofGrid: FigureQuery,
): ResolvedElectricity {
  const all = tables["grid-intensity"] ?? [];
  const grid = rowsOfHome(all, countries);
  try {
    const price = figureOn(tables["fuel-prices"], "electricity.depot", "/kWh", ofPrice);
    const parts = [figureOn(grid, "grid.generation", GRID_UNIT, ofGrid)];
    for (const id of GRID_ADDITIONS) {
      if (grid.some((row) => row.id === id)) parts.push(figureOn(grid, id, GRID_UNIT, ofGrid));
    }
    const wttKgPerKwh = parts.reduce((sum, { value }) => sum + value, 0);
    return { rates: { perKwh: price.value, wttKgPerKwh }, used: [price, ...parts] };
  } catch (error) {
    if (!isReasonError(error)) throw error;
    return { rates: error.toJSON(), used: [] };
  }
}

function rowsOfHome(
  rows: readonly DatedRow[],
  countries: readonly string[] | undefined,
): readonly DatedRow[] {
  const known = rows.filter(({ id }) => id === "grid.generation").map(({ area }) => area);
  // England is on the grid of Great Britain.
  const places = countries?.flatMap((one) => [one, one.slice(0, 2)]);
  const home = places === undefined ? known[0] : places.find((one) => known.includes(one));
  return rows.filter(({ area }) => area === home);
}
