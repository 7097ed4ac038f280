import type { AsciiNetworkOptions } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import type { TollFacility } from "../../src/graph/routing-graph.ts";
import { buildFromAscii, plannerOf } from "../networks.ts";

const TUNNEL: TollFacility = {
  id: "pass",
  name: "The pass tunnel",
  near: [7, 47],
  radiusM: 3000,
  charged: "tunnel",
};

/** What a trip between two named places pays, in whole tolls of 10. */
async function tollsOf(
  map: string,
  ways: AsciiNetworkOptions["ways"],
  trips: readonly (readonly [from: string, to: string])[],
  facility: Partial<TollFacility> = {},
  tariff: Record<string, number> = { pass: 10 },
): Promise<(number | "unresolved")[]> {
  const { graph, drawing } = await buildFromAscii(
    map,
    { ways },
    { tollFacilities: [{ ...TUNNEL, ...facility }] },
  );
  const planner = plannerOf(graph, { tollByFacility: tariff });
  return trips.map(([from, to]) => {
    const { route, warnings } = planner.planRoute({
      origin: drawing.position(from),
      destination: drawing.position(to),
    });
    const paid = route.cost.lines.filter(({ item }) => item === "toll");
    if (warnings.some(({ code }) => code === "toll_tariff_unresolved")) return "unresolved";
    return paid.reduce((sum, { amount }) => sum + amount, 0) / 10;
  });
}

describe("a toll is paid once per passage", () => {
  it("however many toll ways carry the tag", async () => {
    const ways = {
      AB: {},
      BC: { toll: "yes" },
      CD: { toll: "yes", tunnel: "yes" },
      DE: { toll: "yes", tunnel: "yes", maxspeed: "60" },
      EF: { toll: "yes" },
      FG: {},
    };
    const map = "A--B--C--D--E--F--G";
    expect(
      await tollsOf(map, ways, [
        ["A", "G"],
        ["G", "A"],
      ]),
    ).toEqual([1, 1]);
    // Only the approach, or only the rest of the tunnel from inside.
    expect(
      await tollsOf(map, ways, [
        ["A", "B"],
        ["D", "G"],
        ["D", "A"],
      ]),
    ).toEqual([0, 0, 0]);
    expect(
      await tollsOf(map, ways, [
        ["A", "D"],
        ["G", "D"],
      ]),
    ).toEqual([1, 1]);
  });

  it("also where the tunnel is cut into edges by different limits", async () => {
    const ways = {
      AB: {},
      BC: { toll: "yes", tunnel: "yes", maxheight: "4.5" },
      CD: { toll: "yes", tunnel: "yes", maxheight: "4.4" },
      DE: {},
    };
    expect(
      await tollsOf("A--B--C--D--E", ways, [
        ["A", "E"],
        ["E", "A"],
      ]),
    ).toEqual([1, 1]);
  });

  it("in either bore of a twin tunnel, each in its own direction", async () => {
    const map = `
      A--B--C--D
         |  |
         E--F
    `;
    const bore = { toll: "yes", tunnel: "yes", oneway: "yes", highway: "motorway" };
    const ways = { AB: {}, BC: bore, CD: {}, BE: {}, CF: {}, FE: bore };
    expect(
      await tollsOf(map, ways, [
        ["A", "D"],
        ["D", "A"],
      ]),
    ).toEqual([1, 1]);
  });

  it("not on a parallel road without toll, nor outside the radius", async () => {
    const map = `
      A--B-----C--D
         |     |
         E-----F
    `;
    const dear = { toll: "yes", tunnel: "yes", maxspeed: "20" };
    const ways = { AB: {}, BC: dear, CD: {}, BE: {}, EF: {}, FC: {} };
    expect(
      await tollsOf(map, ways, [
        ["A", "D"],
        ["E", "F"],
      ]),
    ).toEqual([0, 0]);
  });

  it("at a gate where any toll way within the radius is charged", async () => {
    const ways = { AB: {}, BC: { toll: "yes" }, CD: { toll: "yes", bridge: "yes" }, DE: {} };
    const map = "A--B--C--D--E";
    expect(await tollsOf(map, ways, [["A", "E"]], { charged: "any" })).toEqual([1]);
    expect(
      await tollsOf(
        map,
        ways,
        [
          ["A", "E"],
          ["A", "C"],
        ],
        { charged: "bridge" },
      ),
    ).toEqual([1, 0]);
    expect(await tollsOf(map, ways, [["A", "E"]], { charged: "tunnel" })).toEqual([0]);
  });

  it.each(["F", "0"])(
    "also where a road leaves the charged part that nobody comes from",
    async (side) => {
      // The name of the node decides in which direction the side road is stored.
      const map = `
      A--B--C--D--E
            |
            ${side}
    `;
      const tolled = { toll: "yes", tunnel: "yes" };
      const ways = { AB: {}, BC: tolled, CD: tolled, DE: {}, [`C${side}`]: { oneway: "yes" } };
      expect(
        await tollsOf(map, ways, [
          ["A", "E"],
          ["E", "A"],
          ["A", side],
        ]),
      ).toEqual([1, 1, 1]);
    },
  );

  it("and never on the way out alone", async () => {
    const ways = { AB: { toll: "yes", tunnel: "yes" }, BC: {} };
    expect(
      await tollsOf("A--B--C", ways, [
        ["A", "C"],
        ["C", "A"],
      ]),
    ).toEqual([0, 1]);
  });
});

