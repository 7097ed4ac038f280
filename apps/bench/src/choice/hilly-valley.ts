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

/** A valley with so few roads that all routes through it can be listed. */
export interface HillyValley {
  readonly region: RegionData;
  readonly origin: LonLat;
  readonly destination: LonLat;
  readonly ground: ElevationSampler;
}

/** Towns in a row, and three one-way roads from each to the next: 3^5 routes. */
const TOWNS = Array.from("ABCDEF");
const BENDS = Array.from("abcdefghijklmno");
const ROADS = 3;
const CELL_M = 120;
const COLUMNS = 12;
/** Rows of the three bends and of the towns. */
const BEND_ROWS = [0, 5, 8] as const;
const TOWN_ROW = 3;
const ROWS = 9;
const CLASSES = ["trunk", "primary", "secondary", "tertiary"] as const;
const SPEEDS_KMH = ["40", "50", "60", "80"] as const;
const TOLL_SHARE = 0.2;
const TOLL = 0.5;
const METRES_PER_DEGREE = (Math.PI * 6_371_008.8) / 180;

/**
 * Six towns on hills and three roads from each to the next, long or short, fast or slow, over different
 * slopes, some of them tolled tunnels. Vehicles, speed rules and prices other than the toll are those
 * of `like`.
 */
export async function buildHillyValley(seed: number, like: RegionData): Promise<HillyValley> {
  const random = createSeededRandom(seed);
  const drawing = networkFromAscii(drawMap(), { ways: roads(random), gridM: CELL_M });
  const origin = drawing.position(TOWNS[0]!);
  const ground = samplerOf(hills(random));
  const { graph } = await buildRoutingGraph({
    name: "hilly valley",
    osm: osmSourceFromBytes(writeOsmPbf(drawing.dataset)),
    elevation: ground,
    tollFacilities: [
      { id: "valley", name: "Valley", near: origin, radiusM: 20_000, charged: "tunnel" },
    ],
  });
  const { hierarchy: _, ...rest } = like;
  return {
    region: {
      ...rest,
      name: "hilly valley",
      graph: encodeGraph(graph, sha256).buffer,
      rates: valleyRates(like.rates),
    },
    origin,
    destination: drawing.position(TOWNS.at(-1)!),
    ground,
  };
}

function drawMap(): string {
  const width = (TOWNS.length - 1) * COLUMNS + 1;
  const cells = Array.from({ length: ROWS }, () => Array.from({ length: width }, () => " "));
  for (const [town, name] of TOWNS.entries()) cells[TOWN_ROW]![town * COLUMNS] = name;
  for (const [bend, name] of BENDS.entries()) {
    const column = Math.floor(bend / ROADS) * COLUMNS + COLUMNS / 2;
    cells[BEND_ROWS[bend % ROADS]!]![column] = name;
  }
  return cells.map((row) => row.join("")).join("\n");
}

function roads(random: SeededRandom): Record<string, Record<string, string>> {
  return Object.fromEntries(
    BENDS.map((name, bend) => {
      const town = Math.floor(bend / ROADS);
      const isToll = random.chance(TOLL_SHARE);
      const tags = {
        highway: random.pick(CLASSES),
        maxspeed: random.pick(SPEEDS_KMH),
        oneway: "yes",
        ...(isToll ? { toll: "yes", tunnel: "yes" } : {}),
      };
      return [TOWNS[town]! + name + TOWNS[town + 1]!, tags];
    }),
  );
}

/** Waves of a kilometre or two that rise and fall by some ten metres. */
function hills(random: SeededRandom): (lon: number, lat: number) => number {
  const waves = Array.from({ length: 4 }, () => ({
    heightM: random.between(5, 18),
    east: random.between(-1, 1) / 250,
    north: random.between(-1, 1) / 250,
    phase: random.between(0, 2 * Math.PI),
  }));
  return (lon, lat) => {
    const eastM = lon * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
    const northM = lat * METRES_PER_DEGREE;
    return waves.reduce(
      (sum, { heightM, east, north, phase }) =>
        sum + heightM * Math.sin(east * eastM + north * northM + phase),
      500,
    );
  };
}

function samplerOf(heightAt: (lon: number, lat: number) => number): ElevationSampler {
  return {
    source: { name: "hills", resolutionM: 1, attribution: "synthetic" },
    sample(lonLat, outM) {
      for (let point = 0; point < outM.length; point++) {
        outM[point] = heightAt(lonLat[2 * point]!, lonLat[2 * point + 1]!);
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

function valleyRates(rates: Rates): Rates {
  const { byVehicle, ...shared } = rates;
  return { ...shared, ...byVehicle?.[DEFAULT_VEHICLE], tollByFacility: { valley: TOLL } };
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}
