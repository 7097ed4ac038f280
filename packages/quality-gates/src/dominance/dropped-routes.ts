import type { ParetoAnswer } from "@gradeway/route-core";

import type { Gate } from "../gate.ts";

/** What a planner answered without any limit on the number of routes. */
export type WholeAnswer = Pick<ParetoAnswer, "front" | "routes">;

/** The gate of fronts that arrive whole. */
export function droppedRoutes(open: () => Promise<readonly WholeAnswer[]>): Gate {
  return {
    id: "dropped-routes",
    subsystem: "search",
    title: "no route of a front is dropped",
    rationale:
      "Every point of a front has its route in the answer when no limit was set, no route comes twice, and " +
      "the figures of the points are those of their routes. The score is the share of points of which " +
      "this holds; the threshold is 100, so that 0 routes may be dropped.",
    threshold: 100,
    async measure() {
      const answers = await open();
      const failures = answers.flatMap((answer, trip) =>
        droppedFrom(answer).map((fault) => `trip ${trip}: ${fault}`),
      );
      const points = answers.reduce((sum, { front }) => sum + front.size, 0);
      if (points === 0) throw new RangeError("there is no front");
      const score = Math.max(0, (100 * (points - failures.length)) / points);
      return {
        score,
        facts: { trips: answers.length, points, dropped: failures.length },
        failures,
      };
    },
  };
}

/** What an answer lacks of its front, or has beside it, one line each. */
export function droppedFrom({ front, routes }: WholeAnswer): string[] {
  const faults: string[] = [];
  const byId = new Map(routes.map((route) => [route.id, route]));
  if (byId.size !== routes.length) faults.push(`${routes.length - byId.size} routes come twice`);
  if (front.points.length !== front.size) {
    faults.push(`${front.points.length} points of ${front.size} arrived`);
  }
  for (const [at, [durationS, amount, co2eKg]] of front.points.entries()) {
    const route = byId.get(front.routeIds[at] ?? "");
    if (route === undefined) {
      faults.push(`point ${at} has no route`);
      continue;
    }
    const isSame =
      route.durationS === durationS &&
      route.cost.amount === amount &&
      route.co2eKg.total === co2eKg;
    if (!isSame) faults.push(`point ${at} is not what its route ${route.id} says`);
  }
  if (routes.length > front.size) faults.push(`${routes.length - front.size} routes have no point`);
  return faults;
}
