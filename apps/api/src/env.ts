import { z } from "zod";

const count = z.string().regex(/^\d+$/, "Expected a whole number.").transform(Number);

const envSchema = z.object({
  GRADEWAY_THREADS: count.pipe(z.int().min(1).max(256)).optional(),
  GRADEWAY_MAX_QUEUE: count.pipe(z.int().min(0).max(100_000)).optional(),
});

/** Settings of the server that may come from the environment. */
export interface ServerSettings {
  /** Threads that plan; undefined to choose by the number of processors. */
  readonly threads: number | undefined;
  /** Requests that may wait for a thread; undefined for the default. */
  readonly maxQueue: number | undefined;
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
  return { threads: result.data.GRADEWAY_THREADS, maxQueue: result.data.GRADEWAY_MAX_QUEUE };
}
