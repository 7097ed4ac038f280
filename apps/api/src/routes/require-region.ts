import { ReasonError } from "@gradeway/reason-codes";

import type { Context } from "hono";

import type { AppEnv, ServedRegion } from "../app-deps.ts";

/**
 * The region that a request is answered from.
 *
 * @throws {ReasonError} routing_graph_warming_up
 */
export function requireRegion(context: Context<AppEnv>): ServedRegion {
  const region = context.get("region");
  if (region === undefined) {
    throw new ReasonError("routing_graph_warming_up", "The region is still being loaded.", {});
  }
  return region;
}
