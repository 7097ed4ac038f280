const HOUR_S = 3600;
const MINUTE_S = 60;
/** Times closer than this are the same, s. */
const SAME_S = 1e-6;

/** Rules of drivers' hours that are modelled. */
export const DRIVER_RULES = ["eu", "gb-domestic", "none"] as const;

/** One of {@link DRIVER_RULES}. */
export type DriverRule = (typeof DRIVER_RULES)[number];

interface Limits {
  /** Driving after which a break is due. */
  readonly untilBreakS: number;
  readonly breakS: number;
  /** What is left of a break after its first part of 15 minutes. */
  readonly secondPartS: number;
  readonly perDayS: number;
  readonly perLongDayS: number;
  readonly dailyRestS: number;
}

/*
 * eu: Regulation (EC) 561/2006, also as assimilated in Great Britain: article 7 (45 minutes after four
 * and a half hours, or 15 and then 30), article 6 (nine hours a day, ten twice a week), article 8 (a
 * daily rest of eleven hours). gb-domestic: Transport Act 1968, part VI, goods vehicles: ten hours of
 * driving a day without a prescribed break; eleven hours of duty leave thirteen of the day.
 */
const LIMITS: Readonly<Record<Exclude<DriverRule, "none">, Limits>> = {
  eu: {
    untilBreakS: 4.5 * HOUR_S,
    breakS: 45 * MINUTE_S,
    secondPartS: 30 * MINUTE_S,
    perDayS: 9 * HOUR_S,
    perLongDayS: 10 * HOUR_S,
    dailyRestS: 11 * HOUR_S,
  },
  "gb-domestic": {
    untilBreakS: Infinity,
    breakS: 0,
    secondPartS: 0,
    perDayS: 10 * HOUR_S,
    perLongDayS: 10 * HOUR_S,
    dailyRestS: 13 * HOUR_S,
  },
};

/** What a driver has done before the trip. */
export interface DriverState {
  /** Driven since the last full break or rest, s; default 0. */
  readonly drivenSinceBreakS?: number;
  /** Driven since the last daily rest, s; at least, and by default, what was driven since the break. */
  readonly drivenTodayS?: number;
  /** The first 15 minutes of a break in two parts are taken already. */
  readonly breakPartTaken?: boolean;
  /** Today may be one of the two days a week of ten hours. */
  readonly extendedDay?: boolean;
}

/** A stop that the rules ask for. */
export interface DriverStop {
  readonly kind: "break" | "daily-rest";
  /** Driving of the trip before it, s. */
  readonly afterDrivingS: number;
  readonly durationS: number;
  /** Index of the waypoint where it is taken; absent where it is anywhere on the road. */
  readonly waypoint?: number;
}

/** The stops of a trip. */
export interface DriverSchedule {
  readonly rule: DriverRule;
  readonly stops: readonly DriverStop[];
  /** Of all breaks; the driver is paid. */
  readonly breakS: number;
  /** Of all daily rests. */
  readonly restS: number;
}

/** A day as far as it is driven. */
interface Day {
  readonly sinceBreakS: number;
  readonly todayS: number;
  readonly limitS: number;
  readonly breakPartTaken: boolean;
  readonly isFirst: boolean;
}

/**
 * Places the breaks and daily rests of a trip so that they take the least time in all. Each comes as late
 * as the rules allow, or at the last waypoint before that where it takes no longer in all; where a rest
 * will be needed anyway it may come in place of a break.
 *
 * @param drivingS - of the whole trip
 * @param waypointsS - driving before each waypoint, ascending
 */
