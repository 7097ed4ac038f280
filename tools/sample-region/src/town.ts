import type { OsmTags, SeededRandom } from "@gradeway/test-kit";

import type { Point } from "./county-frame.ts";
import { between } from "./county-frame.ts";
import type { NetworkBuilder } from "./network-builder.ts";
import { addRoundabout } from "./roundabout.ts";
import type { Block, StreetAxis, TownPlan } from "./town-plans.ts";

const BLOCK_M = 125;
const JITTER_M = 11;
const GATE_M = 190;
const GIVE_WAY_M = 14;
const MISSING_BLOCK_PROBABILITY = 0.07;

export interface Town {
  readonly plan: TownPlan;
  readonly northGate: number;
  readonly southGate: number;
  /** The node of the western or eastern entry roundabout that faces a target. */
  readonly westGateTowards: (target: Point) => number;
  readonly eastGateTowards: (target: Point) => number;
  /** Crossing of a column and a row. */
  readonly crossing: (column: number, row: number) => number;
}

/** A grid of streets around a main crossing, with an entry road on each side. */
export function addTown(builder: NetworkBuilder, plan: TownPlan, random: SeededRandom): Town {
  const crossings = Array.from({ length: plan.columns }, (_, column) =>
    Array.from({ length: plan.rows }, (_row, row) =>
      builder.addNode({
        xM:
          plan.centre.xM +
          (column - plan.mainColumn) * BLOCK_M +
          random.between(-JITTER_M, JITTER_M),
        yM: plan.centre.yM + (row - plan.mainRow) * BLOCK_M + random.between(-JITTER_M, JITTER_M),
      }),
    ),
  );
  const crossing = (column: number, row: number): number => crossings[column]![row]!;
  const grid: Grid = { builder, plan, random, crossing };
  for (let column = 0; column < plan.columns; column += 1) addStreet(grid, "column", column);
  for (let row = 0; row < plan.rows; row += 1) addStreet(grid, "row", row);
  addJunctionControl(grid);

  const primary = streetTags(plan, { axis: "column", line: plan.mainColumn, index: 0 });
  const secondary = streetTags(plan, { axis: "row", line: plan.mainRow, index: 0 });
  const gateRoad = (from: number, gate: number, tags: OsmTags): void => {
    const middle = between(builder.positionOf(from), builder.positionOf(gate), 0.5);
    builder.addPath([from, middle, gate], tags);
  };
  const addPlainGate = (row: number, offsetM: number): number => {
    const from = crossing(plan.mainColumn, row);
    const { xM, yM } = builder.positionOf(from);
    const gate = builder.addNode(
      { xM, yM: yM + offsetM },
      { traffic_sign: "city_limit", name: plan.name },
    );
    gateRoad(from, gate, primary);
    return gate;
  };
  const addRoundGate = (column: number, offsetM: number): ((target: Point) => number) => {
    const from = crossing(column, plan.mainRow);
    const { xM, yM } = builder.positionOf(from);
    const roundabout = addRoundabout(builder, { xM: xM + offsetM, yM }, "secondary");
    gateRoad(from, roundabout.armTowards({ xM, yM }), secondary);
    return (target) => roundabout.armTowards(target);
  };
  return {
    plan,
    crossing,
    northGate: addPlainGate(plan.rows - 1, GATE_M),
    southGate: addPlainGate(0, -GATE_M),
    westGateTowards: addRoundGate(0, -GATE_M),
    eastGateTowards: addRoundGate(plan.columns - 1, GATE_M),
  };
}

/** Half the extent of the built-up area, entry roads included. */
export function townReachM(plan: TownPlan): Point {
  return {
    xM: Math.max(plan.mainColumn, plan.columns - plan.mainColumn) * BLOCK_M + 60,
    yM: Math.max(plan.mainRow, plan.rows - plan.mainRow) * BLOCK_M + 60,
  };
}

interface Grid {
  readonly builder: NetworkBuilder;
  readonly plan: TownPlan;
  readonly random: SeededRandom;
  readonly crossing: (column: number, row: number) => number;
}

