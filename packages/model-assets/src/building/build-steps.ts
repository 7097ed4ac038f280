import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";

import { GRAPH_FORMAT_VERSION, IMPORT_VERSION } from "@gradeway/route-core";
import { HIERARCHY_FORMAT_VERSION } from "@gradeway/route-core/hierarchy";
import { z } from "zod";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { sha256Hex } from "../sha256.ts";
import { ENGINE_VERSION } from "../version.ts";
import { writeFileAtomically } from "../write-file.ts";

const STATE_FILE = "steps.json";

/** What results depend on beside their inputs; another version of anything runs all steps again. */
const versions = {
  engine: ENGINE_VERSION,
  v8: process.versions.v8,
  import: IMPORT_VERSION,
  graph: GRAPH_FORMAT_VERSION,
  hierarchy: HIERARCHY_FORMAT_VERSION,
};

/** The finished steps of a build: what each was made from, and the hash of what it made. */
const stateFile = z.record(z.string(), z.strictObject({ key: z.string(), sha256: z.string() }));

/** What a step made. */
export interface StepResult<T> {
  /** Hash of the result, for the inputs of later steps; "" when results are not kept. */
  readonly sha256: string;
  /** Whether an earlier run had finished the step with the same inputs. */
  readonly isReused: boolean;
  /** Gives the result away, so that it does not stay in memory; to be called once at most. */
  take(): T;
}

/** One step of a build. */
export interface Step<T> {
  readonly name: string;
  /** Hashes and settings that the result depends on, as JSON; undefined: always run the step. */
  readonly inputs: unknown;
  readonly run: () => Promise<T>;
  /** Whether a kept result can still be used, for results that name files. */
  readonly isUsable?: (value: T) => Promise<boolean>;
}

/** Runs steps and remembers those that are finished. */
export interface BuildSteps {
  run<T>(step: Step<T>): Promise<StepResult<T>>;
}

/**
 * Creates a runner of steps that keeps each result in a directory, so that a build which was killed
 * goes on where it was, and steps whose inputs are the same are not run again. Without a directory
 * every step runs.
 *
 * Results are kept in the form of V8's structured clone: they are read back by the same build of the
 * runtime only, on the same machine, after their hash was checked. Steps run one at a time.
 */
export function createBuildSteps(directory: string | undefined): BuildSteps {
  if (directory === undefined) return { run: runAlways };
  const stateAt = join(directory, STATE_FILE);
  return {
    async run<T>({ name, inputs, run, isUsable }: Step<T>) {
      const key = sha256Hex(canonicalJsonBytes({ name, inputs: inputs ?? null, versions }));
      const file = join(directory, `${name}.bin`);
      const state = await readState(stateAt);
      const known = Object.hasOwn(state, name) ? state[name] : undefined;
      if (inputs !== undefined && known?.key === key) {
        const kept = await readFile(file).catch(() => undefined);
        if (kept !== undefined && sha256Hex(kept) === known.sha256) {
          const read = (): T => deserialize(kept) as T;
          if (isUsable === undefined || (await isUsable(read()))) {
            return { sha256: known.sha256, isReused: true, take: onceOf(read) };
          }
        }
      }
      const made = await run();
      const bytes = serialize(made);
      const sha256 = sha256Hex(bytes);
      await writeFileAtomically(file, bytes);
      await writeFileAtomically(stateAt, canonicalJsonBytes({ ...state, [name]: { key, sha256 } }));
      return { sha256, isReused: false, take: onceOf(() => made) };
    },
  };
}

/** Forgets what makes a result as soon as it was made, and all that it holds on to. */
function onceOf<T>(make: () => T): () => T {
  let left: (() => T) | undefined = make;
  return () => {
    if (left === undefined) throw new Error("the result of a step was taken already");
    const result = left();
    left = undefined;
    return result;
  };
}

async function runAlways<T>({ run }: Step<T>): Promise<StepResult<T>> {
  const made = await run();
  return { sha256: "", isReused: false, take: onceOf(() => made) };
}

/** A state that cannot be read costs time and nothing else: the steps run again. */
async function readState(file: string): Promise<z.infer<typeof stateFile>> {
  try {
    return stateFile.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return {};
  }
}
