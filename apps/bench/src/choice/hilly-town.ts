import { createHash } from "node:crypto";

import {
  buildRoutingGraph,
  DEFAULT_VEHICLE,
  type ElevationSampler,
  encodeGraph,
  type LonLat,
  osmSourceFromBytes,
  type Rates,
  type RegionData,
} from "@gradeway/route-core";
import {
  createSeededRandom,
  networkFromAscii,
  type SeededRandom,
  writeOsmPbf,
} from "@gradeway/test-kit";

/** A town so small that all its routes can be listed, and a trip across it. */
export interface HillyTown {
  readonly region: RegionData;
  readonly origin: LonLat;
  readonly destination: LonLat;
}

const COLUMNS = 4;
const ROWS = 3;
const NAMES = Array.from("ABCDEFGHIJKL");
/** One cell of the drawing; junctions are six to the east and five to the south apart. */
const CELL_M = 130;
const CLASSES = ["trunk", "primary", "secondary", "residential"] as const;
const SPEEDS_KMH = ["30", "50", "60", "80"] as const;
const ONE_WAY_SHARE = 0.15;
const TOLL_SHARE = 0.15;
const TOLL = 0.6;
const METRES_PER_DEGREE = (Math.PI * 6_371_008.8) / 180;

/**
 * Three by four junctions on hills, with streets of all kinds between them, some of them one-way, some
 * tolled tunnels. Vehicles, speed rules and prices other than the toll are those of `like`.
 */
export async function buildHillyTown(seed: number, like: RegionData): Promise<HillyTown> {
  const random = createSeededRandom(seed);
  const drawing = networkFromAscii(MAP, { ways: streets(random), gridM: CELL_M });
  const origin = drawing.position(NAMES[0]!);
  const { graph } = await buildRoutingGraph({
    name: "hilly town",
    osm: osmSourceFromBytes(writeOsmPbf(drawing.dataset)),
    elevation: hills(random),
    tollFacilities: [
      { id: "town", name: "Town", near: origin, radiusM: 20_000, charged: "tunnel" },
    ],
  });
  return {
    region: {
      ...like,
      name: "hilly town",
      graph: encodeGraph(graph, sha256).buffer,
      rates: townRates(like.rates),
    },
    origin,
    destination: drawing.position(NAMES.at(-1)!),
  };
}

const MAP = Array.from({ length: ROWS }, (_, row) =>
  NAMES.slice(row * COLUMNS, (row + 1) * COLUMNS).join("-----"),
).join("\n\n\n\n\n");

function streets(random: SeededRandom): Record<string, Record<string, string>> {
  const ways: Record<string, Record<string, string>> = {};
  const street = (a: number, b: number): void => {
    ways[NAMES[a]! + NAMES[b]!] = {
      highway: random.pick(CLASSES),
      maxspeed: random.pick(SPEEDS_KMH),
      ...(random.chance(ONE_WAY_SHARE) ? { oneway: "yes" } : {}),
      ...(random.chance(TOLL_SHARE) ? { toll: "yes", tunnel: "yes" } : {}),
    };
  };
  for (let junction = 0; junction < NAMES.length; junction++) {
    if (junction % COLUMNS < COLUMNS - 1) street(junction, junction + 1);
    if (junction + COLUMNS < NAMES.length) street(junction, junction + COLUMNS);
  }
  return ways;
}

/** Waves of a kilometre or two that rise and fall by some ten metres. */
function hills(random: SeededRandom): ElevationSampler {
  const waves = Array.from({ length: 4 }, () => ({
    heightM: random.between(5, 18),
    east: random.between(-1, 1) / 250,
    north: random.between(-1, 1) / 250,
    phase: random.between(0, 2 * Math.PI),
  }));
  return {
    source: { name: "hills", resolutionM: 1, attribution: "synthetic" },
    sample(lonLat, outM) {
      for (let point = 0; point < outM.length; point++) {
        const eastM = lonLat[2 * point]! * METRES_PER_DEGREE;
        const northM = lonLat[2 * point + 1]! * METRES_PER_DEGREE;
        let heightM = 500;
        for (const wave of waves) {
          heightM += wave.heightM * Math.sin(wave.east * eastM + wave.north * northM + wave.phase);
        }
        outM[point] = heightM;
      }
      return Promise.resolve({
        sampled: outM.length,
        voids: 0,
        missingTiles: [],
        tilesSha256: "",
      });
    },
  };
}

function townRates(rates: Rates): Rates {
  const { byVehicle, ...shared } = rates;
  return { ...shared, ...byVehicle?.[DEFAULT_VEHICLE], tollByFacility: { town: TOLL } };
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}
