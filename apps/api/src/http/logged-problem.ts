import type { Logger } from "../logger.ts";
import { type Problem, problemOf, reasonOf } from "./problem.ts";

/**
 * The problem document of whatever was thrown, for a place in an answer that has its status already.
 * A bug keeps its message to itself and goes to the log with its stack.
 */
export function loggedProblem(error: unknown, requestId: string, logger: Logger): Problem {
  const reason = reasonOf(error);
  if (reason.reasonCode === "internal_error") {
    const stack = error instanceof Error ? error.stack : undefined;
    logger.error("request_failed", { requestId, stack: stack ?? String(error) });
  }
  return problemOf(reason, requestId);
}
