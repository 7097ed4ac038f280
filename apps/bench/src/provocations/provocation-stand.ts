import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { buildRegion, openRegion, type RegionBundle, sha256Hex } from "@gradeway/model-assets";
import { osmSourceFromBytes, type RoutePlanner } from "@gradeway/route-core";
import { type AsciiNetwork, networkFromAscii, writeOsmPbf } from "@gradeway/test-kit";

/** Puts something between a planner and what asks it. */
export type WrapPlanner = (planner: RoutePlanner) => RoutePlanner;

/** A small region and room for broken copies of it. */
export interface ProvocationStand {
  /** The region as it was built; nobody changes its files. */
  readonly directory: string;
  readonly bundle: RegionBundle;
  readonly wrapPlanner: WrapPlanner;
  /** A copy of the region, to be broken. */
  copyRegion(): Promise<string>;
  /** An empty folder. */
  newDirectory(): Promise<string>;
  /** Has something ended when the stand is, the last first. */
  atEnd(close: () => Promise<unknown>): void;
}

/** A ladder of eight nodes, and beside it an island that is too large to be a fragment. */
export const NETWORK = networkFromAscii(
  `
  A----B----C----D    I----J
  |    |    |    |    |    |
  E----F----G----H    K----L
  `,
  {
    ways: {
      AB: {},
      BC: {},
      CD: {},
      EF: {},
      FG: {},
      GH: {},
      AE: {},
      BF: {},
      CG: {},
      DH: {},
      IJLKI: {},
    },
  },
);

/**
 * Builds the region, has it used, and ends everything that was started meanwhile.
 *
 * @param wrapPlanner - put around every planner that trips are asked of in this thread
 */
export async function withProvocationStand<T>(
  use: (stand: ProvocationStand) => Promise<T>,
  wrapPlanner: WrapPlanner = (planner) => planner,
): Promise<T> {
  const root = await mkdtemp(path.join(tmpdir(), "gradeway-reasons-"));
  const closing: (() => Promise<unknown>)[] = [() => rm(root, { recursive: true, force: true })];
  const newDirectory = (): Promise<string> => mkdtemp(path.join(root, "own-"));
  const directory = path.join(root, "region");
  try {
    await buildNetwork(directory, NETWORK);
    return await use({
      directory,
      bundle: await openRegion(directory),
      wrapPlanner,
      newDirectory,
      async copyRegion() {
        const copy = await newDirectory();
        await cp(directory, copy, { recursive: true });
        return copy;
      },
      atEnd: (close) => void closing.push(close),
    });
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

/** Builds a region of a drawn network where there is a price of electricity, without elevation. */
export async function buildNetwork(
  directory: string,
  { dataset }: Pick<AsciiNetwork, "dataset">,
  options: Partial<Parameters<typeof buildRegion>[0]> = {},
): Promise<void> {
  const pbf = writeOsmPbf(dataset);
  await buildRegion({
    directory,
    name: "provoked",
    osm: osmSourceFromBytes(pbf),
    osmInput: { name: "provoked.osm.pbf", sha256: sha256Hex(pbf) },
    countries: ["DE"],
    ...options,
  });
}
