import type { TollFacility } from "@gradeway/route-core";

import type { TollFacilityRow } from "./schemas/toll-topology.ts";

/** Toll facilities as the graph knows them: what tells their ways apart, without origin or gates. */
export function plannerTollFacilities(rows: readonly TollFacilityRow[]): TollFacility[] {
  return rows.map(({ id, name, near, radiusM, charged }) => ({ id, name, near, radiusM, charged }));
}
