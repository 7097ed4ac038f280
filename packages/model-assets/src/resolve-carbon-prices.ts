import { isReasonError } from "@gradeway/reason-codes";
import type { CarbonPrices } from "@gradeway/route-core";

import { figureOn, type FigureQuery } from "./resolve-figure.ts";
import type { DatedRow } from "./schemas/dated-row.ts";

/** Before the name of a carbon price in the ids of its rows. */
const PREFIX = "carbon.";

/**
 * The carbon prices of a day by name (`desnz-central` for the rows `carbon.desnz-central`). A price
 * that does not hold on the day or is in another currency stands there as the error that a request for
 * it gets: nobody else needs it.
 *
 * @throws {ReasonError} asset_invalid when a row is in another unit than money per tonne
 */
export function resolveCarbonPrices(rows: readonly DatedRow[], query: FigureQuery): CarbonPrices {
  const ids = new Set(rows.map(({ id }) => id).filter((id) => id.startsWith(PREFIX)));
  const prices: Record<string, CarbonPrices[string]> = {};
  for (const id of ids) {
    const name = id.slice(PREFIX.length);
    try {
      const { value, validFrom, source, provenance } = figureOn(rows, id, "/t", query);
      prices[name] = { name, perTonne: value, validFrom, source, provenance };
    } catch (error) {
      if (!isReasonError(error) || error.reasonCode === "asset_invalid") throw error;
      prices[name] = error.toJSON();
    }
  }
  return prices;
}
