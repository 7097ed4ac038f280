/** First of four columns: cost so far + bound, of the apex where labels are merged. */
export const F = 0;
/** Node at which the label stands, or `TARGET`. */
export const NODE = 4;
/** 2 * state (the arc it came by, or a further one), + 1 when it is constrained (see arc-flags.ts). */
export const ARC = 5;
/** What came before that arc, in the path tree. */
export const PATH = 6;
/** Next label of the same bucket while the label waits in the queue. */
export const NEXT_WAITING = 7;
/** Labels that are not merged end here. */
export const PLAIN_SHIFT = 3;

/** First of four columns: costs of the real path, bounds included. */
export const REAL = 8;
/** Next open label of the same state, or -1; `REPLACED` when another one has taken its place. */
export const NEXT_OPEN = 12;
export const APEX_SHIFT = 4;

/** Node of a label that has reached the destination. */
export const TARGET = -1;
export const REPLACED = -2;
