import { existsSync } from "node:fs";
import path from "node:path";

/**
 * The folder of real reference data, which lives outside the repository: `GRADEWAY_DATA_DIR`, or
 * `../shared/data` beside the repository root. Undefined when there is none, so that tests can
 * skip; an explicit setting that points nowhere is a mistake and throws.
 */
export function findDataDir(): string | undefined {
  const configured = process.env["GRADEWAY_DATA_DIR"];
  if (configured !== undefined && configured !== "") {
    if (!existsSync(configured)) {
      throw new Error(`GRADEWAY_DATA_DIR points to a missing folder: ${configured}`);
    }
    return path.resolve(configured);
  }
  const repositoryRoot = path.resolve(import.meta.dirname, "../../..");
  const beside = path.resolve(repositoryRoot, "../shared/data");
  return existsSync(beside) ? beside : undefined;
}