export function scheduleDriver(
  rule: DriverRule,
  state: DriverState,
  drivingS: number,
  waypointsS: readonly number[] = [],
): DriverSchedule {
  const stops: DriverStop[] = [];
  if (rule !== "none") {
    const limits = LIMITS[rule];
    let day = firstDay(limits, state);
    let doneS = 0;
    for (let roomS = roomOf(limits, day); drivingS - doneS > roomS + SAME_S;) {
      const kind = dueStop(limits, day, drivingS - doneS);
      const costAt = (atS: number): number =>
        stopS(limits, day, kind) +
        leastStopsS(limits, dayAfter(limits, day, kind, atS - doneS), drivingS - atS);
      const dueS = doneS + roomS;
      const bestS = costAt(dueS);
      const from = doneS;
      const waypoint = waypointsS.findLastIndex(
        (atS) => atS > from && atS <= dueS && costAt(atS) <= bestS + SAME_S,
      );
      const atS = waypoint < 0 ? dueS : waypointsS[waypoint]!;
      const durationS = stopS(limits, day, kind);
      stops.push({
        kind,
        afterDrivingS: atS,
        durationS,
        ...(waypoint < 0 ? {} : { waypoint }),
      });
      day = dayAfter(limits, day, kind, atS - doneS);
      doneS = atS;
      roomS = roomOf(limits, day);
    }
  }
  const sumOf = (kind: DriverStop["kind"]): number =>
    stops.reduce((sum, stop) => sum + (stop.kind === kind ? stop.durationS : 0), 0);
  return { rule, stops, breakS: sumOf("break"), restS: sumOf("daily-rest") };
}

function firstDay(limits: Limits, state: DriverState): Day {
  const { drivenSinceBreakS = 0, drivenTodayS = 0 } = state;
  return {
    sinceBreakS: drivenSinceBreakS,
    // A daily rest is a break as well, so nothing was driven since a break that was not driven today.
    todayS: Math.max(drivenTodayS, drivenSinceBreakS),
    limitS: state.extendedDay === true ? limits.perLongDayS : limits.perDayS,
    breakPartTaken: state.breakPartTaken === true,
    isFirst: true,
  };
}

/** Driving that may follow before a stop is due. */
function roomOf({ untilBreakS }: Limits, day: Day): number {
  return Math.max(0, Math.min(untilBreakS - day.sinceBreakS, day.limitS - day.todayS));
}

/** The better stop when one is due and more has to be driven. */
function dueStop(limits: Limits, day: Day, remainingS: number): DriverStop["kind"] {
  const dayRoomS = day.limitS - day.todayS;
  if (dayRoomS <= limits.untilBreakS - day.sinceBreakS) return "daily-rest";
  // A whole day is best driven to its end; one that was begun before the trip may be cut short.
  if (!day.isFirst || remainingS <= dayRoomS) return "break";
  const drivenS = roomOf(limits, day);
  const costOf = (kind: DriverStop["kind"]): number =>
    stopS(limits, day, kind) +
    leastStopsS(limits, dayAfter(limits, day, kind, drivenS), remainingS - drivenS);
  return costOf("daily-rest") < costOf("break") - SAME_S ? "daily-rest" : "break";
}

/** Least time of all stops on the rest of a trip. */
function leastStopsS(limits: Limits, from: Day, remainingS: number): number {
  let day = from;
  let leftS = remainingS;
  let sumS = 0;
  for (let roomS = roomOf(limits, day); leftS > roomS + SAME_S; roomS = roomOf(limits, day)) {
    const kind = dueStop(limits, day, leftS);
    sumS += stopS(limits, day, kind);
    day = dayAfter(limits, day, kind, roomS);
    leftS -= roomS;
  }
  return sumS;
}

function stopS(limits: Limits, day: Day, kind: DriverStop["kind"]): number {
  if (kind === "daily-rest") return limits.dailyRestS;
  return day.breakPartTaken ? limits.secondPartS : limits.breakS;
}

function dayAfter(limits: Limits, day: Day, kind: DriverStop["kind"], drivenS: number): Day {
  return kind === "break"
    ? { ...day, sinceBreakS: 0, todayS: day.todayS + drivenS, breakPartTaken: false }
    : { sinceBreakS: 0, todayS: 0, limitS: limits.perDayS, breakPartTaken: false, isFirst: false };
}
