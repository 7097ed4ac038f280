import { ReasonError, type ReasonErrorData } from "@gradeway/reason-codes";

/** What a tonne of CO2e counts in money, where a request asks for it. */
export interface CarbonPrice {
  /** As the request names it; `request` where the request gives the number itself. */
  readonly name: string;
  /** Currency units of the region per tonne of CO2e, well to wheel. */
  readonly perTonne: number;
  /** Day from which the value holds; absent where the request gives it. */
  readonly validFrom?: string;
  /** Title of the publication; absent likewise. */
  readonly source?: string;
  /** Class of the figure, such as `official` or `derived`; absent likewise. */
  readonly provenance?: string;
}

/** Carbon prices of a region by name, each the price or why it cannot be used. */
export type CarbonPrices = Readonly<Record<string, CarbonPrice | ReasonErrorData>>;

/**
 * The carbon price that a request asks for; undefined when it asks for none.
 *
 * @param asked - a name, or currency units per tonne
 * @throws {ReasonError} carbon_price_unknown, and what the region says of a price that it cannot use:
 *   figure_not_in_force, figure_currency_mismatch
 */
export function carbonPriceOf(
  asked: string | number | undefined,
  known: CarbonPrices = {},
): CarbonPrice | undefined {
  if (asked === undefined) return undefined;
  if (typeof asked === "number") return { name: "request", perTonne: asked };
  const price = Object.hasOwn(known, asked) ? known[asked] : undefined;
  if (price === undefined) {
    const names = Object.keys(known).sort();
    throw new ReasonError(
      "carbon_price_unknown",
      `The region has no carbon price ${JSON.stringify(asked)}; it has ${names.join(", ") || "none"}.`,
      { carbonPrice: asked, known: names },
    );
  }
  if ("reasonCode" in price) throw ReasonError.fromJSON(price);
  return price;
}
