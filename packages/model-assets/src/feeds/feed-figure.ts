/** A figure that a feed brings in a format that knows nothing of rows. */
export interface FeedFigure {
  /** What a target names it by. */
  readonly figure: string;
  /** ISO date of the figure. */
  readonly date: string;
  readonly value: number;
  readonly unit: string;
  /** How it was computed. */
  readonly note: string;
}
