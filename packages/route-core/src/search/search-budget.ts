/** What stops a search before it is finished. Looked at every 1,024 pops; never thrown. */
export interface SearchBudget {
  /** The caller's clock, milliseconds. */
  now(): number;
  /** On the same clock; `Infinity` = no deadline. */
  readonly deadlineAtMs: number;
  /** Shared slot; any value other than 0 in element 0 cancels. */
  readonly cancelSlot?: Int32Array;
  /** Bytes of labels, queue and fronts the query may use. */
  readonly maxBytes: number;
  /** Labels after which a front search stops; unlimited when left out. */
  readonly maxLabels?: number;
}

/** The search looks at its budget when `pops & BUDGET_MASK` is 0, so also at the first pop. */
export const BUDGET_MASK = 1023;

/** Whether nobody waits for the answer any more. */
export function isCancelled({ cancelSlot }: SearchBudget): boolean {
  return cancelSlot !== undefined && Atomics.load(cancelSlot, 0) !== 0;
}

/** Why to stop now, or `undefined` to go on. */
export function stopReason(budget: SearchBudget): "deadline" | "cancelled" | undefined {
  if (isCancelled(budget)) return "cancelled";
  return budget.now() >= budget.deadlineAtMs ? "deadline" : undefined;
}
