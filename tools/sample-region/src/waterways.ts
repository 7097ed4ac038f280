import { HALF_HEIGHT_M } from "./county-frame.ts";
import type { NetworkBuilder } from "./network-builder.ts";
import { lakeShore } from "./terrain.ts";

const RIVER_SPACING_M = 140;
const SHORE_NODES = 36;

/** A river runs along each valley, between the valley road and the outer hills. */
export function riverXM(side: number, yM: number): number {
  const meanderM = 320 * Math.sin(yM / 1_900 + side) + 180 * Math.sin(yM / 770);
  return side < 0 ? -10_700 + meanderM : 10_950 + meanderM;
}

export function addWaterways(builder: NetworkBuilder): void {
  for (const side of [-1, 1]) {
    const stops = [];
    for (let yM = HALF_HEIGHT_M; yM >= -HALF_HEIGHT_M; yM -= RIVER_SPACING_M) {
      stops.push({ xM: riverXM(side, yM), yM });
    }
    builder.addPath(stops, { waterway: "river", name: side < 0 ? "West Water" : "East Water" });
  }
  const shore = Array.from({ length: SHORE_NODES }, (_, index) =>
    builder.addNode(lakeShore((index * 2 * Math.PI) / SHORE_NODES)),
  );
  builder.addWay([...shore, shore[0]!], { natural: "water", water: "lake", name: "Long Lake" });
}

export interface Ferry {
  readonly westLanding: number;
  readonly eastLanding: number;
}

/** Landings are a little way off the shore line, so that no road touches the water. */
export function addFerry(builder: NetworkBuilder): Ferry {
  const [west, east] = [lakeShore(Math.PI), lakeShore(0)];
  const westLanding = builder.addNode(west, { amenity: "ferry_terminal" });
  const eastLanding = builder.addNode(east, { amenity: "ferry_terminal" });
  builder.addPath([westLanding, { xM: (west.xM + east.xM) / 2, yM: west.yM + 90 }, eastLanding], {
    route: "ferry",
    name: "Long Lake Ferry",
    duration: "00:14",
    motor_vehicle: "yes",
    hgv: "yes",
    maxweight: "40",
  });
  const inland = (from: number, towards: 1 | -1): number => {
    const { xM, yM } = builder.positionOf(from);
    const end = builder.addNode({ xM: xM + towards * 420, yM: yM + 30 });
    builder.addPath([from, { xM: xM + towards * 180, yM: yM + 25 }, end], {
      highway: "tertiary",
      name: "Ferry Road",
      maxspeed: "50",
    });
    return end;
  };
  return { westLanding: inland(westLanding, -1), eastLanding: inland(eastLanding, 1) };
}
