import type { RowOrigin } from "../schemas/dated-row.ts";
import type { VehicleClass } from "../schemas/vehicle-class.ts";
import type { ZoneChargeRow } from "../schemas/zone-charges.ts";
import {
  CLEAN_AIR_ZONES,
  FROM_MEMORY,
  HGV_LEVY_ACT,
  SCOTTISH_ZONES,
  TFL_ZONES,
} from "./sources.ts";
import { onWeekends, onWorkdays } from "./time-bands.ts";

type Origin = Omit<RowOrigin, "id" | "area">;

const HGV_BELOW_6: VehicleClass = {
  grossT: { above: 3.5 },
  euroClass: { below: 6 },
  energy: "diesel",
};
const VAN_BELOW_6: VehicleClass = {
  grossT: { to: 3.5 },
  euroClass: { below: 6 },
  energy: "diesel",
};

const rule = (
  zone: string,
  name: string,
  row: Pick<ZoneChargeRow, "name" | "effect" | "vehicles" | "value" | "bands">,
  origin: Origin,
): ZoneChargeRow => ({
  ...origin,
  ...row,
  id: `zone.${zone}.${name}`,
  area: "GB",
  zone,
  unit: row.effect === "charge" || row.effect === "levy" ? "GBP/day" : "GBP/offence",
});

/** Clean air zones of England: start of the charge, pounds for heavy goods vehicles and for vans. */
const CLEAN_AIR: readonly (readonly [
  zone: string,
  name: string,
  hgvFrom: string,
  hgv: number,
  van?: readonly [from: string, value: number],
])[] = [
  ["bath-caz", "Bath", "2021-03-15", 100, ["2021-03-15", 9]],
  ["birmingham-caz", "Birmingham", "2021-06-01", 50, ["2021-06-01", 8]],
  ["bradford-caz", "Bradford", "2022-09-26", 50, ["2022-09-26", 9]],
  ["portsmouth-caz", "Portsmouth", "2021-11-29", 50],
  ["bristol-caz", "Bristol", "2022-11-28", 100, ["2022-11-28", 9]],
  ["sheffield-caz", "Sheffield", "2023-02-27", 50, ["2023-02-27", 10]],
  ["tyneside-caz", "Newcastle and Gateshead", "2023-01-30", 50, ["2023-07-17", 12.5]],
];

const cleanAirRows = CLEAN_AIR.flatMap(([zone, name, hgvFrom, hgv, van]) => {
  const official = (validFrom: string): Origin => ({
    ...CLEAN_AIR_ZONES,
    validFrom,
    provenance: "official",
  });
  const rows = [
    rule(
      zone,
      "hgv",
      { name, effect: "charge", vehicles: HGV_BELOW_6, value: hgv },
      official(hgvFrom),
    ),
  ];
  if (van !== undefined) {
    const [from, value] = van;
    rows.push(
      rule(zone, "van", { name, effect: "charge", vehicles: VAN_BELOW_6, value }, official(from)),
    );
  }
  return rows;
});

const tfl = (validFrom: string): Origin => ({ ...TFL_ZONES, validFrom, provenance: "official" });
const CONGESTION_HOURS = [onWorkdays("07:00", "18:00"), onWeekends("12:00", "18:00")];
const CONGESTION_2026: Origin = {
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

const LONDON: readonly ZoneChargeRow[] = [
  rule(
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
  rule(
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
  rule(
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
  rule("london-congestion", "diesel", congestion("diesel", 15), {
    ...tfl("2022-02-21"),
    validTo: "2026-01-01",
    reference:
      "https://www.wise16.co.uk/new-london-congestion-charge-hours-from-monday-21-february-2022/",
  }),
  rule("london-congestion", "diesel", congestion("diesel", 18), CONGESTION_2026),
  rule("london-congestion", "battery", congestion("battery", 9), {
    ...CONGESTION_2026,
    note: "Half with Auto Pay, for vans and lorries.",
  }),
  rule(
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
  rule(
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

const SCOTTISH: readonly ZoneChargeRow[] = (
  [
    ["glasgow-lez", "Glasgow", "2023-06-01"],
    ["dundee-lez", "Dundee", "2024-05-30"],
    ["aberdeen-lez", "Aberdeen", "2024-06-01"],
    ["edinburgh-lez", "Edinburgh", "2024-06-01"],
  ] as const
).map(([zone, name, from]) =>
  rule(
    zone,
    "diesel",
    {
      name: `${name} low emission zone`,
      effect: "ban",
      vehicles: { euroClass: { below: 6 }, energy: "diesel" },
      value: 60,
    },
    { ...SCOTTISH_ZONES, validFrom: from, provenance: "official" },
  ),
);

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
  origin: Origin,
): ZoneChargeRow =>
  rule(
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

const LEVY_2023: Origin = {
  ...HGV_LEVY_ACT,
  section: "Tables 1, 1A and 1B",
  validFrom: "2023-08-01",
  validTo: "2026-03-31",
  provenance: "official",
};
const LEVY_2026: Origin = {
  ...HGV_LEVY_ACT,
  reference:
    "https://brumdaily.uk/transport/traffic-updates/new-hgv-road-charges-start-april-full-rate-list.html",
  validFrom: "2026-04-01",
  provenance: "official",
  note: "As reported in the press.",
};

/** The daily levy is the same on every route, so it is a cost of the day and never of the way. */
const LEVY: readonly ZoneChargeRow[] = [
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

/** Emission, safety and charging zones of Great Britain. */
export const ZONE_CHARGES_GB: readonly ZoneChargeRow[] = [
  ...cleanAirRows,
  ...LONDON,
  ...SCOTTISH,
  ...LEVY,
];
