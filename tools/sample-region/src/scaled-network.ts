import type { OsmDataset } from "@gradeway/test-kit";

import { toLonLat, type Point } from "./county-frame.ts";
import type { CountyLattice } from "./county-lattice.ts";
import { CountyLinks, type Gate, type PlacedGates } from "./county-links.ts";
import { type CountyNetwork, createCountyNetwork } from "./county-network.ts";
import type { Terrain } from "./terrain.ts";

/** A county in its place, with the roads to its neighbours in the west and south. */
export interface PlacedCounty {
  readonly dataset: OsmDataset;
  readonly network: CountyNetwork;
  /** The county that stands alone without a scale; it alone has a toll. */
  readonly isHome: boolean;
}

/** The counties of a lattice, row by row from the south-west; each has its own towns and roads. */
export function* scaledCounties(
  lattice: CountyLattice,
  terrain: Terrain,
  seed: number,
): Generator<PlacedCounty> {
  let nextNode = 1;
  let nextWay = 1;
  let nextRelation = 1;
  let rowBelow: PlacedGates[] = [];
  for (let row = 0; row < lattice.rows; row++) {
    const gatesOfRow: PlacedGates[] = [];
    for (let column = 0; column < lattice.columns; column++) {
      const middle = lattice.middleOf(column, row);
      const isHome = middle.xM === 0 && middle.yM === 0;
      const county = isHome ? 0 : 1 + column + row * lattice.columns;
      const network = createCountyNetwork(terrain, seed + county);
      const placed = placedAt(network.dataset, middle, isHome, {
        node: nextNode - 1,
        way: nextWay - 1,
        relation: nextRelation - 1,
      });
      const gates = gatesOf(network, placed, nextNode - 1);
      const links = new CountyLinks(nextNode + placed.nodes.length, nextWay + placed.ways.length);
      const west = gatesOfRow.at(-1);
      const south = rowBelow[column];
      if (west !== undefined) links.joinWest(gates, west);
      if (south !== undefined) links.joinSouth(gates, south);
      gatesOfRow.push(gates);
      nextNode += placed.nodes.length + links.nodes.length;
      nextWay += placed.ways.length + links.ways.length;
      nextRelation += placed.relations.length;
      const dataset = {
        nodes: [...placed.nodes, ...links.nodes],
        ways: [...placed.ways, ...links.ways],
        relations: placed.relations,
      };
      yield { dataset, network, isHome };
    }
    rowBelow = gatesOfRow;
  }
}

interface IdOffsets {
  readonly node: number;
  readonly way: number;
  readonly relation: number;
}

function placedAt(
  { nodes, ways, relations }: OsmDataset,
  middle: Point,
  isHome: boolean,
  offset: IdOffsets,
): OsmDataset {
  const [homeLon, homeLat] = toLonLat({ xM: 0, yM: 0 });
  const [lon, lat] = toLonLat(middle);
  const moved = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
  return {
    nodes: nodes.map((node) => ({
      ...node,
      id: node.id + offset.node,
      lon: moved(node.lon + lon - homeLon),
      lat: moved(node.lat + lat - homeLat),
    })),
    ways: ways.map(({ id, nodes: refs, tags }) => {
      const { toll: _toll, ...free } = tags;
      return {
        id: id + offset.way,
        nodes: refs.map((node) => node + offset.node),
        tags: isHome ? tags : free,
      };
    }),
    relations: relations.map((relation) => ({
      ...relation,
      id: relation.id + offset.relation,
      members: relation.members.map((member) => ({
        ...member,
        ref: member.ref + (member.type === "node" ? offset.node : offset.way),
      })),
    })),
  };
}

function gatesOf({ gates }: CountyNetwork, { nodes }: OsmDataset, offset: number): PlacedGates {
  const gateAt = (node: number): Gate => {
    const { lon, lat } = nodes[node - 1]!;
    return { node: node + offset, lon, lat };
  };
  return { west: gateAt(gates.west), east: gateAt(gates.east), others: gates.others.map(gateAt) };
}
