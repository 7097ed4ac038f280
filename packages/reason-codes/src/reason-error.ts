import { REASON_CODES, type ReasonCode } from "./reason-codes.ts";
import type { ReasonDetails } from "./reason-details.ts";

/** A {@link ReasonError} as plain data, for crossing worker and HTTP boundaries. */
export interface ReasonErrorData<C extends ReasonCode = ReasonCode> {
  readonly reasonCode: C;
  readonly message: string;
  readonly details: ReasonDetails<C>;
}

/**
 * An expected failure with a stable reason code. Callers branch on `reasonCode` and read `details`;
 * the message is for people only.
 *
 * @example
 * ```ts
 * import { ReasonError } from "@gradeway/reason-codes";
 *
 * const error = new ReasonError("payload_exceeds_limit", "30 t do not fit on this truck.", {
 *   payloadKg: 30_000,
 *   maxPayloadKg: 25_300,
 * });
 * console.log(error.reasonCode, error.details.maxPayloadKg);
 * ```
 */
export class ReasonError<C extends ReasonCode = ReasonCode> extends Error {
  override readonly name = "ReasonError";
  readonly reasonCode: C;
  readonly details: ReasonDetails<C>;

  constructor(reasonCode: C, message: string, details: ReasonDetails<C>, options?: ErrorOptions) {
    super(message, options);
    this.reasonCode = reasonCode;
    this.details = details;
  }

  /** Plain data of this error; the stack and the cause stay behind. */
  toJSON(): ReasonErrorData<C> {
    return { reasonCode: this.reasonCode, message: this.message, details: this.details };
  }

  /** Rebuilds an error from {@link ReasonError.toJSON}, for example behind a worker boundary. */
  static fromJSON<C extends ReasonCode>(data: ReasonErrorData<C>): ReasonError<C> {
    return new ReasonError(data.reasonCode, data.message, data.details);
  }
}

/** Tells whether a value is a {@link ReasonError}, optionally one with the given code. */
export function isReasonError<C extends ReasonCode = ReasonCode>(
  value: unknown,
  reasonCode?: C,
): value is ReasonError<C> {
  return (
    value instanceof ReasonError && (reasonCode === undefined || value.reasonCode === reasonCode)
  );
}

/** Tells whether a text is a reason code of this version. */
export function isReasonCode(text: string): text is ReasonCode {
  return Object.hasOwn(REASON_CODES, text);
}
