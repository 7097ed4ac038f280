import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type DriverState, scheduleDriver } from "../../src/evaluation/driver-hours.ts";

const H = 3600;
const M = 60;

/*
 * Oracle: the least time of breaks and rests by dynamic programming over half hours of driving. At
 * every half hour the driver may take the 15 or the 30 minutes of a split break, a whole one, or a
 * daily rest; a half hour may be driven where the rules allow it.
 */
const UNIT_S = 0.5 * H;
const UNTIL_BREAK = 9;
const PER_DAY = 18;

function leastByWalking(units: number, since: number, today: number, part: boolean, limit: number) {
  const known = new Map<string, number>();
  const walk = (left: number, s: number, t: number, p: boolean, most: number): number => {
    if (left === 0) return 0;
    const key = `${left} ${s} ${t} ${p} ${most}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    let best = Infinity;
    if (s < UNTIL_BREAK && t < most) best = walk(left - 1, s + 1, t + 1, p, most);
    if (s > 0) best = Math.min(best, 45 * M + walk(left, 0, t, false, most));
    if (s > 0 && p) best = Math.min(best, 30 * M + walk(left, 0, t, false, most));
    if (!p) best = Math.min(best, 15 * M + walk(left, s, t, true, most));
    if (t > 0 || s > 0) best = Math.min(best, 11 * H + walk(left, 0, 0, false, PER_DAY));
    known.set(key, best);
    return best;
  };
  return walk(units, since, today, part, limit);
}

/** Checks a schedule against the rules by driving it minute by minute in whole half hours. */
function expectLegal(state: DriverState, drivingS: number, waypointsS: readonly number[]): void {
  const { stops, breakS, restS } = scheduleDriver("eu", state, drivingS, waypointsS);
  let since = state.drivenSinceBreakS ?? 0;
  let today = Math.max(since, state.drivenTodayS ?? 0);
  let limit = (state.extendedDay === true ? 10 : 9) * H;
  let part = state.breakPartTaken === true;
  let done = 0;
  let sum = 0;
  for (const stop of [...stops, undefined]) {
    const until = stop?.afterDrivingS ?? drivingS;
    expect(until).toBeGreaterThanOrEqual(done);
    since += until - done;
    today += until - done;
    if (until > done) {
      expect(since).toBeLessThanOrEqual(4.5 * H + 1e-3);
      expect(today).toBeLessThanOrEqual(limit + 1e-3);
    }
    done = until;
    if (stop === undefined) break;
    if (stop.waypoint !== undefined) expect(stop.afterDrivingS).toBe(waypointsS[stop.waypoint]);
    sum += stop.durationS;
    since = 0;
    if (stop.kind === "daily-rest") {
      expect(stop.durationS).toBe(11 * H);
      today = 0;
      limit = 9 * H;
    } else expect(stop.durationS).toBe(part ? 30 * M : 45 * M);
    part = false;
  }
  expect(breakS + restS).toBe(sum);
}

describe("drivers' hours by Regulation 561/2006", () => {
  /* Worked by hand from articles 6 to 8. */
  it.each([
    ["none is due after four and a half hours", 4.5 * H, {}, []],
    ["45 minutes are due a second later", 4.5 * H + 1, {}, [["break", 4.5 * H, 45 * M]]],
    ["one break carries nine hours", 9 * H, {}, [["break", 4.5 * H, 45 * M]]],
    [
      "a daily rest comes after nine hours",
      9.5 * H,
      {},
      [
        ["break", 4.5 * H, 45 * M],
        ["daily-rest", 9 * H, 11 * H],
      ],
    ],
    [
      "ten hours take a second break",
      10 * H,
      { extendedDay: true },
      [
        ["break", 4.5 * H, 45 * M],
        ["break", 9 * H, 45 * M],
      ],
    ],
    [
      "what was driven before counts",
      1 * H,
      { drivenSinceBreakS: 4 * H },
      [["break", 0.5 * H, 45 * M]],
    ],
    [
      "what was driven since the break was driven today",
      9 * H,
      { drivenSinceBreakS: 4 * H },
      [
        ["break", 0.5 * H, 45 * M],
        ["daily-rest", 5 * H, 11 * H],
      ],
    ],
    [
      "half an hour is left of a break in two parts",
      1 * H,
      { drivenSinceBreakS: 4.5 * H, breakPartTaken: true },
      [["break", 0, 30 * M]],
    ],
    [
      "a rest that is needed anyway comes in place of a break",
      2 * H,
      { drivenSinceBreakS: 4.5 * H, drivenTodayS: 8 * H },
      [["daily-rest", 0, 11 * H]],
    ],
  ] as const)("%s", (_, drivingS, state, expected) => {
    const { stops } = scheduleDriver("eu", state, drivingS);
    expect(
      stops.map(({ kind, afterDrivingS, durationS }) => [kind, afterDrivingS, durationS]),
    ).toEqual(expected);
  });

  const states = fc.record({
    units: fc.nat(60),
    since: fc.nat(UNTIL_BREAK),
    before: fc.nat(PER_DAY),
    part: fc.boolean(),
    extended: fc.boolean(),
  });

  it("take the least time that the rules allow, split breaks and all", () => {
    fc.assert(
      fc.property(states, ({ units, since, before, part, extended }) => {
        const today = Math.max(since, before);
        const state: DriverState = {
          drivenSinceBreakS: since * UNIT_S,
          drivenTodayS: before * UNIT_S,
          breakPartTaken: part,
          extendedDay: extended,
        };
        const { breakS, restS } = scheduleDriver("eu", state, units * UNIT_S);
        const limit = extended ? 20 : PER_DAY;
        expect(breakS + restS).toBe(leastByWalking(units, since, today, part, limit));
      }),
      { numRuns: 120 },
    );
  });

  it("are kept, at waypoints where that takes no longer", () => {
    const seconds = fc.integer({ min: 0, max: 30 * H });
    fc.assert(
      fc.property(
        states,
        seconds,
        fc.array(seconds, { maxLength: 6 }),
        (given, drivingS, places) => {
          const state: DriverState = {
            drivenSinceBreakS: given.since * UNIT_S,
            drivenTodayS: given.before * UNIT_S,
            breakPartTaken: given.part,
            extendedDay: given.extended,
          };
          const waypointsS = places.filter((at) => at < drivingS).sort((a, b) => a - b);
          expectLegal(state, drivingS, waypointsS);
          const free = scheduleDriver("eu", state, drivingS);
          const tied = scheduleDriver("eu", state, drivingS, waypointsS);
          expect(tied.breakS + tied.restS).toBe(free.breakS + free.restS);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("take a break at the last waypoint that serves", () => {
    const at = (drivingS: number, ...waypointsS: number[]) =>
      scheduleDriver("eu", {}, drivingS, waypointsS).stops.map((stop) => [
        stop.afterDrivingS,
        stop.waypoint,
      ]);
    expect(at(6 * H, 1 * H, 2 * H, 3 * H, 5 * H)).toEqual([[3 * H, 2]]);
    // A break after one hour would ask for a second one.
    expect(at(6 * H, 1 * H)).toEqual([[4.5 * H, undefined]]);
  });
});

describe("other rules", () => {
  it("have no break for light goods vehicles in Great Britain, and ten hours a day", () => {
    expect(scheduleDriver("gb-domestic", {}, 10 * H).stops).toEqual([]);
    expect(scheduleDriver("gb-domestic", {}, 10 * H + 1).stops).toEqual([
      { kind: "daily-rest", afterDrivingS: 10 * H, durationS: 13 * H },
    ]);
  });

  it("are none where none is asked for", () => {
    expect(scheduleDriver("none", { drivenTodayS: 20 * H }, 40 * H)).toEqual({
      rule: "none",
      stops: [],
      breakS: 0,
      restS: 0,
    });
  });
});
