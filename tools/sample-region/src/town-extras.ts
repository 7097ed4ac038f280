import type { SeededRandom } from "@gradeway/test-kit";

import { between } from "./county-frame.ts";
import type { NetworkBuilder } from "./network-builder.ts";
import type { Town } from "./town.ts";

const DRIVEWAYS = 7;

/** What importers must tell apart from streets: driveways, footpaths and a railway. */
export function addTownExtras(builder: NetworkBuilder, town: Town, random: SeededRandom): void {
  const { plan } = town;
  for (let index = 0; index < DRIVEWAYS; index += 1) {
    const corner = town.crossing(
      random.integer(0, plan.columns - 2),
      random.integer(0, plan.rows - 2),
    );
    const { xM, yM } = builder.positionOf(corner);
    const isPrivate = index % 3 !== 0;
    builder.addPath([corner, { xM: xM + 22, yM: yM + 25 }, { xM: xM + 48, yM: yM + 38 }], {
      highway: "service",
      ...(isPrivate ? { access: "private", service: "driveway" } : { service: "parking_aisle" }),
    });
  }
  const park = town.crossing(plan.columns - 1, 0);
  const { xM, yM } = builder.positionOf(park);
  builder.addPath([park, { xM: xM + 60, yM: yM - 45 }, { xM: xM + 130, yM: yM - 70 }], {
    highway: "footway",
  });
  addRailway(builder, town);
}

function addRailway(builder: NetworkBuilder, town: Town): void {
  const { plan } = town;
  const above = plan.railAboveRow;
  if (above === undefined) return;
  const crossings = Array.from({ length: plan.columns }, (_, column) =>
    between(
      builder.positionOf(town.crossing(column, above)),
      builder.positionOf(town.crossing(column, above + 1)),
      0.5,
    ),
  );
  builder.addPath(crossings, { railway: "rail", bridge: "yes", layer: "1" });
}
