import { DRIVER_RULES, type ParetoAnswer } from "@gradeway/route-core";

import { parseNumber } from "./command-arguments.ts";

/** Arguments about drivers' hours. */
export const driverArgs = {
  "driver-hours": {
    type: "string",
    valueHint: DRIVER_RULES.join("|"),
    description: "Rules of drivers' hours; default eu above 3.5 t, none for others",
  },
  "driven-since-break-s": { type: "string", description: "Driven since the last break; default 0" },
  "driven-today-s": {
    type: "string",
    description: "Driven since the last daily rest; default and least: since the last break",
  },
} as const;

/** The fields of a request out of what was given. */
export function driverHours(given: {
  readonly [Name in keyof typeof driverArgs]?: string | undefined;
}): object {
  const seconds = (name: keyof typeof driverArgs, field: string): object => {
    const text = given[name];
    return text === undefined ? {} : { [field]: parseNumber(name, text) };
  };
  const rule = given["driver-hours"];
  return {
    ...(rule === undefined ? {} : { rule }),
    ...seconds("driven-since-break-s", "drivenSinceBreakS"),
    ...seconds("driven-today-s", "drivenTodayS"),
  };
}

/** The stops on the recommended route as a line for people; none where it has none. */
export function describeDriverHours({ routes, recommended }: ParetoAnswer): string[] {
  const route = routes.find(({ id }) => id === recommended);
  if (route === undefined || route.driverHours.stops.length === 0) return [];
  const { rule, stops } = route.driverHours;
  const minutes = (seconds: number): string => (seconds / 60).toFixed(0);
  const each = stops.map(
    ({ kind, afterDrivingS, durationS }) =>
      `${kind === "break" ? "break" : "daily rest"} of ${minutes(durationS)} min after ${minutes(afterDrivingS)} min of driving`,
  );
  return [`drivers' hours (${rule}): ${each.join(", ")}`];
}
