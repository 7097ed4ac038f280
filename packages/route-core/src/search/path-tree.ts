import { grownInt32, type MemoryMeter } from "./memory-meter.ts";
import { arcOfState, type TurnStates } from "./turn-states.ts";

const CHUNK_SHIFT = 16;
const CHUNK_ENTRIES = 1 << CHUNK_SHIFT;
const CHUNK_BYTES = CHUNK_ENTRIES * 8;

/** The root of all paths. */
export const NO_PATH = -1;

/**
 * How labels came to where they are: a tree of arcs, two integers for each label that was expanded.
 * Kept apart from the labels, most of which are done with soon, and in pieces that are never moved.
 */
export class PathTree {
  count = 0;
  #counted = 0;
  readonly #chunks: Int32Array[] = [];
  readonly #meter: MemoryMeter;

  constructor(meter: MemoryMeter) {
    this.#meter = meter;
  }

  begin(): void {
    this.count = 0;
    this.#counted = 0;
  }

  /** The path that goes on from `parent` over `step`; -2 when memory is used up. */
  add(parent: number, step: number): number {
    const id = this.count;
    const chunk = id >>> CHUNK_SHIFT;
    if (chunk === this.#counted && !this.#count()) return -2;
    const at = (id & (CHUNK_ENTRIES - 1)) << 1;
    const entries = this.#chunks[chunk]!;
    entries[at] = parent;
    entries[at + 1] = step;
    this.count = id + 1;
    return id;
  }

  /** The steps of a path in driving order. */
  stepsOf(path: number): Int32Array {
    let length = 0;
    for (let id = path; id >= 0; id = this.#entry(id, 0)) length++;
    const steps = new Int32Array(length);
    for (let id = path; id >= 0; id = this.#entry(id, 0)) steps[--length] = this.#entry(id, 1);
    return steps;
  }

  /** The arcs of a path in driving order, where its steps are twice the state, or one more. */
  arcsOf(path: number, states: TurnStates): Int32Array {
    const arcs = this.stepsOf(path);
    for (let k = 0; k < arcs.length; k++) arcs[k] = arcOfState(states, arcs[k]! >> 1);
    return arcs;
  }

  get heldBytes(): number {
    return this.#chunks.length * CHUNK_BYTES;
  }

  /** Drops what earlier queries grew. */
  release(): void {
    this.#chunks.length = 0;
    this.begin();
  }

  #entry(id: number, column: number): number {
    return this.#chunks[id >>> CHUNK_SHIFT]![((id & (CHUNK_ENTRIES - 1)) << 1) + column]!;
  }

  #count(): boolean {
    if (!this.#meter.take(CHUNK_BYTES)) return false;
    if (this.#counted === this.#chunks.length) {
      const chunk = grownInt32(new Int32Array(0), CHUNK_ENTRIES * 2);
      if (chunk === undefined) return false;
      this.#chunks.push(chunk);
    }
    this.#counted++;
    return true;
  }
}
