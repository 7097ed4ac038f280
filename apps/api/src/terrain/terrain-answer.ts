import { createWarning, ReasonError, type Warning } from "@gradeway/reason-codes";
import type { TerrainDiagnostics, UsedTile } from "@gradeway/terrain-tiles";

/** What weakens heights that were sampled: old tiles, and tiles of the signed snapshot. */
export function terrainWarnings({ tiles }: TerrainDiagnostics): Warning[] {
  const warnings: Warning[] = [];
  const stale = tiles.filter((tile) => tile.isStale);
  const signed = tiles.filter(({ tier }) => tier === "fallback");
  if (stale.length > 0) warnings.push(createWarning("terrain_tile_stale", namesOf(stale)));
  if (signed.length > 0) warnings.push(createWarning("terrain_fallback_used", namesOf(signed)));
  return warnings;
}

function namesOf(tiles: readonly UsedTile[]): { readonly tiles: readonly string[] } {
  return { tiles: tiles.map(({ tile }) => tile) };
}

/**
 * Runs terrain work for a client; one that leaves is no fault of the source.
 *
 * @throws {ReasonError} planner_stopped
 */
export async function whileClientWaits<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    throw new ReasonError("planner_stopped", "The client left.", {}, { cause: error });
  }
}