describe("rates of a vehicle", () => {
  it("win over those of all, for time, distance and tolls", async () => {
    const ways = { AB: {}, BC: { toll: "yes", tunnel: "yes" }, CD: {} };
    const { graph, drawing } = await buildFromAscii(
      "A--B--C--D",
      { ways },
      { tollFacilities: [TUNNEL] },
    );
    const own = {
      driverPerH: 17,
      standingPerH: 4,
      runningPerKm: 0.06,
      tollByFacility: { pass: 3 },
    };
    const planner = plannerOf(graph, {
      tollByFacility: { pass: 10 },
      byVehicle: { "van-3.5t": own, "rigid-18t": { ...own, tollByFacility: {} } },
    });
    const linesOf = (vehicle: string) => {
      const request = {
        origin: drawing.position("A"),
        destination: drawing.position("D"),
        vehicle,
      };
      const { route, warnings } = planner.planRoute(request);
      const amounts = Object.fromEntries(route.cost.lines.map((line) => [line.item, line.amount]));
      const { durationS, distanceM } = route;
      return {
        driverPerH: amounts["driver"]! / (durationS / 3600),
        runningPerKm: amounts["running"]! / (distanceM / 1000),
        toll: amounts["toll"],
        isUnresolved: warnings.some(({ code }) => code === "toll_tariff_unresolved"),
      };
    };
    const van = linesOf("van-3.5t");
    expect(van).toMatchObject({ toll: 3, isUnresolved: false });
    expect(van.driverPerH).toBeCloseTo(17, 1);
    expect(van.runningPerKm).toBeCloseTo(0.06, 3);
    const artic = linesOf("artic-40t");
    expect(artic).toMatchObject({ toll: 10, isUnresolved: false });
    expect(artic.driverPerH).toBeCloseTo(23, 1);
    // A vehicle whose own rates know no toll for the facility does not get another vehicle's.
    expect(linesOf("rigid-18t")).toMatchObject({ toll: undefined, isUnresolved: true });
  });
});

describe("a toll that is not known", () => {
  const ways = { AB: {}, BC: { toll: "yes", tunnel: "yes" }, CD: {} };

  it("is flagged, for a facility without a tariff and for a road without a facility", async () => {
    const map = "A--B--C--D";
    expect(await tollsOf(map, ways, [["A", "D"]], {}, {})).toEqual(["unresolved"]);
    expect(await tollsOf(map, ways, [["A", "D"]], { near: [8, 48] })).toEqual(["unresolved"]);
    expect(await tollsOf(map, ways, [["A", "B"]], { near: [8, 48] })).toEqual([0]);
  });

  it("is counted when the graph is built", async () => {
    const { graph, warnings } = await buildFromAscii("A--B--C--D", { ways });
    expect(graph.meta.counts.unresolvedTollSpans).toBe(1);
    expect(warnings.map(({ code }) => code)).toEqual(["toll_tariff_unresolved"]);
  });
});
