import { parentPort } from "node:worker_threads";

import { ReasonError } from "@gradeway/reason-codes";

import { buffersOf, type DecodeJob, runDecodeJob } from "./decode-jobs.ts";
import { type DecodeReply, READY } from "./decode-message.ts";

/** Entry of a decoding thread: it does one job after the other. */
parentPort?.on("message", (job: DecodeJob) => {
  void answer(job).then((reply) => {
    parentPort?.postMessage(reply, "output" in reply ? buffersOf(reply.output) : []);
  });
});
parentPort?.postMessage(READY, []);

async function answer(job: DecodeJob): Promise<DecodeReply> {
  try {
    return { output: await runDecodeJob(job) };
  } catch (error) {
    if (error instanceof ReasonError) return { reason: error.toJSON() };
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
