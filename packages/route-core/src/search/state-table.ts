/** One number per state, all -1 after `begin`, which takes constant time. */
export class StateTable {
  /** Per state: stamp, number. */
  readonly #rows: Int32Array;
  #stamp = 0;

  constructor(stateCount: number) {
    this.#rows = new Int32Array(stateCount * 2);
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
