import { networkFromAscii, writeOsmPbf } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { ROAD_CLASSES, roadClassIndex } from "../../src/osm/road-class.ts";
import {
  readRoadNetwork,
  WAY_BRIDGE,
  WAY_ROUNDABOUT,
  WAY_TOLL,
  WAY_TUNNEL,
} from "../../src/osm/road-network.ts";
import { osmSourceFromBytes } from "../../src/osm/osm-source.ts";
import { tagsOf } from "./tags.ts";

const classOf = (tags: Record<string, string>): string | undefined =>
  ROAD_CLASSES[roadClassIndex(tagsOf(tags))];

const read = (dataset: Parameters<typeof writeOsmPbf>[0]) =>
  readRoadNetwork(osmSourceFromBytes(writeOsmPbf(dataset)));

async function flagsOf(tags: Record<string, string>): Promise<number> {
  const { dataset } = networkFromAscii("A--B", { ways: { AB: tags } });
  return (await read(dataset)).ways.flags[0]!;
}

describe("road classes", () => {
  it("are known for every class", () => {
    for (const name of ROAD_CLASSES) expect(classOf({ highway: name })).toBe(name);
  });

  it.each([
    {},
    { highway: "footway" },
    { highway: "track" },
    { highway: "construction", construction: "primary" },
    { highway: "service", service: "parking_aisle" },
    { highway: "residential", area: "yes" },
    { route: "ferry" },
    { waterway: "river" },
  ])("%j is no road for a truck", (tags) => expect(classOf(tags)).toBeUndefined());

  it("an alley is a service road", () => {
    expect(classOf({ highway: "service", service: "alley" })).toBe("service");
  });
});

describe("flags of a way", () => {
  it.each([
    [{}, 0],
    [{ bridge: "yes" }, WAY_BRIDGE],
    [{ bridge: "viaduct" }, WAY_BRIDGE],
    [{ bridge: "no" }, 0],
    [{ tunnel: "yes" }, WAY_TUNNEL],
    [{ tunnel: "avalanche_protector" }, WAY_TUNNEL],
    [{ tunnel: "building_passage" }, 0],
    [{ tunnel: "culvert" }, 0],
    [{ toll: "yes" }, WAY_TOLL],
    [{ "toll:hgv": "yes" }, WAY_TOLL],
    [{ toll: "yes", "toll:hgv": "no" }, 0],
    [{ toll: "no" }, 0],
    [{ junction: "roundabout" }, WAY_ROUNDABOUT],
    [{ junction: "circular", toll: "yes" }, WAY_ROUNDABOUT | WAY_TOLL],
  ])("of %j are %i", async (tags, flags) => expect(await flagsOf(tags)).toBe(flags));
});

describe("the road network of an extract", () => {
  it("keeps roads only, with nodes that roads use only", async () => {
    const { dataset, wayId, nodeId } = networkFromAscii("A--B--C--D", {
      ways: { AB: {}, CD: { highway: "footway" } },
      nodes: { B: { barrier: "bollard" } },
      timestamp: "2025-01-18T21:20:03Z",
    });
    const network = await read(dataset);
    expect(Array.from(network.ways.osmId)).toEqual([wayId("AB")]);
    expect(Array.from(network.nodes.osmId)).toEqual([nodeId("A"), nodeId("B")]);
    expect(Array.from(network.nodes.rules)).toEqual([0, 1]);
    expect(network.counts).toMatchObject({ highwayWays: 2, missingNodeRefs: 0 });
    expect(network.osmTimestamp).toBe("2025-01-18T21:20:03.000Z");
  });

  it("counts references to nodes that the extract lacks", async () => {
    const { dataset, nodeId } = networkFromAscii("A--B--C", { ways: { ABC: {} } });
    const nodes = dataset.nodes.filter((node) => node.id !== nodeId("B"));
    const network = await read({ ...dataset, nodes });
    expect(network.counts.missingNodeRefs).toBe(1);
    expect(Array.from(network.refs)).toEqual([0, -1, 2]);
  });

  it("stores equal limits once", async () => {
    const { dataset } = networkFromAscii("A--B--C--D", {
      ways: { AB: { maxheight: "4" }, BC: { maxheight: "4.0 m" }, CD: { maxheight: "3.5" } },
    });
    const { limits, ways } = await read(dataset);
    expect(limits.length).toBe(3);
    expect(Array.from(ways.limits)).toEqual([1, 1, 2]);
    expect(limits[0]).toMatchObject({ heightM: Infinity, massT: Infinity });
  });

  it("counts each way with conditional tags once", async () => {
    const { dataset } = networkFromAscii("A--B--C", {
      ways: {
        AB: { "hgv:conditional": "no @ (22:00-06:00)", "maxspeed:conditional": "30 @ wet" },
        BC: {},
      },
    });
    expect((await read(dataset)).counts.conditionalWays).toBe(1);
  });

  it("reports progress from 0 to 1 over both passes", async () => {
    const { dataset } = networkFromAscii("A--B", { ways: { AB: {} } });
    const bytes = writeOsmPbf(dataset, { compress: false });
    const seen: number[] = [];
    await readRoadNetwork(osmSourceFromBytes(bytes), (fraction) => seen.push(fraction));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBeGreaterThan(0.8);
    expect(seen.at(-1)).toBeLessThanOrEqual(1);
  });
});
