import type { ZoneChargeRow } from "../schemas/zone-charges.ts";
import { FROM_MEMORY, TFL_ZONES } from "./sources.ts";
import { onWeekends, onWorkdays } from "./time-bands.ts";
import { VAN_BELOW_6, type ZoneOrigin, zoneRule } from "./zone-rule.ts";

const tfl = (validFrom: string): ZoneOrigin => ({
  ...TFL_ZONES,
  validFrom,
  provenance: "official",
});
const CONGESTION_HOURS = [onWorkdays("07:00", "18:00"), onWeekends("12:00", "18:00")];
const CONGESTION_2026: ZoneOrigin = {
  ...tfl("2026-01-02"),
  reference:
    "https://www.whatcar.com/news/london-congestion-charge-cost-to-climb-by-20-percent/n27745",
};
const congestion = (energy: "diesel" | "battery", value: number) =>
  ({
    name: "London Congestion Charge",
    effect: "charge",
    vehicles: { energy },
    value,
    bands: CONGESTION_HOURS,
  }) as const;
const LEZ_HGV = { grossT: { above: 3.5 }, energy: "diesel" } as const;

/** Charges and permits of London. */
export const ZONE_CHARGES_LONDON: readonly ZoneChargeRow[] = [
  zoneRule(
    "london-lez",
    "euro-4-5",
    {
      name: "London low emission zone",
      effect: "charge",
      vehicles: { ...LEZ_HGV, euroClass: { from: 4, below: 6 } },
      value: 100,
    },
    tfl("2021-03-01"),
  ),
  zoneRule(
    "london-lez",
    "below-euro-4",
    {
      name: "London low emission zone",
      effect: "charge",
      vehicles: { ...LEZ_HGV, euroClass: { below: 4 } },
      value: 300,
    },
    tfl("2021-03-01"),
  ),
  zoneRule(
    "london-ulez",
    "van",
    {
      name: "London ultra low emission zone",
      effect: "charge",
      vehicles: VAN_BELOW_6,
      value: 12.5,
    },
    tfl("2023-08-29"),
  ),
  zoneRule("london-congestion", "diesel", congestion("diesel", 15), {
    ...tfl("2022-02-21"),
    validTo: "2026-01-01",
    reference:
      "https://www.wise16.co.uk/new-london-congestion-charge-hours-from-monday-21-february-2022/",
  }),
  zoneRule("london-congestion", "diesel", congestion("diesel", 18), CONGESTION_2026),
  zoneRule("london-congestion", "battery", congestion("battery", 9), {
    ...CONGESTION_2026,
    note: "Half with Auto Pay, for vans and lorries.",
  }),
  zoneRule(
    "london-dvs",
    "above-12t",
    {
      name: "London Direct Vision Standard",
      effect: "permit",
      vehicles: { grossT: { above: 12 } },
      value: 550,
    },
    {
      ...tfl("2024-10-28"),
      reference:
        "https://otenews.com/hgv-drivers-face-550-fine-for-failing-to-meet-new-safety-rules-by-may-5",
      note: "The permit is free with three stars or the Progressive Safe System.",
    },
  ),
  zoneRule(
    "london-lorry-control",
    "above-18t",
    {
      name: "London Lorry Control Scheme",
      effect: "permit",
      vehicles: { grossT: { above: 18 } },
      value: 550,
      bands: [
        onWorkdays("21:00", "07:00"),
        { days: ["sat"], from: "13:00", to: "00:00" },
        { days: ["sun"], from: "00:00", to: "00:00" },
        { days: ["mon"], from: "00:00", to: "07:00" },
      ],
    },
    { ...FROM_MEMORY, validFrom: "2024-01-01", provenance: "assumed" },
  ),
];
