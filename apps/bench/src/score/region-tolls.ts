import {
  ALL_TABLES,
  type AssetTables,
  classifiedVehicle,
  resolveToll,
} from "@gradeway/model-assets";
import { type LabelledToll, PUBLISHED_TOLLS, type TolledRegion } from "@gradeway/quality-gates";

import type { ScoredRegion } from "./opened-region.ts";

type TollTables = Pick<AssetTables, "toll-topology" | "toll-tariffs" | "vehicle-profiles">;

/** What the tunnel of the sample region costs everybody. */
const SAMPLE_TOLLS: readonly LabelledToll[] = ["van-3.5t", "rigid-18t", "artic-40t"].map(
  (vehicle) => ({
    facility: "sample-ridge-tunnel",
    vehicle,
    on: "2026-06-01",
    currency: "EUR",
    amount: 18,
  }),
);

/**
 * Published passages: those of facilities that the region has are resolved with its tables, the others
 * with the tables that come with the product.
 */
export function tolledRegion({ bundle }: ScoredRegion): TolledRegion {
  const own = bundle.tables;
  const facilities = new Set(own["toll-topology"]?.map(({ id }) => id));
  const passages = [
    ...PUBLISHED_TOLLS,
    ...SAMPLE_TOLLS.filter(({ facility }) => facilities.has(facility)),
  ];
  return {
    passages,
    resolve: (passage) => {
      const tables: Partial<TollTables> = facilities.has(passage.facility) ? own : ALL_TABLES;
      return priceOf(tables, passage);
    },
  };
}

function priceOf(
  tables: Partial<TollTables>,
  { facility, vehicle, on, currency, account }: LabelledToll,
): number | undefined {
  const row = tables["vehicle-profiles"]?.find(({ id }) => id === vehicle);
  if (row === undefined) return undefined;
  const outcome = resolveToll(tables["toll-tariffs"] ?? [], facility, {
    on,
    currency,
    vehicle: classifiedVehicle(row),
    accounts: account === undefined ? [] : [account],
  });
  return "amount" in outcome ? outcome.amount : undefined;
}
