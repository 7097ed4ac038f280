/**
 * Collects items and hands them out in arrays of just their number. Arrays that grow item by item leave
 * several times their size behind, and the routes of a front are hundreds of them.
 */
export class ExactList<Item> {
  /** Longer than what is collected where there was more before. */
  readonly #items: Item[] = [];
  #count = 0;

  /** The item added last, undefined when there is none. */
  get last(): Item | undefined {
    return this.#count === 0 ? undefined : this.#items[this.#count - 1];
  }

  add(item: Item): void {
    if (this.#count < this.#items.length) this.#items[this.#count] = item;
    else this.#items.push(item);
    this.#count++;
  }

  /** Everything collected since the last time. */
  take(): Item[] {
    const taken = this.#items.slice(0, this.#count);
    this.#count = 0;
    return taken;
  }
}
