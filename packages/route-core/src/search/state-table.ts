/** One number per state, all -1 after `begin`, which takes constant time. */
export class StateTable {
  /** Per state: stamp, number. */
  #rows: Int32Array;
  #stamp = 0;

  constructor(stateCount: number) {
    this.#rows = new Int32Array(stateCount * 2);
  }

  /** Makes room for as many states. */
  reserve(stateCount: number): void {
    if (stateCount * 2 <= this.#rows.length) return;
    const rows = new Int32Array(stateCount * 2);
    rows.set(this.#rows);
    this.#rows = rows;
  }

  begin(): void {
    if (this.#stamp === 2 ** 31 - 1) {
      this.#rows.fill(0);
      this.#stamp = 0;
    }
    this.#stamp++;
  }

  get(state: number): number {
    return this.#rows[state * 2] === this.#stamp ? this.#rows[state * 2 + 1]! : -1;
  }

  set(state: number, value: number): void {
    this.#rows[state * 2] = this.#stamp;
    this.#rows[state * 2 + 1] = value;
  }
}
