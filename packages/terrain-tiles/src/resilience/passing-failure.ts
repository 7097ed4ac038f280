/** Options of {@link PassingFailure}. */
export interface PassingFailureOptions extends ErrorOptions {
  /** Value of the header Retry-After, as it came. */
  readonly retryAfter?: string | undefined;
}

/**
 * An attempt that failed in a way that may pass: the origin is busy, broken or out of reach. Only
 * this failure is tried again and counts against the origin.
 */
export class PassingFailure extends Error {
  override readonly name = "PassingFailure";
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  /** Value of the header Retry-After, when there was one. */
  readonly retryAfter: string | undefined;

  constructor(problem: string, status?: number, options: PassingFailureOptions = {}) {
    super(problem, "cause" in options ? { cause: options.cause } : undefined);
    this.status = status;
    this.retryAfter = options.retryAfter;
  }
}
