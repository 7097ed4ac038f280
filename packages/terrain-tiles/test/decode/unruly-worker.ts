import { parentPort } from "node:worker_threads";

import { decodeTile } from "../../src/decode/decode-tile.ts";
import type { DecodeJob } from "../../src/decode/pool/decode-jobs.ts";
import { READY } from "../../src/decode/pool/decode-message.ts";

/** A decoding thread that does what the row of its tile says; 1 to 9 are decoded. */
const UNRULY: Readonly<Record<number, () => void>> = {
  13: () => process.exit(3),
  14: () => undefined,
  15: () => {
    throw new Error("out of memory");
  },
};

parentPort?.on("message", ({ bytes, id }: Extract<DecodeJob, { readonly kind: "tile" }>) => {
  const unruly = UNRULY[id.y];
  if (unruly !== undefined) unruly();
  else {
    void decodeTile(bytes, id).then(({ grid, sha256 }) =>
      parentPort?.postMessage({ output: { grid, sha256, bytes: undefined } }, []),
    );
  }
});
parentPort?.postMessage(READY, []);
