import { ReasonError } from "@gradeway/reason-codes";

import type { AppDeps, ServedRegion } from "../app-deps.ts";

/**
 * The region being served.
 *
 * @throws {ReasonError} routing_graph_warming_up
 */
export function requireRegion(deps: AppDeps): ServedRegion {
  const region = deps.region();
  if (region === undefined) {
    throw new ReasonError("routing_graph_warming_up", "The region is still being loaded.", {});
  }
  return region;
}
