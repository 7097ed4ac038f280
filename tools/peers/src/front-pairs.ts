/** A source and a target with the size of their front as published. Node numbers begin at 1. */
export interface FrontPair {
  readonly source: number;
  readonly target: number;
  readonly frontSize: number;
  /** Time of the published implementation on its authors' machine. */
  readonly referenceTimeS: number;
}

const COLUMNS = ["source_node", "target_node", "front_size", "reference_time_s"] as const;

/**
 * Parses a table of published front sizes: CSV with a head; columns beyond the four known ones are
 * passed over.
 *
 * @throws {RangeError} with the line that is wrong
 */
export function parseFrontPairs(text: string): FrontPair[] {
  const lines = text.split(/\r?\n/);
  const head = lines[0]!.split(",");
  const places = COLUMNS.map((column) => {
    const place = head.indexOf(column);
    if (place < 0) throw new RangeError(`line 1: there is no column ${column}`);
    return place;
  });
  const pairs: FrontPair[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === "") continue;
    const cells = line.split(",");
    const values = places.map((place) => cells[place] ?? "");
    const [source, target, frontSize, referenceTimeS] = values.map(Number);
    const isWhole = values.slice(0, 3).every((value) => /^[1-9]\d*$/.test(value));
    if (!isWhole || values[3] === "" || !(referenceTimeS! >= 0 && referenceTimeS! < Infinity)) {
      throw new RangeError(`line ${index + 1}: expected ${COLUMNS.join(", ")}, got ${line}`);
    }
    pairs.push({
      source: source!,
      target: target!,
      frontSize: frontSize!,
      referenceTimeS: referenceTimeS!,
    });
  }
  return pairs;
}
