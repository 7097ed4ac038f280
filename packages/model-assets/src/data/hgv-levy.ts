import type { VehicleClass } from "../schemas/vehicle-class.ts";
import type { ZoneChargeRow } from "../schemas/zone-charges.ts";
import { HGV_LEVY_ACT } from "./sources.ts";
import { type ZoneOrigin, zoneRule } from "./zone-rule.ts";

const LEVY_NAME = "HGV road user levy";
const BANDS: Readonly<Record<"a" | "b" | "c", VehicleClass["grossT"]>> = {
  a: { from: 12, to: 31 },
  b: { above: 31, to: 38 },
  c: { above: 38 },
};

const levy = (
  band: keyof typeof BANDS,
  euro6: boolean,
  value: number,
  origin: ZoneOrigin,
): ZoneChargeRow =>
  zoneRule(
    "gb-hgv-levy",
    `${euro6 ? "euro-6" : "below-euro-6"}.band-${band}`,
    {
      name: LEVY_NAME,
      effect: "levy",
      vehicles: { grossT: BANDS[band], euroClass: euro6 ? { from: 6 } : { below: 6 } },
      value,
    },
    origin,
  );

const LEVY_2023: ZoneOrigin = {
  ...HGV_LEVY_ACT,
  section: "Tables 1, 1A and 1B",
  validFrom: "2023-08-01",
  validTo: "2026-03-31",
  provenance: "official",
};
const LEVY_2026: ZoneOrigin = {
  ...HGV_LEVY_ACT,
  reference:
    "https://brumdaily.uk/transport/traffic-updates/new-hgv-road-charges-start-april-full-rate-list.html",
  validFrom: "2026-04-01",
  provenance: "official",
  note: "As reported in the press.",
};

/**
 * The HGV road user levy by day. It is the same on every route, so it is a cost of the day and never
 * of the way.
 */
export const HGV_LEVY: readonly ZoneChargeRow[] = [
  levy("a", true, 3, LEVY_2023),
  levy("b", true, 7.2, LEVY_2023),
  levy("c", true, 9, LEVY_2023),
  levy("a", false, 3.9, LEVY_2023),
  levy("b", false, 9.36, LEVY_2023),
  levy("c", false, 10, LEVY_2023),
  levy("a", true, 3.22, LEVY_2026),
  levy("c", true, 9.67, LEVY_2026),
  levy("a", false, 4.18, LEVY_2026),
];
