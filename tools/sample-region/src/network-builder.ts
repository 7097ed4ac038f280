import type { OsmNode, OsmRelation, OsmTags } from "@gradeway/test-kit";

import type { Point } from "./county-frame.ts";
import { toLonLat } from "./county-frame.ts";

const COORDINATES_PER_DEGREE = 1e7;

export interface DraftWay {
  readonly nodes: number[];
  readonly tags: OsmTags;
}

/** A turn restriction by directions, as seen from its junction: ways are split later on. */
export interface DraftRestriction {
  readonly via: number;
  readonly restriction: string;
  /** Vector from the junction towards where the traffic comes from. */
  readonly from: Point;
  /** Vector from the junction towards where it may (not) go. */
  readonly to: Point;
  readonly tags?: OsmTags;
}

interface BuilderNode extends Point {
  readonly tags: Record<string, string>;
}

/** Collects the county in local metres. Ids are small: 1, 2, 3... in order of creation. */
export class NetworkBuilder {
  readonly ways: DraftWay[] = [];
  readonly restrictions: DraftRestriction[] = [];
  readonly relations: OsmRelation[] = [];
  readonly #nodes: BuilderNode[] = [];

  addNode({ xM, yM }: Point, tags: OsmTags = {}): number {
    return this.#nodes.push({ xM, yM, tags: { ...tags } });
  }

  /** Adds tags to a node that is already there. */
  tagNode(id: number, tags: OsmTags): void {
    Object.assign(this.#node(id).tags, tags);
  }

  nodeTags(id: number): OsmTags {
    return this.#node(id).tags;
  }

  positionOf(id: number): Point {
    return this.#node(id);
  }

  addWay(nodes: readonly number[], tags: OsmTags): DraftWay {
    if (nodes.length < 2) throw new RangeError("a way needs two nodes");
    const way: DraftWay = { nodes: [...nodes], tags: { ...tags, source: "synthetic" } };
    this.ways.push(way);
    return way;
  }

  /** A way along stops that exist already (ids) or are made here (points). */
  addPath(stops: readonly (number | Point)[], tags: OsmTags): DraftWay {
    return this.addWay(
      stops.map((stop) => (typeof stop === "number" ? stop : this.addNode(stop))),
      tags,
    );
  }

  toOsmNodes(): OsmNode[] {
    return this.#nodes.map((node, index): OsmNode => {
      const [lon, lat] = toLonLat(node).map(
        (degrees) => Math.round(degrees * COORDINATES_PER_DEGREE) / COORDINATES_PER_DEGREE,
      );
      const id = index + 1;
      const hasTags = Object.keys(node.tags).length > 0;
      return hasTags ? { id, lon: lon!, lat: lat!, tags: node.tags } : { id, lon: lon!, lat: lat! };
    });
  }

  #node(id: number): BuilderNode {
    const node = this.#nodes[id - 1];
    if (!node) throw new RangeError(`no node ${id}`);
    return node;
  }
}
