import { describe, expect, it } from "vitest";

import { buildFromAscii, lonLatAt, plannerOf } from "../networks.ts";

const RING = `
  A---B---C
  |       |
  D---E---F
`;

/** A ring of one edge with a stub at A; the street B-C runs along the top. */
const ringWith = async (tags: Record<string, string>) => {
  const { graph } = await buildFromAscii(RING, { ways: { ABC: tags, CFEDA: tags, DE: {} } });
  const planner = plannerOf(graph);
  return (fromEastM: number, toEastM: number): { metres: number; routes: number } => {
    const { routes } = planner.planPareto({
      origin: lonLatAt(fromEastM, 0),
      destination: lonLatAt(toEastM, 0),
    });
    return { metres: routes[0]!.distanceM, routes: routes.length };
  };
};

describe("both ends of a trip on one edge", () => {
  it("forwards and backwards go straight on a two-way street", async () => {
    const trip = await ringWith({});
    expect(trip(100, 700).metres).toBeCloseTo(600, -1);
    expect(trip(700, 100).metres).toBeCloseTo(600, -1);
  });

  it("against a one-way street go round the block", async () => {
    const trip = await ringWith({ oneway: "yes" });
    const around = 2 * (800 + 200);
    expect(trip(100, 700).metres).toBeCloseTo(600, -1);
    expect(trip(700, 100).metres).toBeCloseTo(around - 600, -1);
    const reversed = await ringWith({ oneway: "-1" });
    expect(reversed(700, 100).metres).toBeCloseTo(600, -1);
    expect(reversed(100, 700).metres).toBeCloseTo(around - 600, -1);
  });

  it("at the same point need no driving, whatever the direction", async () => {
    for (const tags of [{}, { oneway: "yes" }, { oneway: "-1" }]) {
      expect((await ringWith(tags))(300, 300)).toEqual({ metres: 0, routes: 1 });
    }
  });

  it("back on a blind one-way street is impossible", async () => {
    const { graph } = await buildFromAscii("A-----B", { ways: { AB: { oneway: "yes" } } });
    const planner = plannerOf(graph);
    const [west, east] = [lonLatAt(100, 0), lonLatAt(500, 0)];
    expect(planner.planRoute({ origin: west, destination: east }).route.distanceM).toBeCloseTo(
      400,
      -1,
    );
    expect(() => planner.planRoute({ origin: east, destination: west })).toThrow(/No road leads/);
  });

  it("behind each other on a dead end turn round at its end when one-way turning is barred", async () => {
    const { graph } = await buildFromAscii("A-----B----C", {
      ways: { AB: {}, BC: { maxheight: "9" } },
    });
    const { route } = plannerOf(graph).planRoute({
      origin: lonLatAt(500, 0),
      destination: lonLatAt(100, 0),
    });
    expect(route.distanceM).toBeCloseTo(400, -1);
  });
});
