import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import {
  type LoopbackTileServer,
  type LoopbackTileServerOptions,
  networkFromAscii,
  startLoopbackTileServer,
  terrainTilesFor,
  writeOsmPbf,
} from "@gradeway/test-kit";

import { type CliRun, runCli } from "./run-cli.ts";

const METRES_PER_DEGREE = 111_195;
/** Ground that rises and falls by 100 m over 6 km. */
const heightAt = (lon: number, lat: number): number =>
  1000 + 50 * Math.sin((lon * METRES_PER_DEGREE) / 1000) + 10 * Math.cos(lat * 900);

/** A road of 30 km over several tiles, as a region in a directory of its own. */
export interface LongRoad {
  readonly directory: string;
  readonly region: string;
  /** Tiles by "z/x/y". */
  readonly tiles: ReadonlyMap<string, Uint8Array>;
  /** The same tiles in a directory. */
  readonly tilesDir: string;
  readonly from: string;
  readonly to: string;
  remove(): Promise<void>;
}

export async function buildLongRoad(): Promise<LongRoad> {
  const directory = await mkdtemp(join(tmpdir(), "gradeway-long-road-"));
  const network = networkFromAscii("A----B----C", {
    ways: { ABC: { highway: "primary" } },
    origin: [1.5, 42.5],
    gridM: 3000,
  });
  const [west, south] = network.position("A");
  const [east, north] = network.position("C");
  const tiles = new Map(
    terrainTilesFor([west - 0.05, south - 0.05, east + 0.05, north + 0.05], 11, heightAt).map(
      ({ id, bytes }) => [`${id.z}/${id.x}/${id.y}`, bytes],
    ),
  );
  const tilesDir = join(directory, "tiles");
  for (const [name, bytes] of tiles) {
    const file = join(tilesDir, `${name}.tif`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  const osm = join(directory, "road.osm.pbf");
  await writeFile(osm, writeOsmPbf(network.dataset));
  const region = join(directory, "region");
  const args = ["--osm", osm, "--tiles", tilesDir, "--out", region, "--strict"];
  const built = await runCli(["region", "build", ...args]);
  if (built.code !== 0) throw new Error(built.stderr);
  return {
    directory,
    region,
    tiles,
    tilesDir,
    from: network.position("A").join(","),
    to: network.position("C").join(","),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Runs the command with live tiles from a server that does as it is told. */
export type RunWithTiles = (
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
) => Promise<CliRun>;

export async function withTileServer(
  options: LoopbackTileServerOptions,
  work: (run: RunWithTiles, server: LoopbackTileServer) => Promise<void>,
): Promise<void> {
  const server = await startLoopbackTileServer(options);
  const environment = {
    LIVE_TERRAIN_DEM_URL_TEMPLATE: server.urlTemplate,
    LIVE_TERRAIN_ALLOWED_HOSTS: new URL(server.origin).host,
    LIVE_TERRAIN_FETCH_RETRIES: "0",
  };
  try {
    await work((args, env) => runCli(args, { ...environment, ...env }), server);
  } finally {
    await server.close();
  }
}
