import { rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { MAX_SMOOTHING_M } from "@gradeway/route-core";
import { createTileDecodePool, type DecodeTile } from "@gradeway/terrain-tiles";

import { invalidArgument, parseNumber } from "./command-arguments.ts";

const MAX_WORKERS = 64;

/** Arguments of every command that builds a region. */
export const buildArgs = {
  out: { type: "string", required: true, valueHint: "DIR", description: "Region directory" },
  "smoothing-m": {
    type: "string",
    valueHint: "METRES",
    description: "Standard deviation of smoothing along the network, 0 to 1000; default: 57",
  },
  sequence: {
    type: "string",
    valueHint: "NUMBER",
    description: "Number of this version; default: one more than that of the region that is there",
  },
  workers: {
    type: "string",
    valueHint: "NUMBER",
    description: "Threads that decode tiles and order the hierarchy; default 1",
  },
  fresh: {
    type: "boolean",
    default: false,
    description: "Begin from the start: forget the steps that an earlier build has finished",
  },
  strict: {
    type: "boolean",
    default: false,
    description: "Refuse when elevation is known for less than 96 % of the road length",
  },
  json: { type: "boolean", default: false, description: "Print the summary as JSON" },
} as const;

/** What a build is told by {@link buildArgs}. */
export interface BuildSettings {
  readonly strict: boolean;
  readonly smoothingM?: number;
  readonly sequence?: number;
  /** That decode tiles and order the hierarchy; 1 is the calling one. */
  readonly threads: number;
}

/** Where a build keeps its finished steps. */
export const workDirectoryIn = (out: string): string => join(out, "build");

/**
 * Checks the arguments before minutes of work, and forgets finished steps where that is asked for.
 *
 * @throws {ReasonError} request_invalid
 */
export async function buildSettings(given: {
  readonly out: string;
  readonly strict: boolean;
  readonly fresh: boolean;
  readonly "smoothing-m"?: string | undefined;
  readonly sequence?: string | undefined;
  readonly workers?: string | undefined;
}): Promise<BuildSettings> {
  await refuseFile("out", given.out);
  const { "smoothing-m": smoothing, sequence, workers } = given;
  const settings = {
    threads: workers === undefined ? 1 : parseWhole("workers", workers, MAX_WORKERS),
    strict: given.strict,
    ...(smoothing === undefined ? {} : { smoothingM: parseSmoothing(smoothing) }),
    ...(sequence === undefined ? {} : { sequence: parseWhole("sequence", sequence, 2 ** 52) }),
  };
  if (given.fresh) await rm(workDirectoryIn(given.out), { recursive: true, force: true });
  return settings;
}

/** Runs something with so many threads that decode tiles; one is the calling thread. */
export async function withDecoder<T>(
  threads: number,
  run: (decode: DecodeTile | undefined) => Promise<T>,
): Promise<T> {
  if (threads === 1) return run(undefined);
  const pool = createTileDecodePool({ threads });
  try {
    return await run(pool.decode);
  } finally {
    await pool.close();
  }
}

async function refuseFile(name: string, path: string): Promise<void> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOTDIR") throw invalidArgument(name, `${path} lies below a file`);
    // A directory that does not exist is made; other problems show when it is written.
    return undefined;
  });
  if (info?.isDirectory() === false) throw invalidArgument(name, `${path} is not a directory`);
}

function parseSmoothing(text: string): number {
  const smoothingM = parseNumber("smoothing-m", text);
  if (smoothingM >= 0 && smoothingM <= MAX_SMOOTHING_M) return smoothingM;
  throw invalidArgument("smoothing-m", `expected metres from 0 to ${MAX_SMOOTHING_M}, got ${text}`);
}

function parseWhole(name: string, text: string, max: number): number {
  const value = parseNumber(name, text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw invalidArgument(name, `expected a whole number from 1 to ${max}, got ${text}`);
}
