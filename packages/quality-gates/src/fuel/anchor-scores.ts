import { caseScore, type JudgedCase } from "../case-score.ts";
import { type Gate, LEAST_SCORE, type Measurement } from "../gate.ts";
import { type AnchorRow, CRAWL_SPEED, GRADE_FUEL, LEVEL_FUEL } from "./anchor-tables.ts";
import type { SteadyDriver, SteadyFigures, SteadyTrip } from "./steady-driver.ts";

/** Share by which fuel may be off an anchor. */
const FUEL_TOLERANCE = 0.005;
const SPEED_TOLERANCE_KMH = 1.2;
/** Rounding of the calculation itself. */
const SLACK = 1e-6;

/** Whose figures are judged; called by the measurement. */
export type OpenDriver = () => Promise<SteadyDriver>;

/** The gate of fuel at constant speed and on grades. */
export function fuelScore(open: OpenDriver): Gate {
  return {
    id: "fuel-anchors",
    subsystem: "fuel",
    title: "fuel by speed and by grade",
    rationale:
      "Every cell of tables A and B of the freight model, section 3.7, is driven and must come within " +
      "0.5 % or half of the last printed digit. The score is the share of right cells of the vehicle " +
      "that has fewest, so that one broken vehicle cannot hide behind the others.",
    threshold: LEAST_SCORE,
    async measure() {
      const drive = await open();
      const level = cellsOf(drive, LEVEL_FUEL.rows, LEVEL_FUEL.speedsKmh, (targetKmh) => ({
        targetKmh,
        gradePercent: 0,
      }));
      const grades = cellsOf(drive, GRADE_FUEL.rows, GRADE_FUEL.gradesPercent, (gradePercent) => ({
        targetKmh: GRADE_FUEL.targetKmh,
        gradePercent,
      }));
      return judge([...level, ...grades], consumptionOf, isFuelRight);
    },
  };
}

/** The gate of speeds that power allows on grades. */
export function speedScore(open: OpenDriver): Gate {
  return {
    id: "crawl-speed",
    subsystem: "speed",
    title: "steady speed on grades",
    rationale:
      "Every cell of table C of the freight model, section 3.7, is driven and must come within " +
      `${SPEED_TOLERANCE_KMH} km/h. The score is the share of right cells of the vehicle that has fewest.`,
    threshold: LEAST_SCORE,
    async measure() {
      const cells = cellsOf(
        await open(),
        CRAWL_SPEED.rows,
        CRAWL_SPEED.gradesPercent,
        (gradePercent) => ({ targetKmh: CRAWL_SPEED.targetKmh, gradePercent }),
      );
      const isRight = (kmh: number, printed: string): boolean =>
        Math.abs(kmh - Number(printed)) <= SPEED_TOLERANCE_KMH + SLACK;
      return judge(cells, ({ speedKmh }) => [speedKmh, "km/h"], isRight);
    },
  };
}

interface Cell {
  readonly trip: SteadyTrip;
  readonly printed: string;
  readonly figures: SteadyFigures | undefined;
}

function cellsOf(
  drive: SteadyDriver,
  rows: readonly AnchorRow[],
  columns: readonly number[],
  roadOf: (column: number) => Pick<SteadyTrip, "targetKmh" | "gradePercent">,
): Cell[] {
  return rows.flatMap(({ vehicle, loadPercent, cells }) =>
    cells.flatMap((printed, index) => {
      const trip = { vehicle, loadPercent, ...roadOf(columns[index]!) };
      return printed === "-" ? [] : [{ trip, printed, figures: drive(trip) }];
    }),
  );
}

/** Vehicles that are not there have no cells, but are named among the facts. */
function judge(
  cells: readonly Cell[],
  figureOf: (figures: SteadyFigures) => readonly [figure: number, unit: string],
  isRight: (figure: number, printed: string) => boolean,
): Measurement {
  const absent = new Set<string>();
  let worstOff = 0;
  const cases = cells.flatMap(({ trip, printed, figures }): JudgedCase[] => {
    if (figures === undefined) {
      absent.add(trip.vehicle);
      return [];
    }
    const [figure, unit] = figureOf(figures);
    const expected = Number(printed);
    if (expected !== 0) worstOff = Math.max(worstOff, Math.abs(figure / expected - 1));
    if (isRight(figure, printed)) return [{ group: trip.vehicle }];
    const { vehicle, loadPercent, targetKmh, gradePercent } = trip;
    const failure =
      `${vehicle} at ${loadPercent} % load, ${targetKmh} km/h, ${gradePercent} %: ` +
      `${figure.toFixed(2)} ${unit}, the table has ${printed}`;
    return [{ group: vehicle, failure }];
  });
  const facts = {
    worstOffPercent: Math.round(worstOff * 1e4) / 100,
    absentVehicles: [...absent].join(" ") || "none",
  };
  return caseScore(cases, facts);
}

function consumptionOf({ litresPer100Km, kwhPerKm }: SteadyFigures): readonly [number, string] {
  return litresPer100Km === undefined
    ? [kwhPerKm ?? Number.NaN, "kWh/km"]
    : [litresPer100Km, "L/100 km"];
}

function isFuelRight(consumption: number, printed: string): boolean {
  const expected = Number(printed);
  if (expected === 0) return Math.abs(consumption) <= SLACK;
  const decimals = printed.split(".")[1]?.length ?? 0;
  const tolerance = Math.max(FUEL_TOLERANCE * Math.abs(expected), 0.5 * 10 ** -decimals);
  return Math.abs(consumption - expected) <= tolerance + SLACK;
}
