import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { osmSourceFromBytes } from "@gradeway/route-core";
import { networkFromAscii, writeOsmPbf } from "@gradeway/test-kit";

import { buildRegion, type BuildRegionOptions, sha256Hex } from "../src/index.ts";

/** A directory that is removed when the test is over. */
export async function withTemporaryDirectory<T>(
  run: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "gradeway-region-"));
  try {
    return await run(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const NETWORK = networkFromAscii(
  `
  A----B----C
  |    |    |
  D----E----F
`,
  {
    ways: {
      ABC: { highway: "primary" },
      DEF: { highway: "secondary" },
      AD: {},
      BE: { highway: "residential" },
      CF: { maxweight: "7.5" },
    },
  },
);

/** Builds a region of six junctions without elevation. */
export async function buildSmallRegion(
  directory: string,
  options: Partial<BuildRegionOptions> = {},
): Promise<{ position: (name: string) => [number, number] }> {
  const pbf = writeOsmPbf(NETWORK.dataset);
  await buildRegion({
    directory,
    name: "small",
    osm: osmSourceFromBytes(pbf),
    osmInput: { name: "small.osm.pbf", sha256: sha256Hex(pbf) },
    ...options,
  });
  return { position: (name) => [...NETWORK.position(name)] as [number, number] };
}
