import type { ReasonErrorData } from "@gradeway/reason-codes";

import type { DecodeOutput } from "./decode-jobs.ts";

/** Sent by a thread when it is ready to work. */
export const READY = "ready";

/** What came of a job. */
export type DecodeReply =
  | { readonly output: DecodeOutput }
  | { readonly reason: ReasonErrorData }
  /** A fault of ours. */
  | { readonly fault: string };
