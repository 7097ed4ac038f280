import { z } from "zod";

import { readList } from "./terrain/terrain-settings.ts";

const count = z.string().regex(/^\d+$/, "Expected a whole number.").transform(Number);

const files = z.string().transform(readList);

const envSchema = z.object({
  GRADEWAY_THREADS: count.pipe(z.int().min(1).max(256)).optional(),
  GRADEWAY_MAX_QUEUE: count.pipe(z.int().min(0).max(100_000)).optional(),
  GRADEWAY_TRUSTED_KEYS: files.optional(),
  BATCH_CONCURRENCY: count.pipe(z.int().min(1).max(256)).optional(),
});

/** Settings of the server that may come from the environment. */
export interface ServerSettings {
  /** Threads that plan; undefined to choose by the number of processors. */
  readonly threads: number | undefined;
  /** Requests that may wait for a thread; undefined for the default. */
  readonly maxQueue: number | undefined;
  /** Files of public keys in PEM that a signed snapshot may be signed with. */
  readonly trustedKeys: readonly string[];
  /** Pairs of batches that may be planned at the same time; undefined for one per processor. */
  readonly batchConcurrency: number | undefined;
}

/**
 * Reads the settings from an environment such as `process.env`. An empty variable counts as unset.
 *
 * @throws {RangeError} naming the variable at fault
 */
export function parseServerSettings(
  env: Readonly<Record<string, string | undefined>>,
): ServerSettings {
  const set = Object.entries(env).filter(([, value]) => value !== "");
  const result = envSchema.safeParse(Object.fromEntries(set));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new RangeError(`${String(issue?.path[0])}: ${issue?.message}`);
  }
  const { GRADEWAY_THREADS, GRADEWAY_MAX_QUEUE, GRADEWAY_TRUSTED_KEYS = [] } = result.data;
  return {
    threads: GRADEWAY_THREADS,
    maxQueue: GRADEWAY_MAX_QUEUE,
    trustedKeys: GRADEWAY_TRUSTED_KEYS,
    batchConcurrency: result.data.BATCH_CONCURRENCY,
  };
}
