import type { SeededRandom } from "@gradeway/test-kit";

const LATTICE_SIZE = 256;
const LATTICE_MASK = LATTICE_SIZE - 1;

/** Smooth noise in about [-1, 1], the same for the same random stream. */
export type Noise = (xM: number, yM: number) => number;

/**
 * Fractal value noise: octaves of halving wavelength, each `persistence` times as high as the one
 * before, divided by the sum of amplitudes. The lattice repeats after 256 wavelengths.
 */
export function createFractalNoise(
  random: SeededRandom,
  wavelengthM: number,
  octaves: number,
  persistence: number,
): Noise {
  const values = Float64Array.from({ length: LATTICE_SIZE }, () => random.between(-1, 1));
  const shuffle = Uint16Array.from({ length: LATTICE_SIZE }, () => random.integer(0, LATTICE_MASK));
  const corner = (column: number, row: number): number =>
    values[
      (shuffle[(column + shuffle[row & LATTICE_MASK]!) & LATTICE_MASK]! + row) & LATTICE_MASK
    ]!;

  const single = (x: number, y: number): number => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const alongX = smooth(x - column);
    const alongY = smooth(y - row);
    const south = mix(corner(column, row), corner(column + 1, row), alongX);
    const north = mix(corner(column, row + 1), corner(column + 1, row + 1), alongX);
    return mix(south, north, alongY);
  };

  return (xM, yM) => {
    let sum = 0;
    let amplitude = 1;
    let amplitudeSum = 0;
    let frequency = 1 / wavelengthM;
    for (let octave = 0; octave < octaves; octave += 1) {
      // Shifted per octave, so that the lattices do not line up at the origin.
      sum += amplitude * single(xM * frequency + octave * 17.3, yM * frequency + octave * 41.9);
      amplitudeSum += amplitude;
      amplitude *= persistence;
      frequency *= 2;
    }
    return sum / amplitudeSum;
  };
}

/** Quintic step: second derivatives vanish at the lattice, so slopes have no kinks. */
function smooth(part: number): number {
  return part * part * part * (part * (part * 6 - 15) + 10);
}

function mix(a: number, b: number, part: number): number {
  return a + (b - a) * part;
}
