import path from "node:path";

import {
  createHttpClient,
  createHttpStore,
  downloadFile,
  type HttpClientOptions,
  openRegion,
} from "@gradeway/model-assets";
import { createSafeFetch } from "@gradeway/terrain-tiles";
import { type FileFault, startLoopbackFileServer } from "@gradeway/test-kit";

import type { ProvocationStand } from "./provocation-stand.ts";

/** Where the server of the region has it. */
const REGION_PATH = "/region/";
/** A host that is reached by nobody. */
const ELSEWHERE = "https://files.example/region/";

/** Regions and files that cannot be fetched, and disks that cannot hold them. */
export function downloadProvocations(stand: ProvocationStand) {
  return {
    asset_fetch_failed: async () => openServed(stand, { status: 403 }),
    asset_source_resting: async () =>
      openServed(stand, { status: 500 }, { retries: 3, breakerFailures: 2 }),
    asset_host_not_allowed: async () => {
      const { client } = await openFiles(stand);
      return openRegion(createHttpStore(new URL(ELSEWHERE), client));
    },
    storage_insufficient: async () => {
      const { origin, client } = await openFiles(stand);
      return downloadFile({
        url: new URL(`${REGION_PATH}manifest.json`, origin),
        file: path.join(await stand.newDirectory(), "manifest.json"),
        client,
        freeBytes: () => Promise.resolve(0),
      });
    },
  };
}

/** Opens the region from a server on this machine whose answers a fault spoils. */
async function openServed(
  stand: ProvocationStand,
  fault: FileFault,
  options: Partial<HttpClientOptions> = {},
): Promise<unknown> {
  const { origin, client } = await openFiles(stand, fault, options);
  return openRegion(createHttpStore(new URL(REGION_PATH, origin), client));
}

async function openFiles(
  stand: ProvocationStand,
  fault?: FileFault,
  options: Partial<HttpClientOptions> = {},
) {
  const files = path.dirname(stand.directory);
  const server = await startLoopbackFileServer({ files, faults: () => fault });
  stand.atEnd(() => server.close());
  const fetch = createSafeFetch({ allowedHosts: [server.host], allowLoopback: "named" });
  stand.atEnd(() => fetch.close());
  return {
    origin: server.origin,
    client: createHttpClient({ fetch, retryDelayMs: 1, ...options }),
  };
}
