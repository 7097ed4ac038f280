import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { z } from "zod";

import type { Environment } from "../environment.ts";
import { jsonText, writeDocument } from "../write-report.ts";

/** Version of the form of a capsule. */
const FORMAT = "gradeway-capsule-1";

/** A time of the report, and the same as a multiple of the calibration kernel in the same run. */
export interface CapsuleTime {
  readonly name: string;
  readonly ms: number;
  readonly kernels: number;
}

/** A benchmark run with everything that it takes to run it again and to tell whether it comes out alike. */
export interface Capsule {
  readonly format: typeof FORMAT;
  /** ISO time. */
  readonly madeAt: string;
  readonly environment: Environment;
  /** Of the lockfile that the dependencies are installed from. */
  readonly lockfileSha256: string;
  /** A command of the benchmark runner with its arguments. */
  readonly command: readonly string[];
  readonly exitCode: number;
  /** Hashes of what the run read, by name. */
  readonly assets: Readonly<Record<string, string>>;
  /** Of all of the report that does not depend on the machine and the clock. */
  readonly resultSha256: string;
  readonly times: readonly CapsuleTime[];
  /** What the command wrote. */
  readonly report: unknown;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const sealedSchema = z.object({
  capsule: z.object({
    format: z.literal(FORMAT),
    madeAt: z.string(),
    environment: z.object({ node: z.string(), commit: z.string().nullable() }).loose(),
    lockfileSha256: hash,
    command: z.array(z.string()).min(1),
    exitCode: z.number(),
    assets: z.record(z.string(), z.string()),
    resultSha256: hash,
    times: z.array(z.object({ name: z.string(), ms: z.number(), kernels: z.number() })),
    report: z.unknown(),
  }),
  sha256: hash,
});

/** A capsule that was read. */
export interface ReadCapsule {
  readonly capsule: Capsule;
  /** Whether it is as it was written. */
  readonly isIntact: boolean;
}

/** Writes a capsule with a hash over all of it. */
export async function writeCapsule(file: string, capsule: Capsule): Promise<void> {
  await writeDocument(file, jsonText({ capsule, sha256: sha256Of(capsule) }));
}

/**
 * Reads a capsule.
 *
 * @throws {Error} when the file is missing, or is none
 */
export async function readCapsule(file: string): Promise<ReadCapsule> {
  const text = await readFile(file, "utf8");
  const json: unknown = JSON.parse(text);
  const result = sealedSchema.safeParse(json);
  if (!result.success) throw new Error(`${file} is no capsule: ${z.prettifyError(result.error)}`);
  // The file as it is: the schema has looked at what is read of it.
  const { capsule, sha256 } = json as { readonly capsule: Capsule; readonly sha256: string };
  return { capsule, isIntact: sha256Of(capsule) === sha256 };
}

/** sha256 of a value as JSON. */
export function sha256Of(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
