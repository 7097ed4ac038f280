import { createDiskTileCache } from "../../src/cache/disk-tile-cache.ts";
import { versionOf } from "./cache-versions.ts";

/** Writes ever new versions of a few tiles until it is killed. */
const cache = createDiskTileCache({
  directory: process.argv[2]!,
  maxTiles: Number(process.argv[3]),
  maxBytes: 1e9,
  now: () => Date.now(),
});
process.stdout.write("writing\n");
for (let version = 0; ; version += 1) {
  const y = version % 40;
  await cache.put({ z: 11, x: y % 3, y }, versionOf(y, version));
  await cache.get({ z: 11, x: (y + 1) % 3, y: y + 1 });
}
