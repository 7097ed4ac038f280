/** One octave of hills: how far apart its heights are drawn, and how far they differ. */
export interface Octave {
  readonly spacingM: number;
  readonly reliefM: number;
}

/**
 * Heights of invented hills, in metres about 0: per octave a height is drawn for each corner of a square
 * lattice, and in between they are blended smoothly (value noise).
 *
 * @param xM,yM one per place
 */
export function valueNoise(
  xM: Float64Array,
  yM: Float64Array,
  octaves: readonly Octave[],
  seed: number,
): Float64Array {
  const heightM = new Float64Array(xM.length);
  for (const [octave, { spacingM, reliefM }] of octaves.entries()) {
    const salt = Math.imul(seed, 0x9e3779b1) + octave;
    for (let place = 0; place < xM.length; place++) {
      const x = xM[place]! / spacingM;
      const y = yM[place]! / spacingM;
      const west = Math.floor(x);
      const south = Math.floor(y);
      const east = smooth(x - west);
      const north = smooth(y - south);
      const below = blend(drawn(west, south, salt), drawn(west + 1, south, salt), east);
      const above = blend(drawn(west, south + 1, salt), drawn(west + 1, south + 1, salt), east);
      heightM[place]! += reliefM * (blend(below, above, north) - 0.5);
    }
  }
  return heightM;
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}

function blend(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** A number in 0..1 for a corner: the finalizer of MurmurHash3 on its two coordinates. */
function drawn(column: number, row: number, salt: number): number {
  let bits = Math.imul(column, 0x27d4eb2f) ^ Math.imul(row, 0x165667b1) ^ salt;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}
