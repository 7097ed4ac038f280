import type { ReasonDefinition } from "./reason-definition.ts";

/** Reasons why a feed cannot replace the rows in force; append-only as the whole list. */
export const FEED_REASONS = {
  feed_figure_implausible: {
    family: "asset",
    title: "A feed brought a figure that cannot be right",
    remedy: "Look at the source; if the figure is right, widen the bounds of the feed.",
    retryable: false,
  },
  feed_data_expired: {
    family: "asset",
    title: "A feed brought figures that are older than allowed",
    remedy: "Ask the operator of the source, or allow a greater age.",
    retryable: false,
  },
  feed_data_future: {
    family: "asset",
    title: "A feed brought figures of a day that has not come",
    remedy: "Check the clock of the machine, and look at the source.",
    retryable: false,
  },
  feed_data_outdated: {
    family: "asset",
    title: "A feed brought figures that are older than those in force",
    remedy: "Look at the source: it may be an old copy. The newer figures stay in force.",
    retryable: false,
  },
  feed_not_kept: {
    family: "service",
    title: "Figures of a feed could not be written to the disk",
    remedy: "Make room, or give the program the right to write; the cause is in `details`.",
    retryable: false,
  },
} as const satisfies Record<string, ReasonDefinition>;
