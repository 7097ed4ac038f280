import { parentPort } from "node:worker_threads";

import { ReasonError } from "@gradeway/reason-codes";

import { decodeTile } from "../decode-tile.ts";
import { type DecodeReply, type DecodeRequest, READY } from "./decode-message.ts";

/** Entry of a decoding thread: it answers one request after the other. */
parentPort?.on("message", (request: DecodeRequest) => {
  void answer(request).then((reply) => {
    const buffers = "grid" in reply ? [reply.grid.buffer, reply.bytes?.buffer] : [];
    parentPort?.postMessage(
      reply,
      buffers.filter((buffer) => buffer !== undefined),
    );
  });
});
parentPort?.postMessage(READY, []);

async function answer({ bytes, id, giveBack }: DecodeRequest): Promise<DecodeReply> {
  try {
    const { grid, sha256 } = await decodeTile(bytes, id);
    return { grid, sha256, bytes: giveBack ? bytes : undefined };
  } catch (error) {
    if (error instanceof ReasonError) return { reason: error.toJSON() };
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
