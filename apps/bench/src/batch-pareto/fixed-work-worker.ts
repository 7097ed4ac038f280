import { parentPort } from "node:worker_threads";

/** Numbers that the work goes through; as many bytes as a search of a region touches. */
const memory = new Int32Array(2 ** 19);
const MASK = memory.length - 1;

/**
 * Does a fixed piece of work of so many steps and says when that is done. Scattered reads and writes,
 * as a search has them; nothing of the product, nothing that allocates.
 */
parentPort!.on("message", (steps: number) => {
  let state = 1;
  for (let step = 0; step < steps; step++) {
    state = Math.imul(state, 0x9e3779b1) ^ (state >>> 15);
    const at = state & MASK;
    memory[at] = (memory[at]! + step) | 0;
    state ^= memory[(at + step) & MASK]!;
    if (state === 0) state = step | 1;
  }
  parentPort!.postMessage(memory[state & MASK]!, []);
});
