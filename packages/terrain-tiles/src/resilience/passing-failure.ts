/**
 * An attempt that failed in a way that may pass: the origin is busy, broken or out of reach. Only
 * this failure is tried again and counts against the origin.
 */
export class PassingFailure extends Error {
  override readonly name = "PassingFailure";
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;

  constructor(problem: string, status?: number, options?: ErrorOptions) {
    super(problem, options);
    this.status = status;
  }
}
