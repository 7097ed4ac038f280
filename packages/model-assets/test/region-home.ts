import { join } from "node:path";

import { afterAll, beforeAll } from "vitest";

import { addVersion } from "../src/index.ts";
import { buildSmallRegion, withTemporaryDirectory } from "./small-region.ts";

/** Three versions of one region, built once for the tests of a file. */
export const built: string[] = [];
let removeBuilt: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  const ready = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const life = withTemporaryDirectory(async (directory) => {
    for (const sequence of [1, 2, 3]) {
      const version = join(directory, String(sequence));
      await buildSmallRegion(version, { sequence });
      built.push(version);
    }
    ready.resolve();
    await done.promise;
  });
  removeBuilt = () => {
    done.resolve();
    return life;
  };
  await Promise.race([ready.promise, life]);
});

afterAll(async () => {
  await removeBuilt();
  built.length = 0;
});

/** A home with the first versions, none of them active. */
export async function withHome(
  count: number,
  run: (home: string, versions: readonly string[]) => Promise<void>,
): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const home = join(directory, "home");
    const versions: string[] = [];
    for (const region of built.slice(0, count)) {
      const { version } = await addVersion(home, region);
      versions.push(version);
    }
    await run(home, versions);
  });
}
