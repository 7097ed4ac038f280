import type { NetworkBuilder } from "./network-builder.ts";
import type { Point } from "./county-frame.ts";
import { curveThrough } from "./road-curve.ts";
import type { Terrain } from "./terrain.ts";
import { PASS_Y_M, ridgeCentreXM } from "./terrain.ts";

const ROAD_GRADE = 0.066;
const STEP_M = 28;
/** How far a leg may leave the axis of the pass before it turns in a hairpin. */
const LEG_REACH_M = 330;
const HAIRPIN_STEP_M = 11;
const HAIRPIN_STEPS = 5;
const FOOT_OFFSET_M = 4_850;

/** Joins the two valleys over the saddle, with hairpins wherever the hillside is too steep. */
export function addPassRoad(
  builder: NetworkBuilder,
  terrain: Terrain,
  westGate: number,
  eastGate: number,
): void {
  const saddle = builder.addNode(findSaddle(terrain), {
    natural: "saddle",
    mountain_pass: "yes",
    name: "High Pass (synthetic)",
  });
  const tags = {
    highway: "primary",
    ref: "P 7",
    name: "High Pass Road",
    maxspeed: "50",
    "maxspeed:hgv": "40",
    surface: "asphalt",
  };
  const start = builder.positionOf(saddle);
  for (const side of [-1, 1] as const) {
    const gate = side < 0 ? westGate : eastGate;
    const descent = descend(terrain, start, side);
    const foot = builder.addNode(descent.pop()!);
    builder.addPath([saddle, ...descent, foot], tags);
    const gatePoint = builder.positionOf(gate);
    const footPoint = builder.positionOf(foot);
    const halfway = {
      xM: (gatePoint.xM + footPoint.xM) / 2,
      yM: (gatePoint.yM + footPoint.yM) / 2 + 120,
    };
    builder.addPath(curveThrough(builder, [foot, halfway, gate], 70), { ...tags, maxspeed: "80" });
  }
}

/** The lowest point of the crest near the pass. */
function findSaddle(terrain: Terrain): Point {
  let lowest: Point = { xM: ridgeCentreXM(PASS_Y_M), yM: PASS_Y_M };
  for (let yM = PASS_Y_M - 1_200; yM <= PASS_Y_M + 1_200; yM += 40) {
    let crest: Point = { xM: ridgeCentreXM(yM), yM };
    for (let shiftM = -600; shiftM <= 600; shiftM += 40) {
      const candidate = { xM: ridgeCentreXM(yM) + shiftM, yM };
      if (terrain.heightAtM(candidate) > terrain.heightAtM(crest)) crest = candidate;
    }
    if (yM === PASS_Y_M - 1_200 || terrain.heightAtM(crest) < terrain.heightAtM(lowest))
      lowest = crest;
  }
  return lowest;
}

/**
 * Walks down from the saddle at a constant grade: where the hillside is steeper than the road may
 * be, the road leaves the fall line by the angle that gives its grade, to one side until it
 * strays too far and then, through a hairpin, to the other. It never crosses itself, because it
 * never climbs.
 */
function descend(terrain: Terrain, saddle: Point, side: -1 | 1): Point[] {
  const points: Point[] = [];
  let at = saddle;
  let legSide = 1;
  let heading = side < 0 ? Math.PI : 0;
  const step = (lengthM: number): void => {
    at = { xM: at.xM + lengthM * Math.cos(heading), yM: at.yM + lengthM * Math.sin(heading) };
    points.push(at);
  };
  while ((at.xM - ridgeCentreXM(at.yM)) * side < FOOT_OFFSET_M) {
    if (points.length > 2_000) throw new Error("the pass road does not reach the valley");
    const offAxisM = at.yM - saddle.yM;
    const wanted = legHeading(terrain, at, side, legSide);
    const isLeavingAxis = Math.sign(Math.sin(wanted)) === Math.sign(offAxisM);
    if (Math.abs(offAxisM) > LEG_REACH_M && isLeavingAxis) {
      const opposite = legHeading(terrain, at, side, -legSide);
      const turnsAside = Math.sign(Math.sin(opposite)) !== Math.sign(offAxisM);
      if (turnsAside) {
        legSide = -legSide;
        const turn = turnBetween(heading, opposite);
        for (let index = 0; index < HAIRPIN_STEPS; index += 1) {
          heading += turn / HAIRPIN_STEPS;
          step(HAIRPIN_STEP_M);
        }
        continue;
      }
    }
    // Between hairpins the road may only bend so far per step.
    heading += Math.min(Math.max(turnBetween(heading, wanted), -0.5), 0.5);
    step(STEP_M);
  }
  return points;
}

function legHeading(terrain: Terrain, at: Point, side: -1 | 1, legSide: number): number {
  const { east, north } = terrain.slopeAt(at);
  const steepness = Math.hypot(east, north);
  const straightOn = side < 0 ? Math.PI : 0;
  const downhill = Math.atan2(-north, -east);
  // Too flat to need a detour: straight to the valley. So too where a bump points the wrong way.
  if (steepness <= ROAD_GRADE || Math.cos(downhill - straightOn) < -0.2) return straightOn;
  return downhill + legSide * Math.acos(ROAD_GRADE / steepness);
}

/** The signed angle from one heading to another, the short way round. */
function turnBetween(from: number, to: number): number {
  return Math.atan2(Math.sin(to - from), Math.cos(to - from));
}
