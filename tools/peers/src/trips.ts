/** Origin and destination, `[lon, lat]` each. */
export interface Trip {
  readonly origin: readonly [number, number];
  readonly destination: readonly [number, number];
}

const HEAD = "origin_lon,origin_lat,destination_lon,destination_lat";

/**
 * Parses a CSV table of trips with the head
 * `origin_lon,origin_lat,destination_lon,destination_lat`.
 *
 * @throws {RangeError} with the line that is wrong
 */
export function parseTrips(text: string): Trip[] {
  const [head, ...lines] = text.trimEnd().split(/\r?\n/);
  if (head !== HEAD) throw new RangeError(`line 1: expected ${HEAD}`);
  return lines.map((line, index) => {
    const cells = line.split(",");
    const numbers = cells.map((cell) => (cell.trim() === "" ? Number.NaN : Number(cell)));
    const [fromLon, fromLat, toLon, toLat] = numbers;
    const isPlace = (lon = Number.NaN, lat = Number.NaN): boolean =>
      Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
    if (numbers.length !== 4 || !isPlace(fromLon, fromLat) || !isPlace(toLon, toLat)) {
      throw new RangeError(`line ${index + 2}: expected ${HEAD}, got ${line}`);
    }
    return { origin: [fromLon!, fromLat!], destination: [toLon!, toLat!] };
  });
}
