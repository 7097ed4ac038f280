import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Copies a region and changes one bit of its graph, so that its hash no longer fits. */
export async function damageRegion(region: string, copy: string): Promise<string> {
  await cp(region, copy, { recursive: true });
  const assets = path.join(copy, "assets");
  const graph = (await readdir(assets)).find((name) => name.startsWith("routing-graph"))!;
  const bytes = await readFile(path.join(assets, graph));
  bytes[5_000]! ^= 1;
  await writeFile(path.join(assets, graph), bytes);
  return copy;
}
