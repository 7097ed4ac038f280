import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { buildSampleRegion } from "@gradeway/sample-region";
import { afterAll, beforeAll } from "vitest";

/** Folders of a sample region built for one test file, and room for what a test writes. */
export interface SampleFolders {
  root: string;
  source: string;
  region: string;
}

/** Builds the sample region before the tests of a file and removes it after them. */
export function useSampleRegion(): SampleFolders {
  const folders: SampleFolders = { root: "", source: "", region: "" };
  beforeAll(async () => {
    folders.root = await mkdtemp(path.join(tmpdir(), "gradeway-bench-"));
    folders.source = path.join(folders.root, "source");
    folders.region = path.join(folders.root, "region");
    await buildSampleRegion(folders.source, folders.region);
  });
  afterAll(() => rm(folders.root, { recursive: true, force: true }));
  return folders;
}
