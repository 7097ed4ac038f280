import { existsSync } from "node:fs";
import path from "node:path";

/**
 * Path below the directory of shared data, or `undefined`, with a line on the console, where the
 * data are absent.
 */
export function findData(relativePath: string): string | undefined {
  const root =
    process.env["GRADEWAY_DATA_DIR"] ??
    path.resolve(import.meta.dirname, "../../../../shared/data");
  const found = path.join(root, relativePath);
  if (existsSync(found)) return found;
  process.stderr.write(`skipped: ${found} does not exist (set GRADEWAY_DATA_DIR)\n`);
  return undefined;
}
