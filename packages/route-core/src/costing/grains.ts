import { INF } from "../search/search-graph.ts";

/** Size of one search unit: 10 ms, 1e-4 currency units, 100 mg CO2e. */
export const GRAINS = { time: 0.01, money: 1e-4, co2e: 1e-4 } as const;

/** What no search can count; every search refuses it as an overflow. */
export const LARGEST_COST = INF - 1;
