import { describe, expect, it } from "vitest";

import { addArc, addArcPart, createConsumption } from "../../src/costing/arc-consumption.ts";
import type { Costing } from "../../src/costing/costing.ts";
import { stopAt } from "../../src/costing/junction-control.ts";
import { CONTROL_GIVE_WAY, CONTROL_SIGNALS, CONTROL_STOP } from "../../src/graph/routing-graph.ts";
import { LEVEL_GRADE } from "../../src/graph/grade-bins.ts";
import { buildFromAscii, costingOf } from "../networks.ts";

/** Seconds that controls add to driving edge 0, eastwards and westwards. */
async function delays(
  tags: Record<string, string>,
  map = "A---B---------C",
  way = "ABC",
): Promise<{ readonly east: number; readonly west: number; readonly costing: Costing }> {
  const plain = costingOf((await buildFromAscii(map, { ways: { [way]: {} } })).graph);
  const { graph } = await buildFromAscii(map, { ways: { [way]: {} }, nodes: { B: tags } });
  const costing = costingOf(graph);
  const seconds = (from: Costing, arc: number): number => {
    const sum = createConsumption();
    addArc(from, arc, sum);
    return sum.seconds;
  };
  const eastward = graph.nodeLonE7[graph.edgeTail[0]!]! < graph.nodeLonE7[graph.edgeHead[0]!]!;
  const [east, west] = (eastward ? [0, 1] : [1, 0]).map(
    (arc) => seconds(costing, arc) - seconds(plain, arc),
  );
  return { east: east!, west: west!, costing };
}

/** Expected seconds of a control that a truck drives up to at 63 km/h on the level. */
function costOf({ speedChanges, table }: Costing, kind: number): number {
  const { chance, waitS } = stopAt(kind);
  const spent = { seconds: 0, energy: 0 };
  speedChanges.add(LEVEL_GRADE, table.row(63), 0, table.row(63), chance, spent);
  return spent.seconds + chance * waitS;
}

describe("junction controls on a road", () => {
  it("signals stop both directions unless they say which", async () => {
    const both = await delays({ highway: "traffic_signals" });
    const expected = costOf(both.costing, CONTROL_SIGNALS);
    expect(both.east).toBeCloseTo(expected, 6);
    expect(both.west).toBeCloseTo(expected, 6);
    const forward = await delays({
      highway: "traffic_signals",
      "traffic_signals:direction": "forward",
    });
    expect(forward.east).toBeCloseTo(expected, 6);
    expect(forward.west).toBeCloseTo(0, 9);
  });

  it("forward is the direction of the way, not of the edge or the map", async () => {
    const tags = { highway: "traffic_signals", "traffic_signals:direction": "forward" };
    const westward = await delays(tags, "A---B---------C", "CBA");
    expect(westward.west).toBeCloseTo(costOf(westward.costing, CONTROL_SIGNALS), 6);
    expect(westward.east).toBeCloseTo(0, 9);
  });

  it("a stop sign holds back who drives to the near end", async () => {
    const nearWest = await delays({ highway: "stop" });
    expect(nearWest.west).toBeCloseTo(costOf(nearWest.costing, CONTROL_STOP), 6);
    expect(nearWest.east).toBeCloseTo(0, 9);
    const nearEast = await delays({ highway: "give_way" }, "A---------B---C");
    expect(nearEast.east).toBeCloseTo(costOf(nearEast.costing, CONTROL_GIVE_WAY), 6);
    expect(nearEast.west).toBeCloseTo(0, 9);
    const stated = await delays({ highway: "stop", direction: "forward" });
    expect(stated.east).toBeGreaterThan(1);
    expect(stated.west).toBeCloseTo(0, 9);
  });

  it("signals on a crossing are met once by who passes it", async () => {
    const options = { ways: { AB: {}, BC: {}, BD: {} } };
    const map = "A---B---C\n    |\n    D";
    const { graph } = await buildFromAscii(map, {
      ...options,
      nodes: { B: { highway: "traffic_signals" } },
    });
    const costing = costingOf(graph);
    const plain = costingOf((await buildFromAscii(map, options)).graph);
    const total = (from: Costing, arcs: readonly number[]): number => {
      const sum = createConsumption();
      for (const arc of arcs) addArc(from, arc, sum);
      return sum.seconds;
    };
    for (let first = 0; first < 2 * graph.edgeCount; first++) {
      const toB = graph.edgeTail[first >> 1] === 0 || graph.edgeHead[first >> 1] === 0;
      expect(toB).toBeTypeOf("boolean");
      const here = total(costing, [first]) - total(plain, [first]);
      const back = total(costing, [first ^ 1]) - total(plain, [first ^ 1]);
      // Each arm has the control on the arc that arrives and none on the one that leaves.
      expect(here + back).toBeCloseTo(costOf(costing, CONTROL_SIGNALS), 6);
      expect(Math.min(here, back)).toBeCloseTo(0, 9);
    }
  });

  it("a part that begins at a control has it behind, one that ends there meets it", async () => {
    const { costing } = await delays({ highway: "traffic_signals" });
    const atM = costing.graph.controlAtM[0]!;
    const lengthM = costing.graph.edgeLengthM[0]!;
    const seconds = (arc: number, fromM: number, toM: number): number => {
      const sum = createConsumption();
      addArcPart(costing, arc, fromM, toM, sum);
      return sum.seconds;
    };
    for (const arc of [0, 1]) {
      const whole = seconds(arc, 0, lengthM);
      expect(seconds(arc, 0, atM) + seconds(arc, atM, lengthM)).toBeCloseTo(whole, 6);
      const [before, after] =
        arc === 0
          ? [
              [0, atM],
              [atM, lengthM],
            ]
          : [
              [atM, lengthM],
              [0, atM],
            ];
      const pace = (whole - costOf(costing, CONTROL_SIGNALS)) / lengthM;
      expect(seconds(arc, after[0]!, after[1]!)).toBeCloseTo(pace * (after[1]! - after[0]!), 6);
      expect(seconds(arc, before[0]!, before[1]!)).toBeGreaterThan(
        pace * (before[1]! - before[0]!) + 1,
      );
    }
  });
});
