import type { TimeBand } from "../schemas/time-band.ts";

const WEEK: TimeBand["days"] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const WORKDAYS: TimeBand["days"] = ["mon", "tue", "wed", "thu", "fri"];
const WEEKEND: TimeBand["days"] = ["sat", "sun"];

/** Hours of every day. */
export const everyDay = (from: string, to: string): TimeBand => ({ days: WEEK, from, to });

/** Hours from Monday to Friday. */
export const onWorkdays = (from: string, to: string): TimeBand => ({ days: WORKDAYS, from, to });

/** Hours on Saturday and Sunday. */
export const onWeekends = (from: string, to: string): TimeBand => ({ days: WEEKEND, from, to });
