import { z } from "zod";

import { readList } from "./terrain/terrain-settings.ts";

const BYTES_PER_MB = 2 ** 20;

const count = z.string().regex(/^\d+$/, "Expected a whole number.").transform(Number);

const files = z.string().transform(readList);

const envSchema = z.object({
  GRADEWAY_THREADS: count.pipe(z.int().min(1).max(256)).optional(),
  GRADEWAY_MAX_QUEUE: count.pipe(z.int().min(0).max(100_000)).optional(),
  GRADEWAY_WEIGHTS_MAX_MB: count.pipe(z.int().min(1).max(1_048_576)).optional(),
  GRADEWAY_TRUSTED_KEYS: files.optional(),
  BATCH_CONCURRENCY: count.pipe(z.int().min(1).max(256)).optional(),
});

/** Settings of the server that may come from the environment. */
export interface ServerSettings {
  /** Threads that plan; undefined to choose by the number of processors. */
  readonly threads: number | undefined;
  /** Requests that may wait for a thread; undefined for the default. */
  readonly maxQueue: number | undefined;
  /** Memory for customised weights in bytes; undefined for the default. */
  readonly weightsMaxBytes: number | undefined;
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
  const { data } = result;
  const weightsMaxMb = data.GRADEWAY_WEIGHTS_MAX_MB;
  return {
    threads: data.GRADEWAY_THREADS,
    maxQueue: data.GRADEWAY_MAX_QUEUE,
    weightsMaxBytes: weightsMaxMb === undefined ? undefined : weightsMaxMb * BYTES_PER_MB,
    trustedKeys: data.GRADEWAY_TRUSTED_KEYS ?? [],
    batchConcurrency: data.BATCH_CONCURRENCY,
  };
}
