import type { OsmDataset } from "@gradeway/test-kit";
import { createSeededRandom } from "@gradeway/test-kit";

import type { Point } from "./county-frame.ts";
import { resolveCrossings } from "./crossings.ts";
import { addMotorway } from "./motorway.ts";
import { NetworkBuilder } from "./network-builder.ts";
import { addPassRoad } from "./pass-road.ts";
import type { Hub } from "./rural-roads.ts";
import { addRuralRoads } from "./rural-roads.ts";
import type { Terrain } from "./terrain.ts";
import { PASS_Y_M } from "./terrain.ts";
import type { Town } from "./town.ts";
import { addTown } from "./town.ts";
import { addTownExtras } from "./town-extras.ts";
import { TOWN_PLANS } from "./town-plans.ts";
import { addTrackIsland } from "./track-island.ts";
import { splitAtRestrictions, toRestrictionRelations } from "./turn-restrictions.ts";
import { addValleyRoads } from "./valley-roads.ts";
import { addVillages } from "./villages.ts";
import { addFerry, addWaterways } from "./waterways.ts";

const TIMESTAMP = "2026-01-01T00:00:00Z";

export interface CountyNetwork {
  readonly dataset: OsmDataset;
  readonly demoFrom: Point;
  readonly demoTo: Point;
  readonly tunnelMiddle: readonly [lon: number, lat: number];
  /** Nodes where roads of a neighbouring county may join. */
  readonly gates: CountyGates;
}

/** Ids of nodes. */
export interface CountyGates {
  /** Ends of the motorway. */
  readonly west: number;
  readonly east: number;
  /** On other roads, from main roads to village streets. */
  readonly others: readonly number[];
}

/** Draws every part of the county, then lets crossing roads meet and numbers the result. */
export function createCountyNetwork(terrain: Terrain, seed: number): CountyNetwork {
  const random = createSeededRandom(seed ^ 0x5eed);
  const builder = new NetworkBuilder();
  const towns = {
    westborough: addTown(builder, TOWN_PLANS.westborough, random),
    eastborough: addTown(builder, TOWN_PLANS.eastborough, random),
    southwick: addTown(builder, TOWN_PLANS.southwick, random),
    millmarket: addTown(builder, TOWN_PLANS.millmarket, random),
  };
  for (const town of Object.values(towns)) addTownExtras(builder, town, random);
  const motorway = addMotorway(builder);
  const roadHubs = addValleyRoads(builder, towns, motorway);
  const pass = { xM: 0, yM: PASS_Y_M };
  addPassRoad(
    builder,
    terrain,
    towns.westborough.eastGateTowards(pass),
    towns.eastborough.westGateTowards(pass),
  );
  addWaterways(builder);
  const ferry = addFerry(builder);
  const villages = addVillages(builder, random);
  const hubAt = (node: number, isOnMainRoad: boolean): Hub => ({
    position: builder.positionOf(node),
    isOnMainRoad,
    nodeTowards: () => node,
  });
  const hubAtGate = ({ plan }: Town, nodeTowards: (target: Point) => number): Hub => ({
    position: builder.positionOf(nodeTowards({ xM: plan.centre.xM * 2, yM: plan.centre.yM })),
    isOnMainRoad: true,
    nodeTowards,
  });
  const hubs = [
    ...roadHubs.map((node) => hubAt(node, true)),
    hubAtGate(towns.westborough, towns.westborough.westGateTowards),
    hubAtGate(towns.eastborough, towns.eastborough.eastGateTowards),
    hubAtGate(towns.southwick, towns.southwick.westGateTowards),
    hubAtGate(towns.millmarket, towns.millmarket.eastGateTowards),
    hubAt(ferry.westLanding, false),
    hubAt(ferry.eastLanding, false),
    ...villages.map(({ centre }) => hubAt(centre, false)),
  ];
  addRuralRoads(builder, hubs, random);
  addTrackIsland(builder, random);

  resolveCrossings(builder);
  splitAtRestrictions(builder);
  const ways = builder.ways.map(({ nodes, tags }, index) => ({ id: index + 1, nodes, tags }));
  const { westborough, eastborough } = towns;
  const demoCrossing = (town: Town): Point =>
    builder.positionOf(town.crossing(town.plan.mainColumn + 1, town.plan.mainRow));
  return {
    dataset: {
      nodes: builder.toOsmNodes(),
      ways,
      relations: toRestrictionRelations(builder, ways),
      timestamp: TIMESTAMP,
    },
    demoFrom: demoCrossing(westborough),
    demoTo: demoCrossing(eastborough),
    tunnelMiddle: motorway.tunnelMiddle,
    gates: {
      west: motorway.westEnd,
      east: motorway.eastEnd,
      others: [...roadHubs, ...villages.map(({ centre }) => centre)],
    },
  };
}
