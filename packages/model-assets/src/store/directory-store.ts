import { open } from "node:fs/promises";
import path from "node:path";

import { ReasonError } from "@gradeway/reason-codes";

import type { AssetStore } from "./asset-store.ts";

/** What the operating system says about a path that leads to no file. */
const ABSENT: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR", "EISDIR"]);

/** Creates a store over a directory. */
export function createDirectoryStore(directory: string): AssetStore {
  return {
    location: directory,
    async read(file, { maxBytes, signal }) {
      signal?.throwIfAborted();
      const full = path.join(directory, file);
      try {
        const handle = await open(full);
        try {
          const info = await handle.stat();
          if (!info.isFile()) return "missing";
          if (info.size > maxBytes) return "too_large";
          const { buffer, byteOffset, byteLength } = await handle.readFile();
          return new Uint8Array(buffer, byteOffset, byteLength);
        } finally {
          await handle.close();
        }
      } catch (error) {
        if (ABSENT.has((error as NodeJS.ErrnoException).code)) return "missing";
        const problem = error instanceof Error ? error.message : String(error);
        throw new ReasonError(
          "asset_fetch_failed",
          `The region file ${full} cannot be read: ${problem}`,
          { location: full, attempts: 1, problem },
          { cause: error },
        );
      }
    },
  };
}
