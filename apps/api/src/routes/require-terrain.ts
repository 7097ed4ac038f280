import { ReasonError } from "@gradeway/reason-codes";

import type { AppDeps } from "../app-deps.ts";
import type { ServedTerrain } from "../terrain/served-terrain.ts";

/**
 * The live terrain of the server.
 *
 * @throws {ReasonError} terrain_dem_asset_unavailable
 */
export function requireTerrain({ terrain }: AppDeps): ServedTerrain {
  if (terrain !== undefined) return terrain;
  const problem = "The server was started without elevation tiles.";
  throw new ReasonError("terrain_dem_asset_unavailable", problem, { source: "none", problem });
}
