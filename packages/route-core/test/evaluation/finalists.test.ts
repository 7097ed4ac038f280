import { createSeededRandom } from "@gradeway/test-kit";
import { describe, expect, it } from "vitest";

import { evaluateFront } from "../../src/evaluation/evaluate-plan.ts";
import { buildFromAscii, formulaSampler, lonLatAt, plannerOf } from "../networks.ts";
import { heightsOf, hill } from "./rough-town.ts";

/* A chain of toll bridges, each with a price and a way around of its own: many a choice is worth it. */
const STAGES = 9;
const nodes = Array.from("ABCDEFGHIJ");
const around = Array.from("abcdefghi");
const random = createSeededRandom(4);
const ways: Record<string, Record<string, string>> = {};
const prices: Record<string, number> = {};
for (let at = 0; at < STAGES; at++) {
  const [from, via, to] = [nodes[at]!, around[at]!, nodes[at + 1]!];
  const maxspeed = String(random.integer(15, 50));
  ways[from + to] = { bridge: "yes", toll: "yes", maxspeed: "70" };
  ways[from + via] = { maxspeed };
  ways[via + to] = { maxspeed };
  prices[`t${at}`] = random.between(2, 6);
}
const { graph, drawing } = await buildFromAscii(
  `${nodes.join("-----")}\n\n   ${around.join("     ")}`,
  { ways },
  {
    elevation: formulaSampler(hill(25)),
    tollFacilities: Object.keys(prices).map((id, at) => {
      const near = lonLatAt(600 * at, 0);
      return { id, name: id, radiusM: 50, charged: "bridge", near };
    }),
  },
);
const request = { origin: drawing.position("A"), destination: drawing.position("J") };
const plan = plannerOf(graph, { tollByFacility: prices }).planFinalists(request);
const { size, routeIds } = plan.answer.front;

describe("the finalists of a large front", () => {
  it("are 32, and the rest stays as searched", () => {
    expect(size).toBeGreaterThan(40);
    expect(plan.courses).toHaveLength(32);
    expect(routeIds.filter((id) => id !== null)).toHaveLength(32);
    const { evaluation, front } = evaluateFront(plan, request, heightsOf(plan.courses, hill(25)));
    expect(evaluation).toMatchObject({ finalists: 32, notEvaluated: size - 32 });
    expect(front.tiers!.filter((tier) => tier === "search")).toHaveLength(size - 32);
  });
});
