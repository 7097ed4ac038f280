/** The objectives of a search, in the order of every cost vector. */
export const OBJECTIVES = ["time", "money", "co2e"] as const;

/** One of {@link OBJECTIVES}. */
export type Objective = (typeof OBJECTIVES)[number];
