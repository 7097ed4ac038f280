import { z } from "zod";

import type { DeepReadonly } from "./deep-readonly.ts";

/** Days of the week from Monday on. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Minutes of a week. */
const WEEK_MIN = 7 * 24 * 60;

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** Hours of some days in local time, from `from` until just before `to`; `to` 00:00 is midnight. */
export const timeBand = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1),
  from: clock,
  /** Earlier than or equal to `from`: on the next day. */
  to: clock,
});

/** Hours of some days in local time. */
export type TimeBand = DeepReadonly<z.infer<typeof timeBand>>;

/** Tells whether bands together cover every minute of the week; no bands are all the time. */
export function coversWeek(bands: readonly (readonly TimeBand[] | undefined)[]): boolean {
  const covered = new Uint8Array(WEEK_MIN);
  for (const some of bands) {
    if (some === undefined) return true;
    for (const { days, from, to } of some) {
      const startMin = minuteOf(from);
      const lengthMin = minuteOf(to) - startMin + (minuteOf(to) <= startMin ? 24 * 60 : 0);
      for (const day of days) {
        const dayMin = WEEKDAYS.indexOf(day) * 24 * 60;
        for (let minute = 0; minute < lengthMin; minute++) {
          covered[(dayMin + startMin + minute) % WEEK_MIN] = 1;
        }
      }
    }
  }
  return covered.every((minute) => minute === 1);
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