function streetTags(plan: TownPlan, { axis, line }: Block): OsmTags {
  const mainLine = axis === "column" ? plan.mainColumn : plan.mainRow;
  const name = `${plan.name} ${axis === "column" ? "Street" : "Lane"} ${line + 1}`;
  if (line === mainLine) {
    return axis === "column"
      ? { highway: "primary", name: `${plan.name} High Street`, maxspeed: "50" }
      : { highway: "secondary", name: `${plan.name} Cross Road`, maxspeed: "50" };
  }
  return Math.abs(line - mainLine) % 3 === 0
    ? { highway: "tertiary", name, maxspeed: "50" }
    : { highway: "residential", name, maxspeed: "30" };
}

function addStreet(
  { builder, plan, random, crossing }: Grid,
  axis: StreetAxis,
  line: number,
): void {
  const at = (index: number): number =>
    axis === "column" ? crossing(line, index) : crossing(index, line);
  const blocks = (axis === "column" ? plan.rows : plan.columns) - 1;
  for (let index = 0; index < blocks; index += 1) {
    const block = { axis, line, index };
    const base = streetTags(plan, block);
    const rules = plan.rulesOf(block);
    const isUnderRail = axis === "column" && index === plan.railAboveRow;
    const isPlain = base["highway"] === "residential" && !rules && !isUnderRail;
    if (isPlain && random.chance(MISSING_BLOCK_PROBABILITY)) continue;
    const tags = { ...base, ...rules };
    const [start, end] = [at(index), at(index + 1)];
    if (isUnderRail) {
      addUnderpass(builder, start, end, tags, plan.underpassMaxHeight?.(line));
    } else {
      builder.addPath([start, blockMiddle(builder, random, plan, block, start, end), end], tags);
    }
  }
}

/** A bend, or a give-way sign just before the main street. */
function blockMiddle(
  builder: NetworkBuilder,
  random: SeededRandom,
  plan: TownPlan,
  { axis, line, index }: Block,
  start: number,
  end: number,
): number {
  const [from, to] = [builder.positionOf(start), builder.positionOf(end)];
  const isSideRow = axis === "row" && line !== plan.mainRow;
  const nearPart = GIVE_WAY_M / BLOCK_M;
  if (isSideRow && index + 1 === plan.mainColumn) {
    return builder.addNode(between(from, to, 1 - nearPart), {
      highway: "give_way",
      direction: "forward",
    });
  }
  if (isSideRow && index === plan.mainColumn) {
    return builder.addNode(between(from, to, nearPart), {
      highway: "give_way",
      direction: "backward",
    });
  }
  const { xM, yM } = between(from, to, 0.5);
  return builder.addNode({ xM: xM + random.between(-4, 4), yM: yM + random.between(-4, 4) });
}

function addUnderpass(
  builder: NetworkBuilder,
  start: number,
  end: number,
  tags: OsmTags,
  maxheight: string | undefined,
): void {
  const [from, to] = [builder.positionOf(start), builder.positionOf(end)];
  const entry = builder.addNode(between(from, to, 0.4));
  const exit = builder.addNode(between(from, to, 0.6));
  builder.addWay([start, entry], tags);
  builder.addWay([entry, exit], {
    ...tags,
    tunnel: "yes",
    layer: "-1",
    ...(maxheight !== undefined && { maxheight }),
  });
  builder.addWay([exit, end], tags);
}

function addJunctionControl({ builder, plan, crossing }: Grid): void {
  const { mainColumn, mainRow } = plan;
  const main = crossing(mainColumn, mainRow);
  const above = crossing(mainColumn, Math.min(mainRow + 3, plan.rows - 1));
  const below = crossing(mainColumn, Math.max(mainRow - 3, 0));
  for (const node of [main, above, below]) builder.tagNode(node, { highway: "traffic_signals" });
  builder.tagNode(crossing(0, 0), { highway: "stop" });
  const north = { xM: 0, yM: 1 };
  const south = { xM: 0, yM: -1 };
  const west = { xM: -1, yM: 0 };
  const east = { xM: 1, yM: 0 };
  builder.restrictions.push(
    { via: main, restriction: "no_left_turn", from: south, to: west },
    { via: main, restriction: "no_u_turn", from: south, to: south },
    { via: above, restriction: "only_straight_on", from: west, to: east },
    { via: below, restriction: "no_left_turn", from: north, to: east, tags: { except: "bus" } },
  );
}
