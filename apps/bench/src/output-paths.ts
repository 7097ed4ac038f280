import path from "node:path";

/** Everything the gate writes, at the root of the repository. */
const GATE_DIR = path.resolve(import.meta.dirname, "../../../out/gate");

/** Where the tasks of the gate leave their results for each other. */
export const GATE_PATHS = {
  sample: path.join(GATE_DIR, "sample"),
  region: path.join(GATE_DIR, "sample", "region"),
  score: path.join(GATE_DIR, "score"),
  benchmark: path.join(GATE_DIR, "benchmark"),
  /** The reports of the whole; removed whenever a part is measured anew. */
  verdict: path.join(GATE_DIR, "verdict"),
} as const;

/** What the gate was asked to judge, where that is not the sample region. */
export const LOCK_FILE = path.join(GATE_DIR, "lock.json");

/** The root of the repository. */
export const REPOSITORY = path.resolve(GATE_DIR, "../..");

/** What `gate` makes of the reports; removed whenever a part is measured anew. */
export const VERDICT_FILE = path.join(GATE_DIR, "verdict.json");

/** A path as a reader at the root of the repository would write it. */
export function shownPath(file: string): string {
  const fromRoot = path.relative(REPOSITORY, path.resolve(file));
  return fromRoot.startsWith("..") ? path.resolve(file) : fromRoot;
}
