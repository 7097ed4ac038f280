import type { NetworkBuilder } from "./network-builder.ts";
import type { Point } from "./county-frame.ts";
import { HALF_WIDTH_M, toLonLat } from "./county-frame.ts";
import { ridgeCentreXM, TUNNEL_Y_M } from "./terrain.ts";

const CARRIAGEWAY_OFFSET_M = 16;
const PORTAL_OFFSET_M = 3_350;
const BOOTH_OFFSET_M = PORTAL_OFFSET_M + 450;
const END_X_M = HALF_WIDTH_M - 1_600;
const RAMP_REACH_M = 420;
/** Distance of the ramps' ends on the crossing road from the motorway's axis. */
export const TERMINAL_OFFSET_M = 190;
export const WEST_INTERCHANGE_X_M = -8_500;
export const EAST_INTERCHANGE_X_M = 8_500;

export interface Interchange {
  /** Ends of the ramps on the crossing road. */
  readonly northTerminal: number;
  readonly southTerminal: number;
}

export interface Motorway {
  readonly west: Interchange;
  readonly east: Interchange;
  /** Where the two carriageways meet an ordinary road, at the county's borders. */
  readonly westEnd: number;
  readonly eastEnd: number;
  readonly tunnelMiddle: readonly [lon: number, lat: number];
}

export function motorwayAxis(xM: number): Point {
  return { xM, yM: TUNNEL_Y_M + 150 * Math.sin(xM / 3_000) };
}

/** A dual carriageway through both valleys and, in two tolled bores, through the ridge. */
export function addMotorway(builder: NetworkBuilder): Motorway {
  const ridgeXM = ridgeCentreXM(TUNNEL_Y_M);
  const interchanges = [WEST_INTERCHANGE_X_M, EAST_INTERCHANGE_X_M];
  const stopsXM = carriagewayStops(ridgeXM, interchanges);
  const westEnd = builder.addNode(motorwayAxis(-END_X_M));
  const eastEnd = builder.addNode(motorwayAxis(END_X_M));
  // Traffic keeps right: eastbound runs on the southern carriageway.
  const eastbound = stopsXM.map((xM) => carriagewayNode(builder, xM, -CARRIAGEWAY_OFFSET_M));
  const westbound = stopsXM.map((xM) => carriagewayNode(builder, xM, CARRIAGEWAY_OFFSET_M));
  for (const [nodes, isEastbound] of [
    [eastbound, true],
    [westbound, false],
  ] as const) {
    const driven = [westEnd, ...nodes, eastEnd];
    addCarriageway(builder, isEastbound ? driven : driven.toReversed(), ridgeXM);
  }
  const nodeAt = (nodes: readonly number[], xM: number): number => nodes[stopsXM.indexOf(xM)]!;
  const [west, east] = interchanges.map((xM) =>
    addInterchange(builder, xM, {
      eastboundExit: nodeAt(eastbound, xM - RAMP_REACH_M),
      eastboundEntry: nodeAt(eastbound, xM + RAMP_REACH_M),
      westboundExit: nodeAt(westbound, xM + RAMP_REACH_M),
      westboundEntry: nodeAt(westbound, xM - RAMP_REACH_M),
    }),
  );
  const tunnelMiddle = toLonLat(motorwayAxis(ridgeXM));
  return { west: west!, east: east!, westEnd, eastEnd, tunnelMiddle };
}

function carriagewayStops(ridgeXM: number, interchanges: readonly number[]): number[] {
  const fixed = [
    ...interchanges.flatMap((xM) => [xM - RAMP_REACH_M, xM + RAMP_REACH_M]),
    ...[-1, 1].flatMap((side) => [
      ridgeXM + side * PORTAL_OFFSET_M,
      ridgeXM + side * BOOTH_OFFSET_M,
    ]),
  ];
  const regular = Array.from(
    { length: Math.floor((2 * END_X_M) / 100) - 3 },
    (_, index) => -END_X_M + 200 + index * 100,
  );
  // A regular stop too close to a fixed one would make a very short edge.
  const kept = regular.filter((xM) => fixed.every((other) => Math.abs(xM - other) > 45));
  return [...fixed, ...kept].sort((a, b) => a - b);
}

