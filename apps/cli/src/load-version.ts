import {
  createPlannerPool,
  createRoadTiles,
  type DemoTrip,
  type LoadedVersion,
  selfTestTrips,
  testPlanner,
} from "@gradeway/api";
import {
  activeDirectory,
  assetReport,
  type AssetStore,
  type LiveSource,
  openRegion,
  type OpenRegionOptions,
  type RegionBundle,
  sha256Hex,
} from "@gradeway/model-assets";
import { decodeGraph, roadFeatures } from "@gradeway/route-core";

/** What is loaded, and for whom. */
export interface LoadVersionOptions {
  /** A region directory, a region home, or a store that holds a region. */
  readonly directory: string | AssetStore;
  /** Which regions are trusted, and what is remembered of them. */
  readonly trust?: Pick<OpenRegionOptions, "policy" | "accepted"> | undefined;
  /** Live rows that are laid over the region. */
  readonly live?: LiveSource | undefined;
  readonly demo?: DemoTrip | undefined;
  readonly threads: number | undefined;
  readonly maxQueue: number | undefined;
  /** Memory for customised weights. */
  readonly weightsMaxBytes?: number | undefined;
}

/**
 * Loads what a directory or store holds now, with threads of its own.
 *
 * @throws {ReasonError} those of `openRegion` and of the planner
 */
export async function loadVersion(options: LoadVersionOptions): Promise<LoadedVersion> {
  const { directory, trust, live, demo, threads, maxQueue, weightsMaxBytes } = options;
  const store = typeof directory === "string" ? await activeDirectory(directory) : directory;
  const { accepted } = trust ?? {};
  let accept = (): Promise<void> => Promise.resolve();
  const bundle = await openRegion(store, {
    ...trust,
    ...(live === undefined ? {} : { live }),
    // A version that fails its test was never in use: it must not keep out the one before it.
    ...(accepted === undefined
      ? {}
      : {
          accepted: {
            read: (region) => accepted.read(region),
            write: async (region, manifest) => {
              accept = () => accepted.write(region, manifest);
            },
          },
        }),
  });
  const { region: regionData, manifestSha256 } = bundle;
  const graph = decodeGraph(regionData.graph);
  const roads = createRoadTiles(roadFeatures(graph));
  // Last: it has threads that somebody must end.
  const pool = await createPlannerPool({ regionData, threads, maxQueue, weightsMaxBytes });
  return {
    version: versionOf(bundle),
    region: {
      summary: pool.summary,
      planner: pool,
      costings: () => pool.costings(),
      roads,
      assets: () => assetReport(bundle, Date.now()),
      ...(demo === undefined ? {} : { demo }),
    },
    async selfTest() {
      await testPlanner({
        planner: pool,
        trips: [...(demo === undefined ? [] : [demo]), ...selfTestTrips(graph)],
        manifestSha256,
      });
      await accept();
    },
    close: (graceMs) => pool.close(graceMs),
  };
}

/** Hash of the manifest, followed by one of the live rows where there are any. */
function versionOf({ manifest, manifestSha256, region }: RegionBundle): string {
  const listed = new Set(manifest.assets.map(({ name }) => name));
  const live = Object.entries(region.provenance.assets).filter(([name]) => !listed.has(name));
  if (live.length === 0) return manifestSha256;
  return `${manifestSha256}+${sha256Hex(new TextEncoder().encode(live.flat().join(" ")))}`;
}
