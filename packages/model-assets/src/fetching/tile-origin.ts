import { readFile, rm } from "node:fs/promises";

import { canonicalJsonBytes } from "../canonical-json.ts";
import { publicAddress } from "../store/http-client.ts";
import { writeFileAtomically } from "../write-file.ts";

/**
 * Makes a folder of fetched tiles one of tiles from an address: tiles that were fetched from another one
 * are removed, because heights of two sources do not fit together. A folder that nothing is noted of was
 * filled by somebody else, and is taken as it is.
 *
 * @param urlTemplate - with `{z}`, `{x}` and `{y}`; its query, which may hold a key, is no part of it
 */
export async function claimTiles(directory: string, urlTemplate: string): Promise<void> {
  const note = `${directory}.source.json`;
  const address = publicAddress(new URL(urlTemplate));
  const noted = await readNote(note);
  if (noted === address) return;
  if (noted !== undefined) await rm(directory, { recursive: true, force: true });
  await writeFileAtomically(note, canonicalJsonBytes({ address }));
}

/** A note that cannot be read costs a download of the tiles and nothing else. */
async function readNote(file: string): Promise<string | undefined> {
  try {
    const { address } = JSON.parse(await readFile(file, "utf8")) as { readonly address?: unknown };
    return typeof address === "string" ? address : "";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "";
  }
}
