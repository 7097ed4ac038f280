import { openTerrain, parseTerrainSettings, serve } from "@gradeway/api";

import { cpuMs } from "../cpu-time.ts";
import { openRegionApp, poolOf } from "../region-app.ts";
import type { ServerTiles } from "./server-process.ts";

/*
 * A server over one region in a process of its own: `server-child.ts DIR THREADS [TILES]`, forked, TILES
 * as JSON. It tells its address when it is ready, and its processor time whenever it is sent a message.
 * It ends with its parent.
 */
const [directory = "", threads = "1", tiles] = process.argv.slice(2);
const terrain = tiles === undefined ? {} : { terrain: await terrainOf(JSON.parse(tiles)) };
const { app } = await openRegionApp(directory, poolOf(Number(threads)), terrain);
const server = await serve({ app, port: 0 });
process.on("message", () => process.send?.({ cpuMs: cpuMs() }));
process.on("disconnect", () => process.exit(0));
process.send?.({ url: server.url });

function terrainOf({ urlTemplate, zoom, cacheDir }: ServerTiles) {
  const environment = {
    LIVE_TERRAIN_DEM_URL_TEMPLATE: urlTemplate,
    LIVE_TERRAIN_ALLOWED_HOSTS: new URL(urlTemplate.replaceAll(/[{}]/g, "")).host,
    LIVE_TERRAIN_TILE_ZOOM: String(zoom),
  };
  const settings = parseTerrainSettings(environment, { cacheDir });
  return openTerrain({ settings, now: () => Date.now() });
}
