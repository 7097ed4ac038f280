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

/** Share of a street at either end that is as slow as its crossings. */
const NEAR_CROSSING = 0.1;
const CROSSING_KMH = 25;

/**
 * A town of `side` times `side` crossings whose streets have speeds of their own, 8 to 90 km/h: very
 * many routes are worth choosing across it, so that fronts take long to find. All crossings are slow,
 * so that what a street costs does not depend on the streets before and after it.
 */
export function streetGrid(side: number): StreetGrid {
  const random = createSeededRandom(5);
  const nodes: OsmNode[] = [];
  const ways: OsmWay[] = [];
  const at = (column: number, row: number): [number, number] => [
    CORNER[0] + column * STEP[0],
    CORNER[1] + row * STEP[1],
  ];
  const road = (ends: readonly number[], kmh: number): void => {
    const tags = { highway: "secondary", maxspeed: String(kmh) };
    ways.push({ id: ways.length + 1, nodes: [...ends], tags });
  };
  let lastId = side * side;
  const street = (from: number, to: number): void => {
    const [a, b] = [from, to].map((id) => at((id - 1) % side, Math.floor((id - 1) / side)));
    const between = (share: number): number => {
      const lonLat = [0, 1].map((axis) => a![axis]! + share * (b![axis]! - a![axis]!));
      nodes.push({ id: ++lastId, lon: lonLat[0]!, lat: lonLat[1]! });
      return lastId;
    };
    const [begin, end] = [between(NEAR_CROSSING), between(1 - NEAR_CROSSING)];
    road([from, begin], CROSSING_KMH);
    road([begin, end], random.integer(8, 90));
    road([end, to], CROSSING_KMH);
  };
  for (let id = 1; id <= side * side; id++) {
    const [lon, lat] = at((id - 1) % side, Math.floor((id - 1) / side));
    nodes.push({ id, lon, lat });
  }
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const id = row * side + column + 1;
      if (column + 1 < side) street(id, id + 1);
      if (row + 1 < side) street(id, id + side);
    }
  }
  return { nodes, ways, relations: [], at };
}
