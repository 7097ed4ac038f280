import type { NetworkBuilder } from "./network-builder.ts";
import type { Point } from "./county-frame.ts";

const NODES_PER_CIRCLE = 12;

export interface Roundabout {
  /** The node of the circle that an arm from this direction meets. */
  readonly armTowards: (target: Point) => number;
}

/** A one-way circle, driven anticlockwise as where traffic keeps right. */
export function addRoundabout(
  builder: NetworkBuilder,
  centre: Point,
  highway: string,
  radiusM = 22,
): Roundabout {
  const circle = Array.from({ length: NODES_PER_CIRCLE }, (_, index) => {
    const angle = (index * 2 * Math.PI) / NODES_PER_CIRCLE;
    return builder.addNode({
      xM: centre.xM + radiusM * Math.cos(angle),
      yM: centre.yM + radiusM * Math.sin(angle),
    });
  });
  builder.addWay([...circle, circle[0]!], {
    highway,
    junction: "roundabout",
    oneway: "yes",
    maxspeed: "50",
  });
  return {
    armTowards(target) {
      const angle = Math.atan2(target.yM - centre.yM, target.xM - centre.xM);
      const index = Math.round((angle * NODES_PER_CIRCLE) / (2 * Math.PI));
      return circle[(index + NODES_PER_CIRCLE) % NODES_PER_CIRCLE]!;
    },
  };
}
