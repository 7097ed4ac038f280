import { writeTerrainTile } from "@gradeway/test-kit";

import { createTileDecodePool } from "../../src/index.ts";

/** Decodes a tile on a thread and leaves without ending the pool. */
const id = { z: 11, x: 5, y: 1 };
const pool = createTileDecodePool({ threads: 2 });
const { grid } = await pool.decode(
  writeTerrainTile(id, () => 321),
  id,
);
console.log(grid[0], pool.stats().threads);