function carriagewayNode(builder: NetworkBuilder, xM: number, offsetM: number): number {
  const axis = motorwayAxis(xM);
  return builder.addNode({ xM, yM: axis.yM + offsetM });
}

/** Cuts one carriageway into open road, tolled approach and tunnel. */
function addCarriageway(builder: NetworkBuilder, nodes: readonly number[], ridgeXM: number): void {
  const kindOf = (a: number, b: number): "open" | "approach" | "tunnel" => {
    const middleXM = (builder.positionOf(a).xM + builder.positionOf(b).xM) / 2;
    const offsetM = Math.abs(middleXM - ridgeXM);
    return offsetM < PORTAL_OFFSET_M ? "tunnel" : offsetM < BOOTH_OFFSET_M ? "approach" : "open";
  };
  const base = { highway: "motorway", oneway: "yes", ref: "M 1" };
  const tagsByKind = {
    open: { ...base, name: "County Motorway", maxspeed: "110", lanes: "2" },
    approach: { ...base, name: "Ridge Tunnel Approach", maxspeed: "80", toll: "yes", lanes: "2" },
    tunnel: {
      ...base,
      name: "Ridge Tunnel",
      maxspeed: "90",
      toll: "yes",
      tunnel: "yes",
      layer: "-1",
      maxheight: "4.5",
      "hazmat:D": "no",
      "hazmat:E": "no",
    },
  };
  let start = 0;
  for (let index = 1; index < nodes.length; index += 1) {
    const kind = kindOf(nodes[index - 1]!, nodes[index]!);
    const isLast = index + 1 === nodes.length;
    if (!isLast && kindOf(nodes[index]!, nodes[index + 1]!) === kind) continue;
    builder.addWay(nodes.slice(start, index + 1), tagsByKind[kind]);
    const xM = builder.positionOf(nodes[index]!).xM;
    if (!isLast && Math.abs(Math.abs(xM - ridgeXM) - BOOTH_OFFSET_M) < 1) {
      builder.tagNode(nodes[index]!, { barrier: "toll_booth" });
    }
    start = index;
  }
}

interface RampEnds {
  readonly eastboundExit: number;
  readonly eastboundEntry: number;
  readonly westboundExit: number;
  readonly westboundEntry: number;
}

/** A diamond: exits end and entries begin at two junctions of the crossing road. */
function addInterchange(builder: NetworkBuilder, xM: number, ends: RampEnds): Interchange {
  const axis = motorwayAxis(xM);
  const terminal = (offsetM: number): number =>
    builder.addNode({ xM, yM: axis.yM + offsetM }, { highway: "traffic_signals" });
  const southTerminal = terminal(-TERMINAL_OFFSET_M);
  const northTerminal = terminal(TERMINAL_OFFSET_M);
  const ramp = (from: number, to: number, outward: -1 | 1): void => {
    const start = builder.positionOf(from);
    const end = builder.positionOf(to);
    const bend = (part: number): Point => ({
      xM: start.xM + (end.xM - start.xM) * part,
      yM: start.yM + (end.yM - start.yM) * part + outward * 35 * Math.sin(Math.PI * part),
    });
    builder.addPath([from, bend(0.2), bend(0.4), bend(0.6), bend(0.8), to], {
      highway: "motorway_link",
      oneway: "yes",
      maxspeed: "50",
    });
  };
  ramp(ends.eastboundExit, southTerminal, -1);
  ramp(southTerminal, ends.eastboundEntry, -1);
  ramp(ends.westboundExit, northTerminal, 1);
  ramp(northTerminal, ends.westboundEntry, 1);
  for (const exit of [ends.eastboundExit, ends.westboundExit]) {
    builder.tagNode(exit, { highway: "motorway_junction" });
  }
  return { northTerminal, southTerminal };
}
