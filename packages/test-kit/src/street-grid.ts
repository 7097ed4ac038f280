import type { OsmDataset, OsmNode, OsmWay } from "./osm-data.ts";
import { createSeededRandom } from "./seeded-random.ts";

/** A square town, and where its crossings are. */
export interface StreetGrid extends OsmDataset {
  /** Position of a crossing, column and row from 0 to `side` - 1. */
  readonly at: (column: number, row: number) => [lon: number, lat: number];
}

/** South-western corner and spacing in degrees, about 300 m. */
const CORNER = [6, 47] as const;
const STEP = [0.004, 0.003] as const;

/**
 * A town of `side` times `side` crossings whose streets have speeds of their own, 8 to 90 km/h: very
 * many routes are worth choosing across it, so that fronts take long to find.
 */
export function streetGrid(side: number): StreetGrid {
  const random = createSeededRandom(5);
  const nodes: OsmNode[] = [];
  const ways: OsmWay[] = [];
  const at = (column: number, row: number): [number, number] => [
    CORNER[0] + column * STEP[0],
    CORNER[1] + row * STEP[1],
  ];
  const street = (from: number, to: number): void => {
    const tags = { highway: "secondary", maxspeed: String(random.integer(8, 90)) };
    ways.push({ id: ways.length + 1, nodes: [from, to], tags });
  };
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const id = row * side + column + 1;
      const [lon, lat] = at(column, row);
      nodes.push({ id, lon, lat });
      if (column + 1 < side) street(id, id + 1);
      if (row + 1 < side) street(id, id + side);
    }
  }
  return { nodes, ways, relations: [], at };
}
