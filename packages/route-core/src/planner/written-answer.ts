/** Says what is written of an answer after its routes. */
export type Dress<Facts> = (facts: Facts) => object;

/** An answer as it is sent. */
export interface WrittenAnswer<Facts> {
  /** In UTF-8, with memory of its own. */
  readonly json: Uint8Array<ArrayBuffer>;
  /** All of it but its routes. */
  readonly facts: Facts;
}
