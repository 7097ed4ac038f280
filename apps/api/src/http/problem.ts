import {
  isReasonError,
  REASON_CODES,
  type ReasonCode,
  ReasonError,
  type Warning,
} from "@gradeway/reason-codes";

import { REASON_HTTP, retryAfterS } from "./reason-http.ts";

/** Body of an error answer: RFC 9457 plus the reason code, its data and what to do about it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Id of the request, also in the `x-request-id` header and in the server's log. */
  readonly instance: string;
  readonly reasonCode: ReasonCode;
  readonly details: object;
  readonly warnings: readonly Warning[];
  readonly remedy: string;
}

/** Turns whatever was thrown into the error that may be told: a bug keeps its message to itself. */
export function reasonOf(error: unknown): ReasonError {
  return isReasonError(error)
    ? error
    : new ReasonError(
        "internal_error",
        "The request failed for a reason that is our fault.",
        {},
        {
          cause: error,
        },
      );
}

/** The problem document of an error. */
export function problemOf(error: ReasonError, instance: string): Problem {
  const definition = REASON_CODES[error.reasonCode];
  return {
    type: `urn:gradeway:reason:${error.reasonCode}`,
    title: definition.title,
    status: REASON_HTTP[error.reasonCode].status,
    detail: error.message,
    instance,
    reasonCode: error.reasonCode,
    details: error.details,
    warnings: [],
    remedy: definition.remedy,
  };
}

/** The HTTP answer of an error; never stored by caches. */
export function problemResponse(error: ReasonError, instance: string): Response {
  const problem = problemOf(error, instance);
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  const waitS = retryAfterS(error.reasonCode, error.details);
  if (waitS !== undefined) {
    headers.set("retry-after", String(waitS));
  }
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
