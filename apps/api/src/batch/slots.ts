/** A bound on how much work is under way at the same time. */
export interface Slots {
  /** Runs work as soon as there is room for it, first come, first served. */
  use<R>(work: () => Promise<R>): Promise<R>;
}

/** Makes room for `size` pieces of work. */
export function createSlots(size: number): Slots {
  let free = size;
  const waiting: (() => void)[] = [];
  return {
    async use(work) {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        // Handed over, not freed: nobody who comes in between may overtake.
        const next = waiting.shift();
        if (next === undefined) free++;
        else next();
      }
    },
  };
}
