import { defineCommand } from "citty";

import { parsePort, refuseUnknown } from "./command-arguments.ts";
import { localDirectory, openStore } from "./open-store.ts";
import { builtPage, serveRegion } from "./serve-region.ts";
import { tilesArgs } from "./terrain-arguments.ts";
import { trustArgs, trustOptions } from "./trust-arguments.ts";

const args = {
  region: {
    type: "string",
    required: true,
    valueHint: "DIR|URL",
    description: "Region: a directory, https:// or s3://",
  },
  port: { type: "string", default: "8080", description: "Port; 0 picks a free one" },
  host: { type: "string", default: "127.0.0.1", description: "Address to listen on" },
  feeds: { type: "string", valueHint: "FILE.json", description: "Feeds that bring live figures" },
  ...tilesArgs,
  ...trustArgs,
  strict: {
    type: "boolean",
    default: false,
    description: "Refuse a region with expired, synthetic or damaged data",
  },
} as const;

/** `gradeway serve` */
export const serveCommand = defineCommand({
  meta: { name: "gradeway serve", description: "Serve the HTTP API and the page over a region" },
  args,
  async run({ args: given }) {
    refuseUnknown(given, args);
    const { policy, ...trust } = await trustOptions(given);
    const server = await serveRegion({
      directory:
        localDirectory(given.region) ?? (await openStore("region", given.region, process.env)),
      trust: { ...trust, policy: { ...policy, strict: given.strict } },
      port: parsePort("port", given.port),
      host: given.host,
      feeds: given.feeds,
      tiles: given.tiles,
      tilesHost: given["tiles-host"],
      tilesAttribution: given["tiles-attribution"],
      environment: process.env,
    });
    const stop = (): void => void server.close();
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    process.on("SIGHUP", () => void server.refresh());
    try {
      await server.ready;
    } catch (error) {
      await server.close(0);
      throw error;
    }
    console.log(`Gradeway serves ${given.region} at ${server.url}`);
    if (builtPage() === undefined) console.log("The page is not built; `pnpm build` builds it.");
  },
});
