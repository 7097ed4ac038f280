import { openRegion, type RateTables, resolveRates } from "@gradeway/model-assets";
import { replaceTable } from "@gradeway/test-kit";

import type { ProvocationStand } from "./provocation-stand.ts";

/** What is changed of the price of diesel. */
interface DieselChange {
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly unit?: string;
}

/** Prices that a region cannot be costed with. */
export function figureProvocations(stand: ProvocationStand) {
  return {
    figure_missing: () => openPriced(stand, undefined),
    figure_not_in_force: () =>
      openPriced(stand, { validFrom: "2020-01-01", validTo: "2020-12-31" }),
    figure_stale: async () => resolveMuchLater(stand),
    figure_currency_mismatch: () => openPriced(stand, { unit: "GBP/l" }),
  };
}

/** Rates that are asked for years after the prices were set. */
function resolveMuchLater({ bundle: { manifest, tables } }: ProvocationStand): unknown {
  const { currency, countries } = manifest;
  const query = { on: "2036-01-01", currency, countries, strict: true };
  return resolveRates(tables as RateTables, query);
}

/** Opens a region whose diesel has another price, or none. */
async function openPriced(
  stand: ProvocationStand,
  change: DieselChange | undefined,
): Promise<unknown> {
  const directory = await stand.copyRegion();
  await replaceTable(directory, "fuel-prices", (rows: readonly { readonly id: string }[]) => {
    const diesel = rows.find(({ id }) => id === "fuel.diesel");
    const others = rows.filter(({ id }) => id !== "fuel.diesel");
    return change === undefined ? others : [...others, { ...diesel, ...change }];
  });
  return openRegion(directory);
}
