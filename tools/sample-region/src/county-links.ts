import type { OsmNode, OsmTags, OsmWay } from "@gradeway/test-kit";

/** A place where roads to neighbours begin. */
export interface Gate {
  readonly node: number;
  readonly lon: number;
  readonly lat: number;
}

/** Gates of a county that lies in a lattice. */
export interface PlacedGates {
  readonly west: Gate;
  readonly east: Gate;
  readonly others: readonly Gate[];
}

/** Roads over each border beside the motorway: the first is a main road. */
const ROADS_PER_BORDER = 5;
/** Between the bends of a road, degrees of latitude: about 300 m. */
const STEP_DEG = 0.0027;
const BEND_DEG = 0.0006;

const TRUNK: OsmTags = { highway: "trunk", maxspeed: "100" };
const PRIMARY: OsmTags = { highway: "primary", maxspeed: "100" };
const TERTIARY: OsmTags = { highway: "tertiary", maxspeed: "80" };

/** Takes the ids of what it adds from where a county ends. */
export class CountyLinks {
  readonly nodes: OsmNode[] = [];
  readonly ways: OsmWay[] = [];
  #nextNode: number;
  #nextWay: number;

  constructor(nextNode: number, nextWay: number) {
    this.#nextNode = nextNode;
    this.#nextWay = nextWay;
  }

  /** Joins a county with its neighbour in the west. */
  joinWest(here: PlacedGates, west: PlacedGates): void {
    this.#addRoad(west.east, here.west, TRUNK);
    this.#joinGates(here.others, west.others, "lon", "lat");
  }

  /** Joins a county with its neighbour in the south. */
  joinSouth(here: PlacedGates, south: PlacedGates): void {
    this.#joinGates(here.others, south.others, "lat", "lon");
  }

  /** The gates nearest to the border on both sides, in their order along it. */
  #joinGates(
    here: readonly Gate[],
    there: readonly Gate[],
    across: "lon" | "lat",
    along: "lon" | "lat",
  ): void {
    const alongBorder = (gates: readonly Gate[]): Gate[] =>
      gates.slice(0, ROADS_PER_BORDER).sort((a, b) => a[along] - b[along]);
    const near = alongBorder(here.toSorted((a, b) => a[across] - b[across]));
    const far = alongBorder(there.toSorted((a, b) => b[across] - a[across]));
    for (const [k, gate] of near.entries()) {
      const isMain = k === ROADS_PER_BORDER >> 1;
      this.#addRoad(far[k]!, gate, isMain ? PRIMARY : TERTIARY);
    }
  }

  #addRoad(from: Gate, to: Gate, tags: OsmTags): void {
    const east = to.lon - from.lon;
    const north = to.lat - from.lat;
    const steps = Math.max(1, Math.round(Math.hypot(east, north) / STEP_DEG));
    const nodes = [from.node];
    for (let step = 1; step < steps; step++) {
      const share = step / steps;
      // Swings to both sides and comes back to the line at either end.
      const bend = BEND_DEG * Math.sin(3 * Math.PI * share) * Math.sin(Math.PI * share);
      const length = Math.hypot(east, north);
      nodes.push(this.#nextNode);
      this.nodes.push({
        id: this.#nextNode++,
        lon: rounded(from.lon + share * east - (bend * north) / length),
        lat: rounded(from.lat + share * north + (bend * east) / length),
      });
    }
    nodes.push(to.node);
    this.ways.push({ id: this.#nextWay++, nodes, tags: { ...tags, source: "synthetic" } });
  }
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}
