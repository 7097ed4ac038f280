/*
 * Packs the libraries, installs the tarballs into an empty project, plans a trip there and decodes an
 * elevation tile on a thread: what a user gets from the registry must work without this repository. Needs `pnpm build` before.
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { networkFromAscii, writeOsmPbf, writeTerrainTile } from "@gradeway/test-kit";

const LIBRARIES = [
  "reason-codes",
  "pareto",
  "terrain-tiles",
  "route-core",
  "model-assets",
  "quality-gates",
] as const;

const PROGRAM = `
import { readFile } from "node:fs/promises";
import { buildRegion, loadRegion, sha256Hex } from "@gradeway/model-assets";
import { paretoFilter } from "@gradeway/pareto";
import * as gates from "@gradeway/quality-gates";
import { isReasonError } from "@gradeway/reason-codes";
import { createRoutePlanner, osmSourceFromBytes } from "@gradeway/route-core";
import { exactSearch } from "@gradeway/route-core/search";
import { createTileDecodePool, openLiveTerrain, parseLiveTerrainSettings } from "@gradeway/terrain-tiles";
import * as terrain from "@gradeway/terrain-tiles";

const pbf = await readFile("net.osm.pbf");
await buildRegion({
  directory: "region", name: "packed", osm: osmSourceFromBytes(pbf),
  osmInput: { name: "net.osm.pbf", sha256: sha256Hex(pbf) },
});
const planner = createRoutePlanner(await loadRegion("region"), { now: () => performance.now() });
const [from, to] = JSON.parse(await readFile("trip.json", "utf8"));
const answer = planner.planPareto({ origin: from, destination: to, epsilon: 0 });
if (answer.routes.length === 0) throw new Error("no route");
for (const thing of [paretoFilter, isReasonError, exactSearch, terrain.createMemoryTileSource]) {
  if (typeof thing !== "function") throw new Error("an export is missing");
}
const tile = await readFile("tile.tif");
const pool = createTileDecodePool({ threads: 1 });
const { grid } = await pool.decode(tile, { z: 11, x: 1032, y: 755 });
if (pool.stats().threads !== 1) throw new Error("the tile was not decoded on a thread");
await pool.close();
const live = await openLiveTerrain(parseLiveTerrainSettings({ urlTemplate: "" }), {
  now: () => Date.now(),
  source: terrain.createMemoryTileSource(new Map([["11/1032/755", tile]])),
});
const heightM = new Float64Array(1);
await live.begin({ strict: true }).sampler.sample(new Float64Array([1.5, 42.56]), heightM);
if (grid[0] !== 321 || heightM[0] !== 321) throw new Error("a tile has wrong heights");
await live.close();
if (Object.keys(gates).length === 0) throw new Error("quality-gates exports nothing");
console.log("packed libraries plan", answer.routes.length, "routes");
`;

const root = fileURLToPath(new URL("..", import.meta.url));
const directory = await mkdtemp(path.join(tmpdir(), "gradeway-packed-"));
try {
  for (const name of LIBRARIES) {
    const cwd = path.join(root, "packages", name);
    execFileSync("pnpm", ["pack", "--pack-destination", directory], { cwd, stdio: "pipe" });
  }
  const tarballs = (await readdir(directory)).filter((file) => file.endsWith(".tgz"));
  const local = Object.fromEntries(
    LIBRARIES.map((name) => {
      const file = tarballs.find((tarball) => tarball.startsWith(`gradeway-${name}-`));
      if (file === undefined) throw new Error(`no tarball of ${name}`);
      return [`@gradeway/${name}`, `file:${file}`];
    }),
  );
  const manifest = { private: true, type: "module", dependencies: local, overrides: local };
  await writeFile(path.join(directory, "package.json"), JSON.stringify(manifest));
  const network = networkFromAscii("A---B---C", { ways: { ABC: {} } });
  await writeFile(path.join(directory, "net.osm.pbf"), writeOsmPbf(network.dataset));
  const trip = [network.position("A"), network.position("C")];
  await writeFile(path.join(directory, "trip.json"), JSON.stringify(trip));
  const tile = writeTerrainTile({ z: 11, x: 1032, y: 755 }, () => 321);
  await writeFile(path.join(directory, "tile.tif"), tile);
  await writeFile(path.join(directory, "program.js"), PROGRAM);
  const npm = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", npm, { cwd: directory, stdio: "inherit" });
  execFileSync(process.execPath, ["program.js"], { cwd: directory, stdio: "inherit" });
} finally {
  await rm(directory, { recursive: true, force: true });
}
