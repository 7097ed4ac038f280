import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { createDiskTileCache, parseTileId } from "@gradeway/terrain-tiles";
import { createSeededRandom } from "@gradeway/test-kit";

/**
 * Writes tiles of some folders into a cache directory, and reads them, until it is killed. Prints a
 * line for every ten writes.
 */
const [directory = "", maxTiles = "", maxBytes = "", seed = "", ...folders] = process.argv.slice(2);
const cache = createDiskTileCache({
  directory,
  maxTiles: Number(maxTiles),
  maxBytes: Number(maxBytes),
  now: () => Date.now(),
});
const files: { readonly file: string; readonly tile: string }[] = [];
for (const folder of folders) {
  for (const name of await readdir(folder, { recursive: true })) {
    const tile = /^(\d+\/\d+\/\d+)\.tif$/.exec(name.split(path.sep).join("/"))?.[1];
    if (tile !== undefined) files.push({ file: path.join(folder, name), tile });
  }
}
const random = createSeededRandom(Number(seed));
for (let written = 1; ; written += 1) {
  const { file, tile } = random.pick(files);
  await cache.put(parseTileId(tile), await readFile(file));
  await cache.get(parseTileId(random.pick(files).tile));
  if (written % 10 === 0) process.stdout.write("10\n");
}
