import type { ElevationSummary, StandIn } from "./elevation-port.ts";
import { sha256Of } from "./sha256.ts";
import { corruptError } from "./tile-errors.ts";
import type { StoredTile } from "./tile-store.ts";

/** The tiles that one call of a sampler used. */
export interface UsedTiles {
  /**
   * Notes a tile; noting it again is harmless.
   *
   * @throws {ReasonError} `terrain_tile_corrupt` when it is not the tile that was noted before
   */
  add(tile: StoredTile): void;
  /** What the summary of the call says about tiles; the same for any order of notes. */
  summary(): Pick<ElevationSummary, "missingTiles" | "tilesSha256" | "standIns">;
}

/** Creates an empty list of used tiles. */
export function createUsedTiles(): UsedTiles {
  const hashOf = new Map<string, string | undefined>();
  const standInOf = new Map<string, StandIn>();
  return {
    add({ name, sha256, standIn }) {
      if (hashOf.has(name) && hashOf.get(name) !== sha256) {
        throw corruptError(name, "it changed while it was in use");
      }
      hashOf.set(name, sha256);
      if (standIn !== undefined) standInOf.set(name, standIn);
    },
    summary() {
      const missingTiles: string[] = [];
      const lines: string[] = [];
      for (const [name, sha256] of hashOf) {
        if (sha256 === undefined) missingTiles.push(name);
        else lines.push(`${name} ${sha256}\n`);
      }
      const tilesSha256 = lines.length === 0 ? "" : sha256Of(lines.sort().join(""));
      const standIns = [...standInOf]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([tile, standIn]) => ({ tile, standIn }));
      return {
        missingTiles: missingTiles.sort(),
        tilesSha256,
        ...(standIns.length === 0 ? {} : { standIns }),
      };
    },
  };
}
