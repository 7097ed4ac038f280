/** Nodes take the low 23 bits of a key, distances (below 2^30) the 30 bits above. */
const NODE_RANGE = 2 ** 23;

/** 4-ary min-heap of (distance, node), each packed into one float; ties go to the smaller node. */
export class NodeHeap {
  size = 0;
  /** What `pop` took out last. */
  node = 0;
  distance = 0;
  #keys = new Float64Array(1024);

  push(distance: number, node: number): void {
    if (this.size === this.#keys.length) this.#grow();
    const keys = this.#keys;
    const key = distance * NODE_RANGE + node;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      const parentKey = keys[parent]!;
      if (parentKey <= key) break;
      keys[at] = parentKey;
      at = parent;
    }
    keys[at] = key;
  }

  /** Takes the least entry into `node` and `distance`; only while `size > 0`. */
  pop(): void {
    const keys = this.#keys;
    const top = keys[0]!;
    this.distance = Math.floor(top / NODE_RANGE);
    this.node = top - this.distance * NODE_RANGE;
    const size = --this.size;
    const key = keys[size]!;
    let at = 0;
    for (;;) {
      const child = (at << 2) + 1;
      if (child >= size) break;
      let least = child;
      let leastKey = keys[child]!;
      const end = child + 4 < size ? child + 4 : size;
      for (let k = child + 1; k < end; k++) {
        const childKey = keys[k]!;
        if (childKey < leastKey) {
          leastKey = childKey;
          least = k;
        }
      }
      if (leastKey >= key) break;
      keys[at] = leastKey;
      at = least;
    }
    keys[at] = key;
  }

  #grow(): void {
    const grown = new Float64Array(this.#keys.length * 2);
    grown.set(this.#keys);
    this.#keys = grown;
  }
}
