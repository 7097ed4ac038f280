import { readFile } from "node:fs/promises";

import { createAcceptedFile, type OpenRegionOptions } from "@gradeway/model-assets";
import { ReasonError } from "@gradeway/reason-codes";
import { keyIdOf } from "@gradeway/terrain-tiles";

import { invalidArgument } from "./command-arguments.ts";

/** Arguments that say which regions are trusted. */
export const trustArgs = {
  "trusted-keys": {
    type: "string",
    valueHint: "FILE.pem",
    description: "Public keys, one of which must have signed the region",
  },
  "revoked-keys": {
    type: "string",
    valueHint: "FILE",
    description: "Ids of keys that do not count any more, one a line",
  },
  accepted: {
    type: "string",
    valueHint: "FILE.json",
    description: "Remembers the newest version of each region; older ones are refused",
  },
} as const;

/** Arguments of commands that check a region without a memory of their own. */
export const checkArgs = {
  "trusted-keys": trustArgs["trusted-keys"],
  "revoked-keys": trustArgs["revoked-keys"],
} as const;

const PEM_BLOCK = /-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g;

/**
 * Reads what {@link trustArgs} name.
 *
 * @throws {ReasonError} asset_missing for a file that cannot be read, request_invalid for one
 *   without keys
 */
export async function trustOptions(given: {
  readonly [Name in keyof typeof trustArgs]?: string | undefined;
}): Promise<Pick<OpenRegionOptions, "policy" | "accepted">> {
  const { "trusted-keys": keys, "revoked-keys": revoked, accepted } = given;
  const trustedKeysPem = keys === undefined ? [] : await readKeys("trusted-keys", keys);
  const revokedKeyIds = revoked === undefined ? [] : await readIds(revoked);
  return {
    policy: { trustedKeysPem, revokedKeyIds },
    ...(accepted === undefined ? {} : { accepted: createAcceptedFile(accepted) }),
  };
}

/** Reads what {@link checkArgs} name; errors as {@link trustOptions}. */
export async function checkOptions(given: {
  readonly [Name in keyof typeof checkArgs]?: string | undefined;
}): Promise<Pick<OpenRegionOptions, "policy">> {
  const { policy } = await trustOptions(given);
  return policy === undefined ? {} : { policy };
}

/** Reads a file that an argument names. */
export async function readArgumentFile(name: string, path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    const message = `The file ${path} of --${name} cannot be read.`;
    throw new ReasonError("asset_missing", message, { asset: name, path }, { cause });
  });
}

/** Checks that a text is an Ed25519 key and tells its id. */
export function keyIdIn(name: string, pem: string): string {
  try {
    return keyIdOf(pem);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalidArgument(name, error.message);
  }
}

async function readKeys(name: string, path: string): Promise<readonly string[]> {
  const keys = (await readArgumentFile(name, path)).match(PEM_BLOCK) ?? [];
  if (keys.length === 0) throw invalidArgument(name, `${path} holds no key in PEM`);
  for (const pem of keys) {
    if (pem.includes("PRIVATE")) throw invalidArgument(name, `${path} holds a private key`);
    keyIdIn(name, pem);
  }
  return keys;
}

async function readIds(path: string): Promise<readonly string[]> {
  const lines = (await readArgumentFile("revoked-keys", path)).split("\n");
  const ids = lines.map((line) => line.replace(/#.*/, "").trim()).filter((line) => line !== "");
  const wrong = ids.find((id) => !/^[0-9a-f]{64}$/.test(id));
  if (wrong !== undefined) throw invalidArgument("revoked-keys", `${wrong} is not the id of a key`);
  return ids;
}
